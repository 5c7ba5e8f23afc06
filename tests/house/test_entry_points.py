"""Whatever can be started starts, and says what it is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from tests.house.papers import REPOSITORY, name

MODULES: Final = sorted(
    ".".join(path.relative_to(REPOSITORY).parent.parts)
    for folder in ("bot", "playground")
    for path in (REPOSITORY / folder).rglob("__main__.py")
)
MAKEFILE: Final = (REPOSITORY / "Makefile").read_text()
TARGETS: Final = sorted(set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)))
BASH: Final = shutil.which("bash")
MAKE: Final = shutil.which("make")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_that_can_be_run_tells_how(module: str) -> None:
    said = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert said.returncode == 0, said.stderr[-500:]
    assert "usage:" in said.stdout.lower()


@pytest.mark.skipif(MAKE is None, reason="make is not installed")
def test_make_help_lists_every_target() -> None:
    said = subprocess.run([MAKE or "", "help"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert sorted(re.findall(r"^  make ([\w-]+) ", said.stdout, re.MULTILINE)) == TARGETS


def test_every_target_is_phony() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert sorted(phony[1].split()) == TARGETS


def test_what_make_runs_is_there() -> None:
    for module in re.findall(r"python -m (\w+)", MAKEFILE):
        found = find_spec(module)
        assert found, f"python -m {module}"
        assert not found.submodule_search_locations or find_spec(f"{module}.__main__"), f"python -m {module}"


def test_ci_runs_all_tests() -> None:
    """What `make test` leaves out, `make test-long` runs, and both are called."""
    short, long = re.findall(r'pytest [^\n]*-m "(.+)"$', MAKEFILE, re.MULTILINE)
    assert short == f"not ({long})"
    called = (REPOSITORY / ".ci" / "run").read_text().splitlines()
    assert {"make test", "make test-long"} <= set(called)


SCRIPTS: Final = sorted(path for path in (REPOSITORY / ".ci").iterdir() if path.is_file())


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_a_script_can_be_read_and_run(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    subprocess.run([BASH or "", "-n", script], check=True)
