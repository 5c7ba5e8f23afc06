"""Arrays in a file, written whole or not at all."""

from __future__ import annotations

import os
import struct
import tempfile
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

import numpy as np

from storage.private import make_folder

DAMAGE: Final = (
    OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, MemoryError, SyntaxError,
    NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error, tokenize.TokenError,
)  # fmt: skip
"""All that a file of other bytes makes numpy, zip or JSON raise."""


Read = TypeVar("Read")


def read(path: Path, of: Callable[[Any], Read]) -> Read | None:
    """Return what `of` makes of the arrays of a file; None of one that is missing or damaged, or that `of` refuses.

    It refuses by raising one of `DAMAGE`.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return of(arrays)
    except DAMAGE:
        return None


def write(path: Path, arrays: Mapping[str, Any], *, packed: bool = True) -> None:
    """Write arrays, compressed if they are to be `packed`: what hardly shrinks costs time to unpack."""
    written(path, lambda file: (np.savez_compressed if packed else np.savez)(file, **arrays))


def written(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    """Write beside the target and rename: a reader sees the old file or the new one."""
    make_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
