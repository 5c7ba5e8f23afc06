"""Ways of asking that the model proposes for `scenarios from-faq`: written to a file, used once they are ticked."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import click

from bot.cli import which
from bot.cli.database import work
from bot.cli.shell import Refusal
from bot.engines import llm_settings, phrasings_of, spent_today
from bot.settings import Settings
from services.classify.examples import words
from services.classify.llm import Provider
from services.classify.llm.failures import LlmUnavailable
from services.faq.answers_text import bare_answer
from services.faq.pairs import Pair
from storage.closed_sets import LANGUAGES, Language
from storage.records import Answer, Scenario
from storage.store import Store

Ticked = Mapping[str, Sequence[tuple[Language, str]]]
"""Phrasings with their languages, by the words of the question that they mean."""
_HEAD: Final = "# Tick what your customers would ask, as in [x], and give the same command again.\n"
_LINE: Final = re.compile(r"\s*[-*] \[(?P<tick>.?)\] (?P<language>[a-z]{2}): (?P<text>.+)")
"""Whatever stands in the box is a tick: a Russian keyboard has no Latin x."""


def propose(settings: Settings, pairs: Sequence[Pair], file: Path) -> int:
    """Ask the model about each question, and write what it proposes; return how many phrasings that are."""
    if settings.openai.api_key is None:
        raise Refusal("openai.api_key: phrasings are proposed by a model; set OPENAI_API_KEY")
    proposed = work(which.database(settings), partial(_asked, settings, pairs), may_create=True)
    lines = [_HEAD]
    for pair, ways in zip(pairs, proposed, strict=True):
        if ways:
            lines.append(f"\n## {pair.questions[0]}\n")
            lines += [f"- [ ] {language}: {text}\n" for language, text in ways]
    try:
        file.write_text("".join(lines), "utf-8")
    except OSError as error:
        raise Refusal(f"{file}: cannot be written: {error.strerror}; name a file in a folder that exists") from None
    return sum(map(len, proposed))


async def _asked(settings: Settings, pairs: Sequence[Pair], store: Store) -> list[list[tuple[Language, str]]]:
    provider = Provider(llm_settings(settings), spent_today_usd=await spent_today(store))
    model, found = phrasings_of(provider, store), []
    hidden = not sys.stderr.isatty()
    try:
        with click.progressbar(pairs, label="Asking for phrasings", file=sys.stderr, hidden=hidden) as bar:
            for pair in bar:
                told = await model.of(pair.questions, bare_answer(pair.answer), LANGUAGES)
                found.append([(language, text) for language, lines in told.items() for text in lines])
    except LlmUnavailable as unavailable:
        raise Refusal(
            f"openai: the model does not answer ({unavailable.reason}); support-bot doctor says why"
        ) from None
    finally:
        await provider.aclose()
    return found


def ticked(file: Path) -> Ticked:
    """Return what was ticked in a file."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file}: cannot be read ({type(error).__name__}); name the file of phrasings") from None
    found: dict[str, list[tuple[Language, str]]] = {}
    question = ""
    for line in text.splitlines():
        if line.startswith("## "):
            question = words(line[3:])
        elif (said := _LINE.fullmatch(line)) and said["tick"].strip() and said["language"] in LANGUAGES:
            found.setdefault(question, []).append((said["language"], said["text"].strip()))
    return found


def with_ticked(scenarios: Iterable[Scenario], ways: Ticked) -> tuple[Scenario, ...]:
    """Give answers the phrasings that were ticked for their questions."""
    return tuple(replace(one, answers=tuple(_taught(answer, ways) for answer in one.answers)) for one in scenarios)


def _taught(answer: Answer, ways: Ticked) -> Answer:
    examples = {language: list(lines) for language, lines in answer.examples.items()}
    asked = [words(line) for lines in answer.examples.values() for line in lines]
    for language, text in (way for question in asked for way in ways.get(question, ())):
        if words(text) not in asked:
            asked.append(words(text))
            examples.setdefault(language, []).append(text)
    return replace(answer, examples={language: tuple(lines) for language, lines in examples.items()})
