"""What customers read under an operator's words: nothing, a first name, or an alias."""

from __future__ import annotations

from services.messages.incoming import Operator
from services.messages.lengths import MESSAGE, units
from services.texts import say
from services.texts.html import plain
from storage.closed_sets import Signature
from storage.units import Unit


class Signatures:
    """Knows how the team signs."""

    def __init__(self, how: Signature) -> None:
        self._how = how

    def of(self, unit: Unit, operator: Operator) -> str | None:
        """Return what somebody's words are signed with. Without an alias of theirs, and as anonymous admin: nothing."""
        if self._how == "none" or operator.id <= 0:
            return None
        if self._how == "name":
            first = operator.name.split()[:1]
            return first[0] if first and first != [str(operator.id)] else None  # who has no name is shown by their id
        known = unit.operators.get(operator.id)
        return known.alias if known is not None else None


def signed(text: str, name: str | None, language: str, *, html: bool = False) -> str:
    """Return words with their signature below, where the message has room for it."""
    if not name or not text:
        return text
    below = say("customer.signature", language, name=name)
    whole = f"{text}\n\n{below if html else below.unescape()}"
    return whole if units(plain(whole) if html else whole) <= MESSAGE else text
