"""What is under version control belongs to nobody's machine."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

from tests.house.papers import REPOSITORY, name, tracked

PACKAGES: Final = ("bot", "handlers", "services", "storage", "playground", "benchmarks")
LONGEST_MODULE: Final = 260
LONGER: Final = {
    "storage/migrations/versions/0001_the_first_tables.py": "one step that makes every table, as it was generated",
    "services/texts/keys.py": "the names of all texts, as they are generated",
    "storage/tables.py": "the whole schema on one page: a list of tables, no code",
}
"""Modules past the limit, with the reason."""

# Put together here, so that this file does not hold what it looks for.
REGISTRIES: Final = "|".join(
    (r"pypi\.\w+", r"python" + r"hosted\.", r"--(?:extra-)?index" + "-url", r"npm" + r"js\.", r"registry" + r"\.npm")
)
PRIVATE: Final = r"(?<![\w.:/}])/(?:" + "root|work|home|Users" + r")/\w"
PICTURES: Final = (".png", ".npz")


def texts() -> list[tuple[str, str]]:
    return [(name(path), path.read_text("utf-8", "replace")) for path in tracked() if path.suffix not in PICTURES]


@pytest.mark.parametrize("pattern", [REGISTRIES, PRIVATE], ids=["registry addresses", "paths of a machine"])
def test_no_file_holds(pattern: str) -> None:
    found = [
        f"{file}:{number}: {line.strip()[:120]}"
        for file, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []


def modules() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and name(path).partition("/")[0] in PACKAGES]


def test_modules_stay_small() -> None:
    long = {name(path) for path in modules() if len(path.read_text().splitlines()) > LONGEST_MODULE}
    assert long == set(LONGER)


def test_the_checker_of_accessibility_is_unchanged() -> None:
    folder = REPOSITORY / "tests" / "browser" / "axe"
    for file, entry in tomllib.loads((folder / "axe.toml").read_text("utf-8")).items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == entry["sha256"]
        assert (folder / "axe.LICENSE").is_file()


def test_what_is_private_is_not_tracked() -> None:
    private = re.compile(r"(data|dist|\.venv)/|\.env$")
    assert [one for one in map(name, tracked()) if private.match(one)] == []


def test_every_lock_has_hashes() -> None:
    for lock in sorted((REPOSITORY / "requirements").glob("*.lock")):
        text = re.sub(r"\\\n\s*", " ", lock.read_text())
        pinned = [line for line in text.splitlines() if re.match(r"[\w.-]+(\[.*\])?==", line)]
        assert pinned
        assert all("--hash=sha256:" in line for line in pinned), lock.name
