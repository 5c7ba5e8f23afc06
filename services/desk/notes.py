"""Which lines of operators stay among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final

from services.messages.incoming import OperatorMessage
from storage.messages import NOTE
from storage.units import Unit

ASIDE: Final = "/"
"""How a line begins that is not for the customer: `//` an internal note, `/stats` a command for the bot."""

_INVISIBLE: Final = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"))
"""Kinds of characters that nobody sees at the beginning of a line, as Unicode names them."""
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""


def is_aside(text: str) -> bool:
    """Whether a line is not for the customer: keyboards and pasted text put what nobody sees before the slash."""
    return next(_seen(text), "") == ASIDE


def is_command(text: str) -> bool:
    """Whether a line that stays inside reads as a command for this bot, and not as a note or one for another bot."""
    begin = "".join(islice(_seen(text), 2))
    return begin[:1] == ASIDE and begin != ASIDE * 2 and "@" not in text.split(maxsplit=1)[0]


def _seen(text: str) -> Iterator[str]:
    return (char for char in text if char not in _BLANK and unicodedata.category(char) not in _INVISIBLE)


def is_inside(unit: Unit, said: OperatorMessage) -> bool:
    """Whether a line is for colleagues: it says so, answers a note, or is a picture of an album that says so."""
    mark = f"inside:{said.chat_id}:{said.album}"
    if is_aside(said.text):
        if said.album is not None:
            unit.key_values.write(mark, "")  # the other pictures come without a word
        return True
    if said.album is not None and unit.key_values.read(mark) is not None:
        return True
    return _answers_note(unit, said)


def _answers_note(unit: Unit, said: OperatorMessage) -> bool:
    answered = unit.placements.at(said.chat_id, said.reply_to) if said.reply_to is not None else None
    if answered is not None and answered.inside:
        return True
    if said.to_bot:
        return False
    if answered is None:
        return False
    message = unit.messages.get(answered.message_id) if answered.message_id else None
    return message is None or message.kind == NOTE
