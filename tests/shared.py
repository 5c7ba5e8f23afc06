"""Files that are made once for all tests, whichever worker is first to need them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the file of this name in the run's folder. Two workers at once both make it, and either may be used."""
    own = factory.getbasetemp()
    file = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    if not file.exists():
        mine = file.with_name(f"{os.getpid()}-{name}")
        make(mine)
        mine.replace(file)
    return file
