"""`support-bot eval FILE.jsonl`: how good the classifier is on lines with a known answer."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import click

from bot.cli import engine
from bot.cli.shell import Refusal
from bot.engines import engines_of, mode_of
from bot.policies import configured
from bot.settings import Settings
from services.classify.verdict import UNKNOWN
from services.evaluation import (
    Example,
    ExampleError,
    Outcome,
    Report,
    curve_svg,
    evaluate,
    prediction,
    read_examples,
    report,
    table,
)
from storage.records import Pack

LONG: Final = 2000
"""Lines from which waiting is worth a progress bar."""


def measure(
    settings: Settings, file: Path, *, as_json: bool, predictions: Path | None = None, curve: Path | None = None
) -> int:
    examples, pack = _examples(file), engine.files(settings)
    for target in (predictions, curve):
        _refuse(target, file)
    if curve is not None and curve.suffix.lower() != ".svg":
        raise Refusal(f"{curve}: the curve is drawn as SVG; name a file that ends with .svg")
    _mention_strangers(examples, pack)
    outcomes = _outcomes(settings, pack, examples)
    result = report(outcomes, answer_at=settings.classifier.answer_at, clarify_at=settings.classifier.clarify_at)
    if predictions is not None:
        _write(predictions, "".join(_json(prediction(outcome)) + "\n" for outcome in outcomes))
    if curve is not None:
        _write(curve, curve_svg(result))
    click.echo(_shown(result, as_json=as_json))
    return 0


def _examples(file: Path) -> tuple[Example, ...]:
    try:
        return read_examples(file)
    except ExampleError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"{file}: cannot be read: {error.strerror}; name a file of examples") from None


def _outcomes(settings: Settings, pack: Pack, examples: Sequence[Example]) -> tuple[Outcome, ...]:
    hidden = (len(examples) < LONG and mode_of(settings) is None) or not sys.stderr.isatty()
    with click.progressbar(length=len(examples), label="Classifying", file=sys.stderr, hidden=hidden) as bar:
        return asyncio.run(_classified(settings, pack, examples, lambda _done, _all: bar.update(1)))


async def _classified(
    settings: Settings, pack: Pack, examples: Sequence[Example], progress: Callable[[int, int], None]
) -> tuple[Outcome, ...]:
    """Ask the engines of the settings: the local one line by line, so that its times are true; a model many at once."""
    at_once = 1 if mode_of(settings) is None else settings.openai.max_concurrency
    async with engines_of(settings, pack, engine.local(settings, pack), configured(settings)) as classifier:
        return await evaluate(examples, classifier, progress=progress, at_once=at_once)


def _mention_strangers(examples: Sequence[Example], pack: Pack) -> None:
    known = {UNKNOWN, *(scenario.key for scenario in pack.scenarios)}
    if strangers := sorted({example.scenario for example in examples} - known):
        click.echo(f"note: not among the scenarios: {', '.join(strangers)}", err=True)


def _shown(result: Report, *, as_json: bool) -> str:
    return _json(result.public()) if as_json else table(result)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refuse(target: Path | None, examples: Path) -> None:
    """Say before the work, which may be paid for, what would spoil it after."""
    if target is None:
        return
    if target.exists() and target.samefile(examples):
        raise Refusal(f"{target}: holds the examples; name another file for what comes of them")
    if not target.parent.is_dir():
        raise Refusal(f"{target}: cannot be written: no such folder; name a file in a folder that exists")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="replace")  # half an emoji in a line is no text
    except OSError as error:
        raise Refusal(f"{path}: cannot be written: {error.strerror}; name a file in a folder that exists") from None
