"""What the buttons under lists and histories say when they are pressed; `callbacks.py` knows all buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

ClientAction = Literal["show", "export"]
_MOST_DIGITS: Final = 18
_PAGE_DIGITS: Final = 6
_MARK: Final = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class OnOpen:
    """Somebody turns the list of open tickets; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OnClient:
    """Somebody wants to see a customer, or to have all that is kept of them."""

    customer_id: int
    action: ClientAction = "show"


@dataclass(frozen=True, slots=True)
class OnHistory:
    """Somebody turns a history: to the lines before or after a row, or to the last ones."""

    customer_id: int
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class OnTicketHistory:
    """Somebody has pressed *History* on a card: it is shown under it."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class OnFind:
    """Somebody turns what a search has found; `mark` names the search."""

    mark: str
    page: int = 0


OfDesk = OnOpen | OnClient | OnHistory | OnTicketHistory | OnFind


def encode(press: OfDesk) -> str:
    match press:
        case OnOpen(page):
            return f"o:{page}"
        case OnClient(customer_id, action):
            return f"k:{customer_id}:{action}"
        case OnHistory(customer_id, before, after):
            cursor = f":b{before}" if before is not None else f":a{after}" if after is not None else ""
            return f"h:{customer_id}{cursor}"
        case OnTicketHistory(ticket_id):
            return f"H:{ticket_id}"
        case OnFind(mark, page):
            return f"q:{mark}:{page}"


def decode(parts: list[str]) -> OfDesk | None:  # noqa: PLR0911  # one line a button
    match parts:
        case ["o", page] if _is_number(page, _PAGE_DIGITS):
            return OnOpen(int(page))
        case ["k", number, ("show" | "export") as action] if _is_number(number):
            return OnClient(int(number), action)
        case ["h", number] if _is_number(number):
            return OnHistory(int(number))
        case ["h", number, cursor] if _is_number(number) and cursor[:1] in ("a", "b") and _is_number(cursor[1:]):
            row = int(cursor[1:])
            return OnHistory(int(number), before=row) if cursor[0] == "b" else OnHistory(int(number), after=row)
        case ["H", number] if _is_number(number):
            return OnTicketHistory(int(number))
        case ["q", mark, page] if _MARK.fullmatch(mark) and _is_number(page, _PAGE_DIGITS):
            return OnFind(mark, int(page))
        case _:
            return None


def _is_number(text: str, most: int = _MOST_DIGITS) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= most
