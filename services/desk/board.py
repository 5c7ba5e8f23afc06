"""The open tickets of a group as a list: page by page for who asks, and its beginning on the desk message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.desk.list_pages import name_of
from services.desk.ticket_words import link_of, state_words
from services.messages.callbacks import encode
from services.messages.desk_presses import OnOpen
from services.messages.effects import Button, Keyboard, Words
from services.templates.variables import plain_words
from services.texts import label, say, text_key
from services.texts.moments import clock
from storage.ticket_lists import ListedTicket, TicketCounts

PageKey = Literal["page_button.earlier", "page_button.anew", "page_button.later"]
A_PAGE: Final = 10
WORDS_MOST: Final = 60
OPERATOR_MOST: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One page of the open tickets, and what there is in all."""

    tickets: Sequence[ListedTicket]
    standing: TicketCounts
    page: int = 0
    """Counted from 0."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.standing.open // A_PAGE))


def page_within(page: int, standing: TicketCounts) -> int:
    """Return the page, or the last one where tickets were closed meanwhile."""
    return min(page, max(0, standing.open - 1) // A_PAGE)


def words(board: Board, zone: ZoneInfo, language: str) -> Words:
    """Return a page as it reads now, with the buttons that turn it."""
    if not board.standing.open:
        return Words(text=say("board.empty", language), buttons=_buttons(board, language))
    lines = [head(board.standing, zone, language), *lines_of(board.tickets, zone, language)]
    if board.pages > 1:
        lines.append(say("board.page", language, page=board.page + 1, pages=board.pages))
    return Words(text="\n".join(lines), buttons=_buttons(board, language))


def head(standing: TicketCounts, zone: ZoneInfo, language: str) -> Markup:
    """Return how many there are, by who waits for whom, and the longest wait."""
    since = clock(standing.longest_since, zone, language) if standing.longest_since else None
    return say(
        "board.head",
        language,
        open=standing.open,
        waiting=standing.waiting,
        awaiting=standing.awaiting_customer,
        snoozed=standing.snoozed,
        since=since,
    )


def lines_of(tickets: Sequence[ListedTicket], zone: ZoneInfo, language: str) -> Iterator[Markup]:
    """Yield a line for each ticket; those that were put off stand apart."""
    apart = False
    for ticket in tickets:
        if ticket.state == "snoozed" and not apart:
            apart = True
            yield say("board.snoozed", language)
        yield _line(ticket, zone, language)


def _line(ticket: ListedTicket, zone: ZoneInfo, language: str) -> Markup:
    return say(
        "board.line",
        language,
        mark=say(text_key("priority", ticket.priority), language),
        ticket=ticket.id,
        link=link_of(ticket),
        name=name_of(ticket),
        words=plain_words(ticket.question, cap=WORDS_MOST),
        state=state_words(ticket, zone, language),
        operator=plain_words(ticket.operator_name or "", cap=OPERATOR_MOST) if ticket.status == "taken" else None,
    )


def _buttons(board: Board, language: str) -> Keyboard:
    turns = []
    if board.page > 0:
        turns.append(_turn("page_button.earlier", board.page - 1, language))
    turns.append(_turn("page_button.anew", board.page, language))
    if board.page + 1 < board.pages:
        turns.append(_turn("page_button.later", board.page + 1, language))
    return (tuple(turns),)


def _turn(key: PageKey, page: int, language: str) -> Button:
    return Button(text=label(key, language), press=encode(OnOpen(page)))
