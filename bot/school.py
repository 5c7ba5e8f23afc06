"""Teaches the engines that the settings ask for."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.cli.engine import trained
from services.classify.local import LocalClassifier
from services.classify.verdict import Classifier
from storage.records import Pack


class LocalSchool:
    """The embedded engine alone; trained in a thread, reused from disk when nothing has changed."""

    def __init__(self, *, saved: Path, language: str) -> None:
        self._saved = saved
        self._language = language

    async def teach(self, pack: Pack) -> Classifier:
        model = await asyncio.to_thread(trained, pack, self._saved)
        return LocalClassifier(model, self._language)
