"""The menus of a card that need more than the ticket to be drawn: answers to send, and what a ticket is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from services.desk import destinations
from services.desk.ready_answers import Reading, ReadyAnswers, mark_of
from services.desk.suggesting import Proposed
from services.messages.callbacks import OnTicket, encode
from services.messages.effects import Button, Keyboard
from services.messages.lengths import cut
from services.texts import label
from services.texts.team import Team
from services.texts.titles import title_of
from storage.matters import Matter, place_of
from storage.records import Customer, Scenario, Ticket
from storage.suggestions import Suggestion
from storage.units import Unit

A_PAGE: Final = 8
A_ROW: Final = 2
TITLE_MOST: Final = 40
Picking = Literal["answer", "correct"]
"""The two menus that go from a scenario to its answers."""
PAGE, TOPIC, MATTER, WHOLE, OWN, CANNED = "p", "s", "a", "w", "o", "c"
"""How a choice begins: a page of the menu, a scenario, one answer to send or to name, a scenario with no answer, a page
of the team's own answers, one of them."""
NONE: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What stands on a card while one of its menus is open."""

    buttons: Keyboard
    reading: Reading | None = None
    """What the customer would read."""


class Menus:
    """Draws them as the ticket says where its card is."""

    def __init__(self, *, ready: ReadyAnswers, team: Team) -> None:
        self._ready = ready
        self._team = team

    def of(self, unit: Unit, ticket: Ticket, customer: Customer) -> Menu | None:
        """Return the menu that is open; None where there is none, or what it was about is gone."""
        match ticket.face:
            case "answer" | "correct" as picking:
                return Menu(buttons=tuple(self._picking(unit, ticket, picking)))
            case "preview":
                reading = self.reading(unit, ticket, customer)
                return Menu(buttons=self._preview(ticket, reading), reading=reading) if reading is not None else None
            case "move":
                return Menu(buttons=destinations.buttons(ticket, self._team))
            case "ban":
                return Menu(buttons=self._ban(ticket))
            case _:
                return None

    def reading(self, unit: Unit, ticket: Ticket, customer: Customer) -> Reading | None:
        """Return the answer that is shown before it is sent."""
        kind, mark = parted(ticket.menu)
        if ticket.face == "preview" and kind == CANNED:
            reply = unit.canned.get(int(mark))
            return self._ready.read_canned(unit, ticket, customer, reply) if reply is not None else None
        matter = self._ready.matter(mark) if ticket.face == "preview" and kind == MATTER else None
        return self._ready.read(unit, ticket, customer, matter) if matter is not None else None

    def suggestion(self, unit: Unit, ticket: Ticket, customer: Customer) -> Proposed | None:
        """Return the answer that waits for a decision, the oldest of several; None where none can be read."""
        if ticket.status == "closed":
            return None
        found = (self.proposed(unit, ticket, customer, one) for one in unit.suggestions.standing(ticket.id))
        return next((one for one in found if one is not None), None)

    def proposed(self, unit: Unit, ticket: Ticket, customer: Customer, one: Suggestion) -> Proposed | None:
        """Return a suggestion as it reads now; None where its answer is gone."""
        matter = self._ready.matter(mark_of(place_of(one.scenario, one.answer)))
        reading = self._ready.read(unit, ticket, customer, matter) if matter is not None else None
        return Proposed(id=one.id, reading=reading) if reading is not None else None

    def _picking(self, unit: Unit, ticket: Ticket, picking: Picking) -> Iterator[tuple[Button, ...]]:
        kind, rest = parted(ticket.menu)
        scenario = self._ready.scenario(rest) if kind == TOPIC else None
        if scenario is not None:
            yield from rows(self._answers_of(ticket, picking, scenario))
            yield (self._button(ticket, picking, None, label("button.back", self._team.language)),)
            return
        if kind == OWN:
            yield from self._own(unit, ticket, int(rest))
            return
        page = int(rest) if kind == PAGE else 0
        proposed = self._ready.proposed(ticket) if picking == "answer" and not page else None
        if proposed is not None and (proposed.answer or proposed.scenario.templates):
            title = label("button.proposed", self._team.language, title=self._ready.title(proposed))
            yield (self._button(ticket, picking, MATTER + mark_of(proposed.name), title, style="primary"),)
        if picking == "answer" and not page and (count := unit.canned.count()):
            title = label("button.own_answers", self._team.language, count=count)
            yield (self._button(ticket, picking, f"{OWN}0", title),)
        yield from self._topics(ticket, picking, page)
        if picking == "correct":
            yield (self._button(ticket, picking, NONE, label("button.none_of_them", self._team.language)),)
        yield (_fold(ticket, self._team.language),)

    def _topics(self, ticket: Ticket, picking: Picking, page: int) -> Iterator[tuple[Button, ...]]:
        """Yield a page of the scenarios that can be picked, and the ways to the other pages."""
        known = [one for one in self._ready.scenarios if picking == "correct" or one.templates or one.answers]
        shown = known[page * A_PAGE : (page + 1) * A_PAGE]
        yield from rows([self._topic(ticket, picking, one) for one in shown])
        yield from self._turns(ticket, picking, PAGE, page, len(known))

    def _own(self, unit: Unit, ticket: Ticket, page: int) -> Iterator[tuple[Button, ...]]:
        """Yield a page of the team's own answers."""
        replies = unit.canned.page(page, most=A_PAGE)
        yield from rows([self._button(ticket, "answer", f"{CANNED}{one.id}", one.title) for one in replies])
        yield from self._turns(ticket, "answer", OWN, page, unit.canned.count())
        yield (self._button(ticket, "answer", None, label("button.back", self._team.language)),)

    def _turns(
        self, ticket: Ticket, picking: Picking, kind: str, page: int, count: int
    ) -> Iterator[tuple[Button, ...]]:
        turns = [(page - 1, "◀️")] * (page > 0) + [(page + 1, "▶️")] * ((page + 1) * A_PAGE < count)
        if turns:
            yield tuple(self._button(ticket, picking, f"{kind}{to}", arrow) for to, arrow in turns)

    def _topic(self, ticket: Ticket, picking: Picking, scenario: Scenario) -> Button:
        title = title_of(scenario, self._team.language)
        return self._button(ticket, picking, TOPIC + mark_of(scenario.key), f"{title} ▾" if scenario.answers else title)

    def _answers_of(self, ticket: Ticket, picking: Picking, scenario: Scenario) -> list[Button]:
        speak = self._team.language
        buttons = [
            self._button(ticket, picking, MATTER + mark_of(Matter(scenario, one).name), title_of(one, speak))
            for one in scenario.answers
        ]
        if picking == "correct":
            whole = label("button.no_answer_of", speak)
            buttons.append(self._button(ticket, picking, WHOLE + mark_of(scenario.key), whole))
        return buttons

    def _preview(self, ticket: Ticket, reading: Reading) -> Keyboard:
        speak = self._team.language
        back = self._button(ticket, "answer", None, label("button.back", speak))
        if reading.missing or reading.gaps:
            return ((back,), (_fold(ticket, speak),))
        send = Button(
            text=label("button.send", speak), press=encode(OnTicket(ticket.id, "send", reading.mark)), style="success"
        )
        return ((send, back), (_fold(ticket, speak),))

    def _ban(self, ticket: Ticket) -> Keyboard:
        speak = self._team.language
        ways = (("silent", label("ban.silent", speak)), ("told", label("ban.told", speak)))
        choices = [
            Button(text=text, press=encode(OnTicket(ticket.id, "ban", way)), style="danger") for way, text in ways
        ]
        return (tuple(choices), (_fold(ticket, speak),))

    @staticmethod
    def _button(
        ticket: Ticket, picking: Picking, choice: str | None, text: str, *, style: Literal["primary"] | None = None
    ) -> Button:
        press = encode(OnTicket(ticket.id, picking, choice))
        return Button(text=cut(text, TITLE_MOST), press=press, style=style)


def parted(choice: str | None) -> tuple[str, str]:
    """Return how a choice begins, and what follows."""
    return (choice or "")[:1], (choice or "")[1:]


def _fold(ticket: Ticket, language: str) -> Button:
    return Button(text=label("button.fold", language), press=encode(OnTicket(ticket.id, "fold")))


def rows(buttons: Sequence[Button]) -> Iterator[tuple[Button, ...]]:
    """Yield buttons as they stand beneath each other."""
    for start in range(0, len(buttons), A_ROW):
        yield tuple(buttons[start : start + A_ROW])
