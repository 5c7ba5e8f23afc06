"""What the owner of an account, or of a channel, writes to a customer by themselves.

The bot never answers it. It stands in the history and under the ticket, the customer waits no longer, and for a while
the bot leaves the conversation to its owner (`giving_back.py` is what comes after that).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from services.customers.identity import acquainted
from services.desk.cards import plain, spoken
from services.desk.relay import People
from services.messages.effects import Say, ShowCard, TicketPlace, Words
from services.messages.incoming import Cause, CustomerMessage
from services.messages.lengths import cut
from services.queues.outbox import TOUCH, Outgoing, rank_of_line
from services.texts import label
from services.texts.team import Team
from storage.address import Address
from storage.records import Customer, Message
from storage.store import Store
from storage.units import Unit

QUOTED_MOST: Final = 500


class OwnerLines:
    """Takes in what owners write, change and delete."""

    def __init__(self, *, store: Store, team: Team, quiet: timedelta) -> None:
        """`quiet`: how long the bot leaves a conversation to its owner after a line of theirs."""
        self._store = store
        self._team = team
        self._quiet = quiet

    async def wrote(self, said: CustomerMessage, author: str, *, by_hand: bool = True) -> None:
        """Store a line. `said.person` is the customer it was written to; `author`: the owner's name.

        `by_hand`: not sent by Telegram itself as an away message or by a schedule, which takes nothing over.
        """

        def act(unit: Unit) -> None:
            customer = acquainted(unit, said.person, self._team)
            ticket = unit.tickets.open_of(customer.id)
            line = _stored(unit, said, customer, author, ticket.id if ticket else None)
            if by_hand and self._quiet:
                unit.lines.shelve(unit.lines.owed(customer.id))
                unit.customers.change(customer.id, owner_until=unit.now + self._quiet)
            if ticket is None:
                return
            outgoing = Outgoing(unit, said.cause.key)
            self._people(unit, outgoing, customer).owner_said(ticket, line, said, "desk.owner_line")
            if by_hand:
                unit.tickets.answered(ticket)
                outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)

        await self._store.write(act, said.cause)

    async def changed(self, said: CustomerMessage) -> None:
        """Follow a change of such a line; what the bot has written, and nobody by hand, is known as it is."""

        def act(unit: Unit) -> None:
            customer = unit.customers.find(said.person.address, lock=True)
            line = unit.messages.at(customer.id, said.telegram_id or 0) if customer else None
            if customer is None or line is None or line.author != "operator":
                return
            if (line.text, line.media) == (said.text, said.media):
                return
            unit.messages.edit(
                line.id, text=said.text, kind=said.kind, entities=said.entities, media=said.media, file=said.file
            )
            ticket = unit.tickets.open_of(customer.id)
            if ticket is not None and line.ticket_id == ticket.id:
                people = self._people(unit, Outgoing(unit, said.cause.key), customer)
                people.owner_said(ticket, line, said, "desk.owner_edited")

        await self._store.write(act, said.cause)

    async def deleted(self, cause: Cause, address: Address, telegram_ids: Collection[int]) -> None:
        """Note what was deleted, by whichever side: Telegram does not say. What nobody has answered needs no answer."""

        def act(unit: Unit) -> None:
            customer = unit.customers.find(address, lock=True)
            if customer is None:
                return
            lines = [line for number in telegram_ids if (line := unit.messages.at(customer.id, number))]
            found = [line for line in lines if line.gone_at is None]
            gone = {line.id for line in found}
            unit.lines.shelve([line for line in unit.lines.owed(customer.id) if line.id in gone])
            ticket = unit.tickets.open_of(customer.id)
            outgoing = Outgoing(unit, cause.key)
            for line in found:
                unit.messages.change(line.id, gone_at=unit.now)
                if ticket is not None and line.ticket_id == ticket.id:
                    words = Words(text=self._told(line), html=False)
                    place = TicketPlace(ticket_id=ticket.id)
                    outgoing.put(Say(to=place, words=words, answers=line.id), rank=rank_of_line(ticket))

        await self._store.write(act, cause)

    def _told(self, line: Message) -> str:
        text = cut(plain(line) or spoken(line.kind, self._team.language), QUOTED_MOST)
        return label("desk.gone_there", self._team.language, text=text)

    def _people(self, unit: Unit, outgoing: Outgoing, customer: Customer) -> People:
        return People(unit=unit, outgoing=outgoing, customer=customer, team=self._team)


def _stored(unit: Unit, said: CustomerMessage, customer: Customer, author: str, ticket_id: int | None) -> Message:
    answered = unit.messages.at(customer.id, said.answers) if said.answers is not None else None
    return unit.messages.add(
        key=said.cause.key,
        customer_id=customer.id,
        author="operator",
        author_name=author,
        text=said.text,
        kind=said.kind,
        ticket_id=ticket_id,
        telegram_id=said.telegram_id,
        entities=said.entities,
        album=said.album,
        media=said.media,
        quoted=said.quoted,
        told=said.told,
        reply_to_id=answered.id if answered else None,
        file=said.file,
    )
