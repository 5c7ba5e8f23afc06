"""What is written about the product, taken apart: which commands, files and settings it names."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

REPOSITORY: Final = Path(__file__).parents[2]
FOLDERS: Final = ("bot", "handlers", "services", "storage", "playground", "tests", "benchmarks", "scenarios", "docs")
_FENCE: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"`([^`\n]+)`")
_LINK: Final = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_COMMAND: Final = re.compile(r"\b(support-bot|make) +([a-z][a-z-]*)(?: +([a-z|][a-z|-]*))?")


def documents() -> list[Path]:
    """All pages for people, by path."""
    return sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])


def name(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def code(text: str) -> Iterator[str]:
    """Yield what is set as code: spans, and the lines of blocks."""
    for block in _FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    yield from _SPAN.findall(_FENCE.sub("", text))


def commands(text: str, program: str) -> Iterator[tuple[str, ...]]:
    """Yield the words after `support-bot` or `make` that name a command; alternatives (`check|import`) one by one."""
    for piece in code(text):
        for found in _COMMAND.finditer(piece):
            if found[1] == program:
                yield from ((found[2], *([word] if word else [])) for word in (found[3] or "").split("|"))


def links(text: str) -> list[str]:
    """Return the targets inside the repository."""
    return [target for target in _LINK.findall(_FENCE.sub("", text)) if "://" not in target]


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files under version control; skips the test in a copy without it."""
    git = shutil.which("git")
    if git is None or not (REPOSITORY / ".git").exists():
        pytest.skip("no git checkout: the tracked files are not known")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True, text=True)
    return tuple(path for one in listed.stdout.split("\0") if one and (path := REPOSITORY / one).is_file())
