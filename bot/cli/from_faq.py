"""`support-bot scenarios from-faq`: an owner's questions and answers become scenario files."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

import click

from bot.cli.phrasings import Ticked, ticked, with_ticked
from bot.cli.scenarios import summary
from bot.cli.shell import Refusal
from bot.cli.terminal import visible
from services.faq.answers_text import bare_answer
from services.faq.blocks import Unreadable, Unused
from services.faq.facts_found import ALWAYS_NAMED, FoundFact, facts_found
from services.faq.pairs import Found, Pair, find_pairs
from services.faq.proposing import scenarios_of
from services.faq.questions import asks
from services.faq.reading import read_blocks
from services.scenarios.facts import named_facts
from services.scenarios.packs import inspect_pack, write_pack
from storage.closed_sets import Language
from storage.records import Pack

_ALWAYS: Final = frozenset(("GREETING", "THANKS", "HUMAN_OPERATOR", "COMPLAINT"))
"""What people say to every business, whatever it sells: a new pack begins with it."""
_WIDTH: Final = 72
_LARGE: Final = 200_000
"""Bytes from which reading is worth a progress bar."""
_MOST_OF_A_REASON: Final = 10


def from_faq(
    file: Path,
    *,
    language: Language | None,
    to: Path | None,
    shipped: Path,
    phrasings: Path | None = None,
    propose: Callable[[Sequence[Pair], Path], int] | None = None,
) -> int:
    """Show what stands in the file; with `to`, write it as scenario files there. 1 when there is nothing to take.

    `phrasings`: a file of further ways of asking, of which those are used that are ticked; one that is not there yet is
    written by `propose`, and nothing else then.
    """
    found = _found(file, language)
    base = _base(to, shipped)
    used = ALWAYS_NAMED | _used(base)
    facts = facts_found(found.pairs, {fact.key: fact.type for fact in base.facts if fact.key in used})
    for line in _preview(found, facts):
        click.echo(visible(line))
    if not found.pairs:
        click.echo(f"{file}: no question with an answer; a table with the columns “question” and “answer” always works")
        return 1
    ways = sum(len(pair.questions) for pair in found.pairs)
    counts = f"{_count(len(found.pairs), 'answer')}, {_count(ways, 'question')}, {len(found.unused)} not taken"
    click.echo(f"{file}: {counts}")
    if phrasings is not None and propose is not None and not phrasings.exists():
        proposed = _count(propose(found.pairs, phrasings), "phrasing")
        click.echo(f"{phrasings}: {proposed} to tick; give the same command again then")
        return 0
    if to is None:
        click.echo("nothing is written yet; add --to FOLDER")
        return 0
    return _write(found.pairs, facts, base, to, ticked(phrasings) if phrasings else {})


def _found(file: Path, language: Language | None) -> Found:
    try:
        data = file.read_bytes()
        hidden = len(data) < _LARGE or not sys.stderr.isatty()
        with click.progressbar(length=len(data), label=f"Reading {file.name}", file=sys.stderr, hidden=hidden) as bar:
            # A packed format holds more text than the file has bytes: the bar is full then before its end.
            blocks = read_blocks(file.name, data, lambda block: bar.update(len(block.text.encode())))
        return find_pairs(blocks, language)
    except OSError as error:
        raise Refusal(f"{file}: cannot be read: {error.strerror}") from None
    except Unreadable as error:
        raise Refusal(f"{file}: {error}") from None


def _base(to: Path | None, shipped: Path) -> Pack:
    """Return the pack that the answers are added to: the folder's own, else what people say everywhere."""
    if to is not None and any(to.glob("*.toml")):
        return _pack(to)
    if not shipped.is_dir():
        return Pack(scenarios=(), background=(), version="")
    whole = _pack(shipped)
    kept = tuple(scenario for scenario in whole.scenarios if scenario.key in _ALWAYS)
    return Pack(scenarios=kept, background=(), version="", facts=whole.facts)


def _pack(folder: Path) -> Pack:
    reading = inspect_pack(folder)
    if reading.pack is None:
        raise Refusal(f"{folder}: its scenario files have mistakes; `support-bot scenarios check {folder}` names them")
    return reading.pack


def _used(pack: Pack) -> frozenset[str]:
    return frozenset().union(*map(named_facts, pack.scenarios))


def _write(pairs: Sequence[Pair], facts: Sequence[FoundFact], base: Pack, to: Path, ways: Ticked) -> int:
    added = with_ticked(scenarios_of(pairs, taken=[one.key for one in base.scenarios], facts=facts), ways)
    whole = Pack(scenarios=base.scenarios + added, background=base.background, version="", facts=base.facts)
    if not base.version:  # a new folder asks for what its answers name, and for nothing else
        named = ALWAYS_NAMED | _used(whole)
        whole = replace(whole, facts=tuple(fact for fact in whole.facts if fact.key in named))
    try:
        write_pack(whole, to)
    except OSError as error:
        raise Refusal(f"{to}: cannot be written: {error.strerror}; name a folder of your own") from None
    click.echo(f"{to}: {summary(whole)}")
    reading = inspect_pack(to)
    for problem in reading.problems:
        if problem.severity == "error":
            click.echo(visible(str(problem)))
    click.echo(f"next: support-bot scenarios check {to}, then support-bot scenarios import {to}")
    for fact in facts:
        click.echo(visible(f"      support-bot facts set {fact.key} '{fact.value}'"))
    return int(reading.pack is None)


def _preview(found: Found, facts: Sequence[FoundFact]) -> Iterator[str]:
    for topic, pairs in groupby(found.pairs, key=lambda pair: pair.topic):
        yield topic or "(no topic)"
        for pair in pairs:
            others = f"  (+{len(pair.questions) - 1})" if len(pair.questions) > 1 else ""
            yield f"  {_short(pair.questions[0])}{others}  [{pair.language}, {pair.place}]"
            yield f"    {_short(bare_answer(pair.answer))}"
    if found.pairs and not any(asks(question) for pair in found.pairs for question in pair.questions):
        yield "nothing in this file asks: its titles were taken for questions; is it the right file?"
    if facts:
        yield "facts that answers name:"
        for fact in facts:
            yield f"  {fact.key} = {fact.value}  (in {_count(fact.count, 'answer')})"
    if found.unused:
        yield "not taken:"
        yield from _not_taken(found.unused)


def _not_taken(unused: Sequence[Unused]) -> Iterator[str]:
    """Yield the first of each reason: a whole page has many lines that belong to no question."""
    counts: Counter[str] = Counter()
    for one in unused:
        counts[one.why] += 1
        if counts[one.why] <= _MOST_OF_A_REASON:
            yield f"  {_told(one)}"
    for why, count in counts.items():
        if count > _MOST_OF_A_REASON:
            yield f"  and {count - _MOST_OF_A_REASON} more: {why}"


def _told(one: Unused) -> str:
    return f"{one.place}: “{_short(one.text)}”: {one.why}"


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _WIDTH else said[: _WIDTH - 1].rstrip() + "…"


def _count(many: int, noun: str) -> str:
    return f"{many} {noun}{'' if many == 1 else 's'}"
