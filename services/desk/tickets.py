"""What the buttons of a card do. Each press is harmless when it comes late, twice, or from two people at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from functools import partial
from math import ceil
from typing import Final, get_args

import structlog

from services.desk import asking, audit, bans, moving, ratings, roster, snoozing, undoing
from services.desk.announcing import announce
from services.desk.answer_verbs import AnswerVerbs
from services.desk.handing import Handing
from services.desk.pressed import Pressed, is_over
from services.desk.suggestion_verbs import SuggestionVerbs
from services.desk.ticket_words import state_words
from services.desk.toasts import ON_CARD, Toast, toast
from services.messages.callbacks import OnTicket
from services.messages.effects import ShowCard, TurnTopic
from services.messages.incoming import Operator
from services.queues.outbox import PRESSED, SETTLED, WORK, Outgoing
from services.queues.pending import reopening
from services.texts import say
from services.texts.team import Team
from services.working_hours.schedule import Schedule
from storage.closed_sets import Closing, Face, Priority
from storage.records import Cause, Ticket
from storage.store import Store
from storage.ticket_lists import Scope
from storage.units import Unit

log = structlog.get_logger()
Ask = Callable[[int, Collection[int]], Awaitable[None]]
"""Asks the messenger whether operators still belong to a group."""
OF_CLOSED: Final = ("close", "reopen", "show", "details", "fold", "ban", "unban", "note")
"""What can still be pressed on the card of a closed ticket."""

SOON_S: Final = 3.0


class Desk:
    """Carries out presses."""

    def __init__(
        self,
        *,
        store: Store,
        answers: AnswerVerbs,
        ask: Ask,
        team: Team,
        hours: Callable[[], Schedule | None] = lambda: None,
        late: Callable[[int], float] = lambda _chat_id: 0.0,
    ) -> None:
        """`hours` tells when the team works; `late`, for how many seconds a card of a group cannot be changed."""
        self._store = store
        self._answers = answers
        self._suggestions = SuggestionVerbs(answers=answers, team=team)
        self._ask = ask
        self._handing = Handing(team=team)
        self._team = team
        self._hours = hours
        self._late = late

    async def press(
        self, cause: Cause, operator: Operator, press: OnTicket, *, scope: Scope = "all", on_card: bool = True
    ) -> Toast:
        """Carry out a button, as far as it still makes sense. `scope`: whose tickets count there.

        `on_card`: it stands on a card, whose menus are there for all to see. A page has menus of its own.
        """
        if press.action == "hand":
            await self._see_who_is_there(press.ticket_id)

        def act(unit: Unit) -> Toast:
            ticket = unit.tickets.locked(press.ticket_id)
            if ticket is None:
                return toast("outdated")
            if scope not in ("all", ticket.group_id):
                return toast("elsewhere")
            unit.operators.acted(operator.id, operator.name)
            outgoing = Outgoing(unit, cause.key)
            over = on_card and ticket.status != "closed" and is_over(press, ticket)
            said = self._now(ticket) if over else self._do(unit, press, ticket, operator, outgoing)
            if not over:
                said = _logged(unit, audit.presser(operator, cause.key), press.choice, ticket, said)
            # One that was deleted by hand is noticed as it is edited, and shown again.
            self._show(ticket, outgoing, rank=PRESSED if said.key in ON_CARD else SETTLED)
            if on_card and said.key in ON_CARD and (late := self._late(ticket.chat_id or 0)) > SOON_S:
                return toast("card_late", seconds=ceil(late))
            if said.key in ("closed", "reopened"):
                outgoing.put(TurnTopic(ticket_id=ticket.id, closed=said.key == "closed"), rank=WORK)
            return said

        said = await self._store.write(act, cause)
        log.info("ticket.pressed", ticket=press.ticket_id, action=press.action, outcome=said.key)
        return said

    async def undo(self, cause: Cause, operator: Operator, entry_id: int) -> tuple[Toast, int | None]:
        """Take back what somebody did to a ticket a moment ago, if nothing has happened to it since; say to which."""

        def act(unit: Unit) -> tuple[Toast, int | None]:
            entry, who = unit.audit.get(entry_id), audit.presser(operator, cause.key)
            may = undoing.may_take_back(unit, entry, who)
            ticket = unit.tickets.locked(entry.ticket_id or 0) if entry is not None and may else None
            if ticket is None or entry is None:
                return toast("undo_late"), None
            outgoing = Outgoing(unit, cause.key)
            here = Pressed(unit=unit, ticket=ticket, operator=operator, outgoing=outgoing)
            said = undoing.take_back(here, entry)
            if said.key == "undone":
                audit.note(unit, who, "undone", ticket=ticket, detail=entry.action)
                self._handing.moved_back(here, unit.tickets.get(ticket.id))
            self._show(ticket, outgoing, rank=PRESSED)
            return said, ticket.id

        return await self._store.write(act, cause)

    async def knows(self, ticket_id: int) -> bool:
        return await self._store.read(lambda unit: unit.tickets.get(ticket_id) is not None)

    def _do(  # noqa: C901, PLR0911, PLR0912  # one line a button: the table is the point
        self, unit: Unit, press: OnTicket, ticket: Ticket, operator: Operator, outgoing: Outgoing
    ) -> Toast:
        if ticket.status == "closed" and press.action not in OF_CLOSED:
            return toast("already_closed")
        here = Pressed(unit=unit, ticket=ticket, operator=operator, outgoing=outgoing)
        match press.action:
            case "take":
                return self._handing.take(here)
            case "release":
                return self._handing.release(here)
            case "close":
                return self._close(unit, ticket, outgoing, _ending(press.choice))
            case "reopen":
                return self._reopen(unit, ticket, operator, outgoing)
            case "show":
                return toast("shown" if ticket.card_id is not None else "showing")
            case "fold":
                return self._face(unit, ticket, None)
            case "details" | "closing" | "more":
                return self._face(unit, ticket, press.action)
            case "hand" if press.choice is None and not roster.offered(unit, ticket):
                return toast("nobody_else")
            case "hand" | "snooze" | "priority" | "move" if press.choice is None:
                return self._face(unit, ticket, press.action)
            case "hand":
                return self._handing.hand(here, int(press.choice or 0))
            case "move":
                return moving.move(here, press.choice or "", self._team)
            case "snooze":
                return snoozing.snooze(here, press.choice, self._team.zone, self._hours())
            case "wake":
                return snoozing.wake(here)
            case "priority":
                return self._set_priority(here, press.choice)
            case "note":
                asking.ask_note(here, self._team)
                return toast("note_asked")
            case "ban":
                return bans.ban(here, press.choice)
            case "unban":
                return bans.unban(here)
            case "answer":
                return self._answers.pick(here, press.choice)
            case "send":
                return self._answers.send(here, press.choice)
            case "correct":
                return self._answers.correct(here, press.choice)
            case "accept" | "edit" | "wrong":
                return self._suggestions.press(here, press.action, press.choice)

    async def _see_who_is_there(self, ticket_id: int) -> None:
        """Ask about the colleagues before they are offered."""

        def look(unit: Unit) -> tuple[Ticket | None, list[int]]:
            return unit.tickets.get(ticket_id), [one.id for one in roster.known(unit)]

        ticket, ids = await self._store.read(look)
        if ticket is not None and ticket.chat_id is not None:
            await self._ask(ticket.chat_id, ids)

    def _now(self, ticket: Ticket) -> Toast:
        """Say how a ticket stands to whom has pressed what somebody else has decided meanwhile."""
        state = str(state_words(ticket, self._team.zone, self._team.language))
        return toast("decided", state=state, name=ticket.operator_name if ticket.status == "taken" else None)

    @staticmethod
    def _face(unit: Unit, ticket: Ticket, face: Face | None) -> Toast:
        unit.tickets.change(ticket.id, face=face, menu=None)
        return toast("details" if face == "details" else "choose" if face else "folded")

    @staticmethod
    def _set_priority(here: Pressed, choice: str | None) -> Toast:
        ticket = here.ticket
        priority = next((one for one in get_args(Priority) if one == choice), ticket.priority)
        here.unit.tickets.change(ticket.id, priority=priority, face=None)
        here.outgoing.renamed(ticket, priority)
        return toast("priority_set")

    def _close(self, unit: Unit, ticket: Ticket, outgoing: Outgoing, ending: Closing) -> Toast:
        if not unit.tickets.close(ticket.id, ending):
            return toast("already_closed")
        customer = unit.customers.get(ticket.customer_id)
        if customer is not None and ending == "solved":
            text = say("customer.closed", customer.language, ticket=ticket.id)
            asks = self._team.asks_rating and ratings.may_ask(unit, ticket, customer)
            if asks and not customer.address.waits_for_words:  # a program may show no choices: it finds them as data
                text += "\n\n" + say("customer.rate", customer.language)
            buttons = partial(ratings.scores, language=customer.language) if asks else None
            announce(unit, outgoing, customer, text, what="closed", ticket_id=ticket.id, buttons=buttons)
        return toast("closed")

    def _reopen(self, unit: Unit, ticket: Ticket, operator: Operator, outgoing: Outgoing) -> Toast:
        other = unit.tickets.open_of(ticket.customer_id)
        if other is not None:
            if other.id != ticket.id:
                return toast("another_open", ticket=other.id)
            if other.operator_id is None:
                return toast("already_open")
            theirs = other.operator_id != operator.id
            return toast("taken_by", name=other.operator_name) if theirs else toast("already_yours")
        unit.tickets.reopen(ticket.id, operator_id=operator.id, operator_name=operator.name)
        unit.inbox.put(reopening(ticket, ticket.closed_at or unit.now, outgoing.cause))
        return toast("reopened")

    @staticmethod
    def _show(ticket: Ticket, outgoing: Outgoing, *, rank: int) -> None:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank)


def _logged(unit: Unit, who: audit.Actor, choice: str | None, before: Ticket, said: Toast) -> Toast:
    """Write what a press has done into the audit log."""
    action = audit.action_of(said)
    if action is None:
        return said
    after = unit.tickets.get(before.id) if action in undoing.TAKEN_BACK else None
    kept = undoing.difference(before, after) if after is not None else None
    detail = audit.detail_of(said, choice)
    entry = audit.note(unit, who, action, ticket=before, detail=detail, before=kept)
    return replace(said, entry=entry if kept else None)


def _ending(choice: str | None) -> Closing:
    return next((one for one in get_args(Closing) if one == choice), "solved")
