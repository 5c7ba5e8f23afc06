"""The local engine for commands that work on the scenario files, without a database."""

from __future__ import annotations

from pathlib import Path

from bot.cli.shell import Refusal
from bot.settings import Settings
from bot.trained import MODEL, trained
from services.classify.local import LocalClassifier
from services.scenarios.packs import PackInvalid, read_pack
from services.texts.titles import titles
from storage.records import Pack


def files(settings: Settings) -> Pack:
    """Read the scenario files, or refuse with the first problem."""
    try:
        return read_pack(settings.scenarios.path)
    except PackInvalid as error:
        first = next(problem for problem in error.problems if problem.severity == "error")
        raise Refusal(f"{first} (support-bot scenarios check lists all)") from None


def local(settings: Settings, pack: Pack, saved: Path = MODEL) -> LocalClassifier:
    """Return the local engine, knowing the pack."""
    return LocalClassifier(trained(pack, saved), settings.app.language, titles(pack, settings.app.language))
