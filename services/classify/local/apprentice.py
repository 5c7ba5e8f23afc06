"""Training in a process of its own: the event loop, its thread pool and the bot's memory do not notice it.

A pack is learned in seconds, and from then on the bot answers. Where more phrases are to be encoded than come with
the program, what they mean comes in later, while the bot is at work.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from services.classify.local import training
from services.classify.local.apart import apart, end_with, stand_back
from services.classify.local.classifier import LocalClassifier
from services.classify.local.encoder import Encoder
from services.classify.local.model import Model
from services.classify.local.weights import kept, prepare
from storage.records import Pack

log = structlog.get_logger()
AT_ONCE: Final = 500
"""So many new phrases are encoded within a second: they are not worth a second step."""


async def learned(pack: Pack, path: Path, encoder: Encoder | None = None) -> Model:
    """Return the model of a pack: from the file when it is of this very pack, else trained apart and saved there.

    Where many phrases are new it knows their words only, and `Study` adds the meaning. The trained engine holds about
    10 MB; training it briefly needs five times that, which goes with the process. It does not stand back:
    whoever has changed an answer, or brought back a version, waits for it.
    """
    known = await asyncio.to_thread(_fitting, pack, path, encoder)
    if known is not None:
        return known
    await asyncio.gather(
        apart(_train, _Task(pack=pack, path=path, meanings=encoder is not None), urgent=True),
        _prepared(encoder, path.parent),
    )
    trained = await asyncio.to_thread(Model.load, path, encoder)
    if trained is None:
        raise OSError(f"{path}: the trained model could not be read back")
    return trained


async def _prepared(encoder: Encoder | None, folder: Path) -> None:
    """Have the encoder's files written, beside the training: else the first doubtful message waits for it."""
    if encoder is not None and not kept(folder):
        with suppress(OSError, BrokenExecutor):  # it is loaded without them where it is asked
            await apart(prepare, folder, urgent=True)


class Study:
    """Adds the meaning to a classifier that answers by words already; a later one puts off an earlier."""

    def __init__(self, path: Path, encoder: Encoder, apart: Callable[[Path], None] | None = None) -> None:
        """`apart` is what the other process does with the saved model."""
        self._path = path
        self._encoder = encoder
        self._apart = apart or _deepen
        self._task: asyncio.Task[None] | None = None

    async def begin(self, classifier: LocalClassifier) -> None:
        """Start, and return at once. The encoder is loaded in any case, so that no message waits for it."""
        await self.close()
        self._task = asyncio.create_task(self._study(classifier), name="study")

    async def done(self) -> None:
        """Wait for it."""
        if self._task is not None:
            await self._task

    async def close(self) -> None:
        """Stop it; what was not finished is begun anew at the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _study(self, classifier: LocalClassifier) -> None:
        began, model = time.perf_counter(), classifier.model
        if model.knowledge.meaning is None:
            log.info("classifier.words_first", phrases=len(model.knowledge.training_phrases))
        if model.knowledge.meaning is None or not kept(self._path.parent):
            await _beside(self._apart, self._path)
        if await asyncio.to_thread(self._encoder.vectors, [""]) is None:
            return  # it has said why
        if model.knowledge.meaning is None:
            deeper = await asyncio.to_thread(Model.load, self._path, self._encoder)
            if deeper is None or deeper.version != model.version or deeper.knowledge.meaning is None:
                deeper = await asyncio.to_thread(self._here, model)  # nothing can be saved in that folder
            classifier.model = deeper
        log.info("classifier.reads_meaning", after_s=round(time.perf_counter() - began, 1))

    def _here(self, model: Model) -> Model:
        return Model(training.deepened(model.knowledge, self._encoder), self._encoder)


async def _beside(work: Callable[[Path], None], path: Path) -> None:
    """Run it in a process that ends with its caller, whatever it is doing."""
    process = multiprocessing.get_context("spawn").Process(target=_tied, args=(os.getpid(), work, path), daemon=True)
    process.start()
    try:
        await asyncio.to_thread(process.join)
    finally:
        process.kill()


def _tied(caller: int, work: Callable[[Path], None], path: Path) -> None:
    end_with(caller)
    work(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What the other process is to train."""

    pack: Pack
    path: Path
    meanings: bool


def _fitting(pack: Pack, path: Path, encoder: Encoder | None) -> Model | None:
    """Load the model, if it is of this very pack: both take as long as answering some customers."""
    known = Model.load(path, encoder)
    return known if known is not None and known.knows_words(pack) else None


def _train(task: _Task) -> None:
    model = Model(training.learn(task.pack))
    if task.meanings:
        encoder = Encoder(task.path.parent, quiet=True)
        model = Model(training.deepened(model.knowledge, encoder, task.path, most=AT_ONCE))
    model.save(task.path)


def _deepen(path: Path) -> None:
    encoder, model = Encoder(path.parent, quiet=True), Model.load(path)
    if model is None or model.knowledge.meaning is not None:
        prepare(path.parent)
    else:
        stand_back()
        Model(training.deepened(model.knowledge, encoder, path)).save(path)
