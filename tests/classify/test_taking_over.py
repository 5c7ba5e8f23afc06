"""A new model takes over while the bot answers: what takes long is not done on the event loop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from bot.engines import Engines
from services.classify.local import Model
from services.classify.sureness import Policy
from services.classify.verdict import Question
from storage.records import BackgroundLine
from storage.store import Store
from tests.classify.packs import pack

POLICY: Final = Policy(answer_at=0.8, clarify_at=0.5)


class Watched(tuple[BackgroundLine, ...]):
    """Lines that note which threads go through them."""

    __slots__ = ()
    threads: Final[set[int]] = set()

    def __iter__(self) -> Iterator[Any]:
        self.threads.add(threading.get_ident())
        return super().__iter__()


@pytest.mark.long
async def test_phrases_are_gone_through_on_other_threads(model: Model, tmp_path: Path) -> None:
    saved = tmp_path / "model.npz"
    model.save(saved)
    taught = replace(pack(), background=Watched(pack().background))
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/support.db") as store:
        engines = Engines(saved=saved, language="en", joining=None, store=store, policy=lambda: POLICY)
        classifier = await engines.teach(taught)
        verdict = await classifier.classify(Question(text="верните деньги", language="ru"))
        await engines.close()
    assert verdict.scenario == "REFUND"
    assert Watched.threads, "it is compared with what the model was trained on, and known by heart"
    assert threading.get_ident() not in Watched.threads
