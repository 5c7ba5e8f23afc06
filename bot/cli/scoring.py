"""`support-bot scenarios score`, and what `scenarios check` tells of phrases that are mixed up: by cross-validation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import click

from bot.cli.coverage import coverage_lines
from bot.cli.shell import Refusal
from bot.cli.terminal import visible
from bot.settings import Settings
from services.classify.local import Model, find_encoder
from services.evaluation import report
from services.evaluation.mixing import SHOWN, mixed, mixed_within
from services.evaluation.picture import picture
from services.evaluation.unseen import PARTS, Mixed, Trial, answer_figures, cross_validated, mixed_up
from services.scenarios.packs import PackInvalid, read_pack
from storage.records import Pack

SCORED: Final = Path("data/scored.npz")
"""Beside it lies what the phrases mean: the bot's own file is of its own pack alone."""
QUOTED: Final = 3


def score(settings: Settings, folder: Path, *, seconds: float, questions: Path | None = None) -> int:
    """Print how the built-in engine does on phrases that it has not seen, and what it covers of what is asked."""
    pack, encoder = _pack(folder), find_encoder(SCORED.parent)
    teach = partial(Model.train, encoder=encoder, path=SCORED)
    if encoder is not None:
        Model.encode(pack, encoder, SCORED)  # every phrase once for all parts, and kept for the next score
    count = sum(len(texts) for one in pack.scenarios for texts in one.phrases.values()) + len(pack.background)
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=count, label="Trying phrases unseen", file=sys.stderr, hidden=hidden) as bar:
        trial = cross_validated(pack, seconds=seconds, teach=teach, progress=bar.update)
    by = "words alone" if encoder is None or encoder.broken else "words and meaning"
    for line in (*_lines(trial, settings, by), "", *coverage_lines(settings, pack, questions)):
        click.echo(visible(line))
    return 0


def mixed_lines(pack: Pack) -> Iterator[str]:
    """Yield the pairs that are mixed up, by a fifth of the phrases: one training."""
    return map(_mixed_line, mixed(pack))


def mixed_lines_within(pack: Pack, seconds: float) -> list[str] | None:
    """Return the same lines, or None where so long was too short."""
    found = mixed_within(pack, seconds)
    return None if found is None else list(map(_mixed_line, found))


def _mixed_line(pair: Mixed) -> str:
    phrases = ", ".join(f"“{phrase}”" for phrase in pair.phrases[:QUOTED])
    return f"{pair.gold}: {pair.count} of {pair.of} phrases are taken for {pair.named}: {phrases}"


def _lines(trial: Trial, settings: Settings, by: str) -> Iterator[str]:
    at = settings.classifier
    outcomes = [one.outcome for one in trial.tried]
    told = report(outcomes, answer_at=at.answer_at, clarify_at=at.clarify_at)
    texts = answer_figures(trial.tried, at.answer_at)
    part = "" if trial.parts == PARTS else f" ({trial.parts} of {PARTS} parts: the time was up)"
    yield f"{told.n} phrases, each judged by an engine that was taught without it, by {by}{part}"
    yield f"scenario right            {_share(told.accuracy)}"
    yield f"answered (at {at.answer_at:.2f})        {_share(texts['sent'])}"
    yield f"  by the right text       {_share(texts['right'])}"
    yield f"calibration error (ECE)   {_share(told.ece)}"
    yield f"told from the background  {_share(told.oos_auroc)} (AUROC)"
    yield ""
    yield "taken for, by column; the darker, the larger the share of the row:"
    yield from picture(outcomes)
    pairs = mixed_up(trial.tried)
    if pairs:
        yield ""
        yield "mixed up most:"
    for pair in pairs[:SHOWN]:
        yield f"  {pair.gold} → {pair.named}: {pair.count} of {pair.of}, such as “{pair.phrases[0]}”"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _pack(folder: Path) -> Pack:
    if not folder.is_dir():
        raise Refusal(f"{folder}: no such folder; name the one with your scenario files")
    try:
        return read_pack(folder)
    except PackInvalid:
        raise Refusal(f"{folder}: has errors; support-bot scenarios check lists them") from None
