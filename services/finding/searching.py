"""`/find`: which messages have all these words, and which customers such a name. Pages remember what was looked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.desk.ticket_words import link_of
from services.messages.callbacks import encode
from services.messages.desk_presses import OnClient, OnFind
from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import cut, pieces
from services.scenarios.answers import name_of
from services.templates.variables import plain_words
from services.texts import label, say
from services.texts.links import to_message
from services.texts.moments import clock
from storage.forgotten import SEARCHES
from storage.records import Customer, Ticket
from storage.search import Found
from storage.stems import stem, stems, words_of
from storage.units import Unit

A_PAGE: Final = 8
NAMES_MOST: Final = 5
WORDS_MOST: Final = 200
"""Characters of what is looked for."""
SLOTS: Final = 64
"""So many searches can be turned; of two that share a slot the older can be turned no longer."""
BEFORE: Final = 60
AFTER: Final = 140
AROUND_MOST: Final = 200
"""Units of a message that are shown: letters like emoji count for two, and a page has to fit into one message."""
HITS_MOST: Final = 8
"""So many words in bold a message: Telegram shows no more than 100 entities."""
NAME_MOST: Final = 32
ID_MOST: Final = 64


def begin(unit: Unit, words: str) -> OnFind:
    """Note what is looked for, and return its first page."""
    words = words.strip()[:WORDS_MOST]
    mark = sha256(words.encode()).hexdigest()[:12]
    unit.key_values.write(_slot(mark), json.dumps([mark, words]))
    return OnFind(mark)


def page(unit: Unit, press: OnFind, zone: ZoneInfo, language: str) -> Words | None:
    """Return a page of a search; None for one that is forgotten."""
    mark, words = json.loads(unit.key_values.read(_slot(press.mark)) or '["", ""]')
    if mark != press.mark:
        return None
    wanted = stems(words).split()
    found = unit.search.find(wanted, past=press.page * A_PAGE, most=A_PAGE + 1)
    named = unit.search.named(words, most=NAMES_MOST) if not press.page else []
    if not found and not named:
        return Words(text=say("find.nothing", language, words=words))
    lines = [_line(unit, one, wanted, zone, language) for one in found[:A_PAGE]]
    head = say("find.head", language, words=words, page=press.page + 1)
    text = Markup("\n\n").join((head, *lines) if lines else (head, say("find.names_alone", language)))
    return Words(text=text, buttons=_buttons(press, named, language, more=len(found) > A_PAGE))


def _line(unit: Unit, found: Found, wanted: Sequence[str], zone: ZoneInfo, language: str) -> Markup:
    line, ticket = found.message, unit.tickets.get(found.message.ticket_id or 0)
    customer = name_of(found.customer, cap=NAME_MOST)
    operator = plain_words(line.author_name or "", cap=NAME_MOST) if line.author == "operator" else None
    return say(
        "find.line",
        language,
        at=clock(line.created_at, zone, language),
        name=customer,
        id=cut(found.customer.external_id, ID_MOST),
        operator=operator,
        ticket=line.ticket_id,
        link=_link(found, ticket),
        words=_around(plain_words(line.text, cap=len(line.text)), wanted),
    )


def _link(found: Found, ticket: Ticket | None) -> str | None:
    """Return where the message stands in the group; else the card of its ticket."""
    if found.chat_id is not None and found.telegram_id is not None:
        return to_message(found.chat_id, found.telegram_id, ticket.topic_id if ticket else None)
    return link_of(ticket) if ticket else None


def _around(text: str, wanted: Sequence[str]) -> Markup:
    """Return the part of a text where the first word stands, with all that were looked for in bold."""
    return Markup("").join(
        Markup("<b>{}</b>").format(piece) if hit else Markup.escape(piece) for piece, hit in around(text, wanted)
    )


def around(text: str, wanted: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield the part of a text where the first word stands, piece by piece: whether each is a word looked for."""
    hits = [match.span() for match in words_of(text) if _is_wanted(match[0], wanted)]
    first = hits[0][0] if hits else 0
    start = max(0, first - BEFORE)
    end = start + len(next(pieces(text[start : first + AFTER], AROUND_MOST), ""))
    shown = [hit for hit in hits if start <= hit[0] and hit[1] <= end]
    return _marked(text, start, end, shown[:HITS_MOST])


def _is_wanted(word: str, wanted: Sequence[str]) -> bool:
    found = stem(word)
    return found in wanted or (bool(wanted) and found.startswith(wanted[-1]))


def _marked(text: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = start
    if start:
        yield "…", False
    for begin_, end_ in hits:
        yield text[at:begin_], False
        yield text[begin_:end_], True
        at = end_
    yield text[at:end], False
    if end < len(text):
        yield "…", False


def _buttons(press: OnFind, named: Sequence[Customer], language: str, *, more: bool) -> Keyboard:
    people = [
        (Button(text=cut(f"👤 {name_of(one)} · {one.external_id}", 60), press=encode(OnClient(one.id))),)
        for one in named
    ]
    turns = []
    if press.page:
        turns.append(Button(text=label("page_button.earlier", language), press=encode(_turned(press, -1))))
    if more:
        turns.append(Button(text=label("page_button.later", language), press=encode(_turned(press, 1))))
    return (*people, *([tuple(turns)] if turns else []))


def _turned(press: OnFind, by: int) -> OnFind:
    return OnFind(press.mark, press.page + by)


def _slot(mark: str) -> str:
    return f"{SEARCHES}{int(mark[:8] or '0', 16) % SLOTS}"
