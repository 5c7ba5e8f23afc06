"""Who is banned writes to nobody: their lines are stored, not shown, not answered, until the ban is lifted."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from markupsafe import Markup

from services.desk import audit
from services.desk.announcing import announce
from services.desk.pressed import Pressed
from services.desk.toasts import Toast, toast
from services.messages.effects import (
    Button,
    GroupPlace,
    MessageRef,
    PrivateChat,
    Say,
    ShowCard,
    ShowPage,
    TurnTopic,
    Words,
)
from services.messages.lengths import cut
from services.messages.team_presses import OnBan, encode
from services.queues.outbox import PRESSED, TOUCH, WORK, Outgoing
from services.scenarios.answers import name_of
from services.texts import label, say
from services.texts.moments import day
from services.texts.team import Team
from storage.records import Cause, Customer, Ticket
from storage.store import Store
from storage.units import Unit

LISTED_MOST: Final = 15
NAME_MOST: Final = 40
TOLD: Final = "told"
BANNED: Final = "banned"
"""What the line that tells of a ban is called in its key: by it is known later who was told."""


def ban(here: Pressed, choice: str | None) -> Toast:
    """Ask how, then ban: the ticket closes without a word, and the customer is told if that was chosen."""
    unit, ticket = here.unit, here.ticket
    customer = unit.customers.get(ticket.customer_id)
    if customer is None or customer.banned_at is not None:
        return toast("already_banned")
    if choice is None or ticket.face != "ban":
        unit.tickets.change(ticket.id, face="ban", menu=None)
        return toast("choose")
    impose(unit, here.outgoing, customer, ticket, by=here.operator.name, told=choice == TOLD)
    return toast("banned")


def impose(unit: Unit, outgoing: Outgoing, customer: Customer, ticket: Ticket | None, *, by: str, told: bool) -> None:
    """Ban a customer, and close the ticket that stands open without a word; `told`: they are told of the ban."""
    unit.customers.change(customer.id, banned_at=unit.now, banned_by=by)
    if ticket is not None:
        unit.tickets.close(ticket.id, "silent")
        outgoing.put(TurnTopic(ticket_id=ticket.id, closed=True), rank=WORK)
    if told:
        text = say("customer.banned", customer.language)
        announce(unit, outgoing, customer, text, what=BANNED, ticket_id=ticket.id if ticket else None)


def lift(unit: Unit, customer_id: int, outgoing: Outgoing) -> bool:
    """Let a customer write again; who was told of the ban is told of its end. False: nobody had banned them."""
    customer = unit.customers.get(customer_id, lock=True)
    if customer is None or customer.banned_at is None:
        return False
    unit.customers.change(customer.id, banned_at=None, banned_by=None)
    last = unit.messages.last_of_bot(customer.id, customer.banned_at - timedelta.resolution)
    if last is not None and last.key.endswith(f"/{BANNED}"):
        announce(unit, outgoing, customer, say("customer.unbanned", customer.language), what="unbanned")
    return True


def unban(here: Pressed) -> Toast:
    """Lift the ban of a ticket's customer."""
    return toast("unbanned" if lift(here.unit, here.ticket.customer_id, here.outgoing) else "not_banned")


class BanList:
    """`/bans`: who is banned, since when and by whom; a button lifts each."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def show(self, cause: Cause, place: PrivateChat | GroupPlace) -> None:
        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(Say(to=place, words=self._words(unit)))

        await self._store.write(act, cause)

    async def press(
        self, cause: Cause, who: audit.Actor, place: PrivateChat | GroupPlace, press: OnBan, *, at: MessageRef | None
    ) -> Toast:
        """Lift a ban, and let the list and the card of the customer's last ticket say so."""

        def act(unit: Unit) -> Toast:
            outgoing = Outgoing(unit, cause.key)
            lifted = lift(unit, press.customer_id, outgoing)
            if lifted:
                audit.note(unit, who, "unbanned", customer_id=press.customer_id)
            if at is not None:
                outgoing.put(ShowPage(to=place, at=at, words=self._words(unit)), rank=PRESSED)
            ticket = unit.tickets.last_of(press.customer_id) if lifted else None
            if ticket is not None and ticket.card_id is not None:
                outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
            return toast("unbanned" if lifted else "not_banned")

        return await self._store.write(act, cause)

    def _words(self, unit: Unit) -> Words:
        speak = self._team.language
        banned = unit.customers.banned(most=LISTED_MOST)
        lines = Markup("\n").join(self._line(one) for one in banned)
        text = say("bans.list", speak, count=unit.customers.count_banned(), lines=lines)
        buttons = tuple((_lift_button(one, speak),) for one in banned)
        return Words(text=text, buttons=buttons)

    def _line(self, customer: Customer) -> Markup:
        since = day(customer.banned_at, self._team.zone, self._team.language) if customer.banned_at else ""
        return say("bans.line", self._team.language, name=name_of(customer), since=since, by=customer.banned_by)


def _lift_button(customer: Customer, language: str) -> Button:
    text = label("bans.lift", language, name=cut(name_of(customer), NAME_MOST))
    return Button(text=text, press=encode(OnBan(customer.id)))
