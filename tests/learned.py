"""What is learned once for all bots of a test process: each would read, unpack and compare the same again.

That is a third of what the start of a bot takes. A pack that was changed, or from which somebody has learned, is
nobody else's: it has another version.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

import pytest

from services.classify import examples
from services.classify.local import encoder, storage
from services.classify.local.knowledge import Knowledge
from services.classify.local.model import Model
from services.classify.local.weights import TABLE, loaded
from services.learning import versions
from services.scenarios import knowledge
from services.scenarios.packs import read_pack
from storage.records import Pack
from storage.store import Store
from storage.units import Unit
from tests.packs import SHOP

T = TypeVar("T")
_load: Final = knowledge.load
_places: Final = examples.places
_unpacked: Final = storage.load
_knows_words: Final = Model.knows_words


def learned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bots of a test share the encoder, the trained model, the pack of the tests, and what is found in it."""
    monkeypatch.setattr(encoder, "loaded", _one_encoder)
    monkeypatch.setattr(storage, "load", _one_model)
    monkeypatch.setattr(knowledge, "load", _one_pack)
    monkeypatch.setattr(examples, "places", lambda pack: _of_shop("places", pack, lambda: _places(pack)))
    monkeypatch.setattr(
        Model, "knows_words", lambda self, pack: _of_shop(self.version, pack, lambda: _knows_words(self, pack))
    )


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


def _one_encoder(folder: Path | None) -> Any:
    """Load it from where its files really lie: each home has links to the same."""
    table = folder and folder / TABLE
    return _of(table.resolve().parent) if table and table.is_symlink() else loaded(folder)


def _one_model(path: Path) -> Knowledge | None:
    """Load a trained model from where it really lies; what a bot learns itself stands in a file of its own."""
    return _model(path.resolve()) if path.is_symlink() else _unpacked(path)


@cache
def _model(path: Path) -> Knowledge | None:
    return _unpacked(path)


_SHOP: Final[dict[str, Any]] = {}
"""The pack of the tests as a database tells it, under `pack`, and what was found in it."""


@cache
def _version() -> str:
    return read_pack(SHOP).version


async def _one_pack(store: Store) -> Pack:
    def look(unit: Unit) -> bool:
        return unit.key_values.read(knowledge.NOTE) == _version() and not versions.current(unit)

    if not await store.read(look):
        return await _load(store)
    if "pack" not in _SHOP:
        _SHOP["pack"] = await _load(store)
    pack: Pack = _SHOP["pack"]
    return pack


def _of_shop(name: str, pack: Pack, find: Callable[[], T]) -> T:
    if pack is not _SHOP.get("pack"):
        return find()
    if name not in _SHOP:
        _SHOP[name] = find()
    found: T = _SHOP[name]
    return found
