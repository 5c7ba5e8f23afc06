"""The local engine's model in its file, for whoever needs it without a database."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from services.classify.local import Model, find_encoder
from storage.records import Pack

MODEL: Final = Path("data/classifier.npz")


def trained(pack: Pack, saved: Path = MODEL) -> Model:
    """Train the engine on the pack, or take the saved model when it was trained on just this."""
    encoder = find_encoder(saved.parent)
    model = Model.load(saved, encoder)
    if model is None or not model.knows(pack):
        model = Model.train(pack, encoder, saved)
        with suppress(OSError):  # a read-only folder costs the training next time, nothing else
            model.save(saved)
    return model
