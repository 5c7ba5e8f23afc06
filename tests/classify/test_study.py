"""The bot answers by words from the first second; what the phrases mean comes in while it is at work."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import structlog

from services.classify.local import Encoder, LocalClassifier, Model, Study, training
from services.classify.local.apprentice import learned
from services.classify.local.remembered import SUFFIX
from services.classify.local.weights import kept
from tests.classify.packs import pack
from tests.durability.waiting import until
from tests.house.papers import REPOSITORY

GERMAN = "ich möchte mein Geld zurück"


def words_first(path: Path, encoder: Encoder) -> LocalClassifier:
    """Return a classifier that has learned, and saved, the words only."""
    model = Model.train(pack())
    model.save(path)
    return LocalClassifier(Model(model.knowledge, encoder))


def does_nothing(_path: Path) -> None:
    """Stand in for a process that saves nothing."""


def takes_a_minute(_path: Path) -> None:
    time.sleep(60)


@pytest.mark.long
async def test_the_meaning_comes_in_later(encoder: Encoder, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    classifier, study = words_first(path, encoder), Study(path, encoder)
    with structlog.testing.capture_logs() as logs:
        await study.begin(classifier)
        assert classifier.model.knowledge.meaning is None
        assert classifier.verdict("верните деньги").scenario == "REFUND"
        await study.done()
    assert classifier.verdict(GERMAN).nearest[0].scenario == "REFUND"
    assert [entry["event"] for entry in logs] == ["classifier.words_first", "classifier.reads_meaning"]
    loaded = Model.load(path, encoder)
    assert loaded is not None
    assert loaded.knows(pack())
    assert path.with_suffix(SUFFIX).exists()


async def test_it_is_learned_here_where_nothing_can_be_saved(encoder: Encoder, tmp_path: Path) -> None:
    classifier = words_first(tmp_path / "model.npz", encoder)
    study = Study(tmp_path / "nowhere" / "model.npz", encoder, does_nothing)
    await study.begin(classifier)
    await study.done()
    assert classifier.verdict(GERMAN).nearest[0].scenario == "REFUND"


async def test_stopping_does_not_wait_for_it(encoder: Encoder, tmp_path: Path) -> None:
    classifier = words_first(tmp_path / "model.npz", encoder)
    study = Study(tmp_path / "model.npz", encoder, takes_a_minute)
    began = time.monotonic()
    await study.begin(classifier)
    await study.close()
    assert time.monotonic() - began < 30
    assert classifier.model.knowledge.meaning is None


async def test_a_platform_without_the_encoder_is_told_once(tmp_path: Path) -> None:
    def load() -> Any:
        raise ImportError("no such package here")

    encoder = Encoder(load=load)
    classifier = words_first(tmp_path / "model.npz", encoder)
    with structlog.testing.capture_logs() as logs:
        study = Study(tmp_path / "model.npz", encoder, does_nothing)
        await study.begin(classifier)
        await study.done()
        assert classifier.verdict("верните деньги").scenario == "REFUND"
        assert classifier.verdict(GERMAN).confidence < 0.8
    told = [(entry["event"], entry["error"]) for entry in logs if entry["log_level"] == "warning"]
    assert told == [("classifier.no_encoder", "ImportError")]


def test_many_new_phrases_are_left_for_later(encoder: Encoder, tmp_path: Path) -> None:
    known, path = training.learn(pack()), tmp_path / "model.npz"
    assert training.deepened(known, encoder, path, most=3).meaning is None
    assert training.deepened(known, encoder, path).meaning is not None
    assert training.deepened(known, encoder, path, most=3).meaning is not None, "by now they are no news"


async def test_a_learning_process_ends_with_a_caller_that_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    caller = await asyncio.create_subprocess_exec(sys.executable, "-c", CALLER, str(pid_file), cwd=REPOSITORY)
    await until(lambda: pid_file.exists() and pid_file.read_text(), within_s=60)
    process = Path(f"/proc/{pid_file.read_text()}")
    caller.kill()
    await caller.wait()
    await until(lambda: not process.exists() or "Z" in (process / "stat").read_text(), within_s=60)


CALLER = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from services.classify.local.apart import end_with

if __name__ == "__main__":
    apart = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with, initargs=(os.getpid(),))
    open(sys.argv[1], "w").write(str(apart.submit(os.getpid).result()))
    time.sleep(60)
"""


@pytest.mark.long
async def test_a_bot_that_has_learned_its_pack_finds_the_encoders_files(encoder: Encoder, tmp_path: Path) -> None:
    assert not kept(tmp_path)
    model = await learned(pack(), tmp_path / "model.npz", encoder)
    assert model.knowledge.meaning is not None
    assert kept(tmp_path)
