"""The local engine for commands that work on the scenario files, without a database."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bot.cli.shell import Refusal
from bot.settings import Settings
from services.classify.local import LocalClassifier, Model, find_encoder
from services.scenarios.packs import PackInvalid, read_pack
from services.texts.titles import titles
from storage.records import Pack

MODEL = Path("data/classifier.npz")


def files(settings: Settings) -> Pack:
    """Read the scenario files, or refuse with the first problem."""
    try:
        return read_pack(settings.scenarios.path)
    except PackInvalid as error:
        first = next(problem for problem in error.problems if problem.severity == "error")
        raise Refusal(f"{first} (support-bot scenarios check lists all)") from None


def trained(pack: Pack, saved: Path = MODEL) -> Model:
    """Train the engine on the pack, or take the saved model when it was trained on just this."""
    encoder = find_encoder(saved.parent)
    model = Model.load(saved, encoder)
    if model is None or not model.knows(pack):
        model = Model.train(pack, encoder, saved)
        with suppress(OSError):  # a read-only folder costs the training next time, nothing else
            model.save(saved)
    return model


def local(settings: Settings, pack: Pack, saved: Path = MODEL) -> LocalClassifier:
    """Return the local engine, knowing the pack."""
    return LocalClassifier(trained(pack, saved), settings.app.language, titles(pack, settings.app.language))
