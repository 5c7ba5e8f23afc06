"""A conversation as people read it back: who said what when, media named, the bot's answers with their scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.desk.cards import plain, spoken
from services.messages.callbacks import encode
from services.messages.desk_presses import OnClient, OnHistory
from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import MESSAGE, cut, units
from services.messages.plain_text import told
from services.scenarios.answers import name_of
from services.templates.variables import plain_words
from services.texts import label, say, text_key
from services.texts.moments import clock
from storage.closed_sets import Author
from storage.conversations import Stretch
from storage.messages import NOTE
from storage.records import Customer, Message

A_PAGE: Final = 10
LINE_MOST: Final = 700
BEFORE_SHOWN: Final = 3
BEFORE_MOST: Final = 200
"""Of what a line said before it was changed."""
HEAD: Final = 300
"""Units kept for what stands above the lines."""
NAME_MOST: Final = 32
AUTHORS: Final[tuple[Author, ...]] = ("customer", "bot", "operator")
_WORDS_ALONE: Final = frozenset(("text", "command", "notice", "handover", "answer", "clarify", "crowded", NOTE))
"""Kinds that need no name: their words say it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One page."""

    customer: Customer
    stretch: Stretch
    counts: Mapping[Author, int]
    """How many lines there are in all, by whose they are."""
    titles: Mapping[int, str]
    """What the bot's answers were about, by their rows."""
    towards_newer: bool = False
    """Where not all fits, the oldest lines stay: somebody reads on from there."""


def words(history: History, zone: ZoneInfo, language: str) -> Words:
    """Return a page with its buttons; what does not fit stands on the next one."""
    said = [(line, _line(line, history, zone, language)) for line in history.stretch.lines]
    kept = _fitting(said if history.towards_newer else said[::-1])
    kept = kept if history.towards_newer else kept[::-1]
    counts = {author: history.counts.get(author, 0) for author in AUTHORS}
    total = sum(counts.values())
    head = say("history.title", language, name=name_of(history.customer), total=total, **counts)
    text = Markup("\n").join((head, *(html for _, html in kept))) if kept else say("history.empty", language)
    return Words(text=text, buttons=_buttons(history, [line for line, _ in kept], language))


def _fitting(said: Sequence[tuple[Message, Markup]]) -> list[tuple[Message, Markup]]:
    room = MESSAGE - HEAD
    kept: list[tuple[Message, Markup]] = []
    for line, html in said:
        room -= units(html) + 1
        if room < 0 and kept:
            break
        kept.append((line, html))
    return kept


def _line(line: Message, history: History, zone: ZoneInfo, language: str) -> Markup:
    sure = history.stretch.confidences.get(line.question_id or 0) if line.kind in ("answer", "clarify") else None
    return say(
        "history.line",
        language,
        at=clock(line.created_at, zone, language),
        who=_who(line, history.customer, language),
        author=line.author,
        ticket=line.ticket_id,
        about=history.titles.get(line.id),
        sure=None if sure is None else round(100 * sure),
        note=line.kind == NOTE,
        edited=line.edited_at is not None,
        feedback=line.feedback,
        before=[cut(old, BEFORE_MOST) for old in history.stretch.earlier.get(line.id, ())[-BEFORE_SHOWN:]],
        words=_words(line, language),
    )


def _who(line: Message, customer: Customer, language: str) -> str:
    match line.author:
        case "customer":
            return name_of(customer, cap=NAME_MOST)
        case "operator":
            return plain_words(line.author_name or "", cap=NAME_MOST) or label("author.operator", language)
        case _:
            return label(text_key("author", line.author), language)


def _words(line: Message, language: str) -> str:
    """Return what was said, and before it what kind of message it was where it was not words alone."""
    text = plain(line) if line.author == "bot" else told(line, language)
    named = "" if line.kind in _WORDS_ALONE else spoken(line.kind, language)
    return cut("\n".join(filter(None, (named, text))), LINE_MOST)


def _buttons(history: History, kept: Sequence[Message], language: str) -> Keyboard:
    who, stretch = history.customer.id, history.stretch
    older = stretch.older or (bool(kept) and kept[0] is not stretch.lines[0])
    newer = stretch.newer or (bool(kept) and kept[-1] is not stretch.lines[-1])
    turns = []
    if older and kept:
        turns.append(Button(text=label("page_button.older", language), press=encode(OnHistory(who, before=kept[0].id))))
    if newer and kept:
        after = OnHistory(who, after=kept[-1].id)
        turns.append(Button(text=label("page_button.newer", language), press=encode(after)))
    below = [Button(text=label("page_button.client", language), press=encode(OnClient(who)))]
    if newer:
        below.insert(0, Button(text=label("page_button.newest", language), press=encode(OnHistory(who))))
    return tuple(row for row in (tuple(turns), tuple(below)) if row)
