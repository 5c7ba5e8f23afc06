"""Files and folders for their owner alone: what customers write stands in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
OTHERS: Final = 0o077
"""The rights of everybody else."""
BESIDE: Final = ("", "-wal", "-shm")
"""What belongs to a SQLite database: the file and its companions."""
OWN_FOLDER: Final = Path("data")
"""The one folder that is the bot's own, wherever it runs."""


def make_folder(folder: Path) -> None:
    """Make a folder for nobody else; one that is there keeps its rights unless it is the bot's own."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    elif folder == OWN_FOLDER:
        _tighten(folder, PRIVATE_FOLDER)


def make_private(file: Path) -> None:
    """See that a database can be read by its owner alone; SQLite gives new companions the same rights."""
    if not file.exists():
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE))
    for ending in BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.exists():
            _tighten(beside, PRIVATE)


def _tighten(path: Path, mode: int) -> None:
    found = path.stat()
    if found.st_mode & OTHERS and found.st_uid == os.geteuid():
        path.chmod(mode)
