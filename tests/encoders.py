"""One encoder and one trained model for all bots of a test process: each would unpack the same numbers again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from services.classify.local.knowledge import Knowledge
from services.classify.local.storage import load
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


def one_model(path: Path) -> Knowledge | None:
    """Load a trained model from where it really lies; what a bot learns itself stands in a file of its own."""
    return _model(path.resolve()) if path.is_symlink() else load(path)


@cache
def _model(path: Path) -> Knowledge | None:
    return load(path)
