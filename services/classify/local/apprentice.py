"""Training in a process of its own: the event loop, its thread pool and the bot's memory do not notice it."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import structlog

from services.classify.local.encoder import HINT, Encoder
from services.classify.local.model import Model
from storage.records import Pack

log = structlog.get_logger()


async def learned(pack: Pack, path: Path, encoder: Encoder | None = None) -> Model:
    """Return the model of a pack: from the file when it is of this very pack, else trained apart and saved there.

    The trained engine holds about 10 MB; training it briefly needs five times that, which goes with the process.
    So does the encoder that the other process loads for phrases which were not encoded before.
    """
    known = await asyncio.to_thread(Model.load, path, encoder)
    if known is not None and known.knows(pack):
        return known
    apart = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    try:
        await asyncio.get_running_loop().run_in_executor(apart, _train, pack, path, encoder is not None)
    finally:
        apart.shutdown(wait=False, cancel_futures=True)
    trained = await asyncio.to_thread(Model.load, path, encoder)
    if trained is None:
        raise OSError(f"{path}: the trained model could not be read back")
    if encoder is not None and trained.knowledge.meaning is None:
        log.warning("classifier.no_encoder", error="it could not be loaded", hint=HINT)
    return trained


def _train(pack: Pack, path: Path, meanings: bool) -> None:  # noqa: FBT001 - an executor passes by place
    Model.train(pack, Encoder() if meanings else None, path).save(path)
