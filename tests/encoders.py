"""One encoder for all bots of a test process: each would unpack the same numbers for a sixth of a second."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from services.classify.local.weights import TABLE, loaded


class _OneAtATime:
    """Several bots may ask at once."""

    def __init__(self, folder: Path) -> None:
        self._encoder = loaded(folder)
        self._one = Lock()

    def encode(self, texts: Sequence[str]) -> Any:
        with self._one:
            return self._encoder.encode(texts)


@cache
def _of(folder: Path) -> _OneAtATime:
    return _OneAtATime(folder)


def one_encoder(folder: Path | None) -> Any:
    """Load it from where its files really lie: each home has links to the same."""
    table = folder and folder / TABLE
    return _of(table.resolve().parent) if table and table.is_symlink() else loaded(folder)
