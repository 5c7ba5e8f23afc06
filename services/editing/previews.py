"""Texts of answers as customers would read them, before they are saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from services.scenarios.answers import Answers, imagined
from services.texts import LANGUAGES, label
from storage.matters import Matter
from storage.records import Scenario, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One text, read by somebody invented. `place` names its field, as in faults."""

    place: str
    html: str | None
    """None: it cannot be read yet."""
    missing: tuple[str, ...] = ()
    """Facts that nobody has filled in: the text has gaps there, and is not given."""


def previews(answers: Answers, scenario: Scenario, speak: str, now: datetime) -> Iterator[Preview]:
    """Read every text of a scenario."""
    for at, template in enumerate(scenario.templates):
        yield preview(answers, f"texts.{at}", template, speak, now)
    for number, answer in enumerate(scenario.answers):
        for at, template in enumerate(answer.templates):
            yield preview(answers, f"answers.{number}.texts.{at}", template, speak, now)


def preview(answers: Answers, place: str, template: Template, speak: str, now: datetime) -> Preview:
    alone = Matter(replace(_BARE, templates=(template,)))
    html, missing = as_read(answers, alone, template.language, speak, now)
    return Preview(place=place, html=html, missing=missing)


def as_read(
    answers: Answers, matter: Matter, language: str, speak: str, now: datetime
) -> tuple[str | None, tuple[str, ...]]:
    """Return an answer as somebody invented reads it, and the facts that it lacks; None where it cannot be read."""
    name = label("pack_try.name", language if language in LANGUAGES else speak)
    reader = imagined(name, "", language, now)
    html = answers.render(matter.scenario, matter.answer, reader, language, now, first_contact=False, turn=0)
    if html is not None:
        return html, ()
    gaps = answers.proposed(matter.scenario, matter.answer, reader, language, now, speak=speak)
    return (gaps.html, gaps.missing) if gaps else (None, ())


_BARE = Scenario(
    key="", title={}, description="", priority="low", action="answer", examples={}, templates=(), answers=()
)
