"""What the people of the team are shown of a conversation: a customer's lines, under their ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from services.classify.urgency import highest
from services.classify.verdict import Verdict
from services.desk import handover
from services.desk.cards import spoken
from services.desk.customer_pictures import customer_picture
from services.desk.mirror import NOTHING, Mirrored, mirrored
from services.desk.raising import raise_to
from services.desk.reasons import pressing
from services.messages import customer_lines
from services.messages.effects import Copy, Move, Position, Say, ShowCard, TicketPlace, TurnTopic, Words, encode
from services.messages.formatting import parts
from services.messages.incoming import Cause, CustomerMessage
from services.messages.lengths import MESSAGE, cut, units
from services.messages.plain_text import Shaped, joined, quote, told_shaped
from services.queues.outbox import TOUCH, WORK, Outgoing, lane_of, rank_of_card, rank_of_line
from services.scenarios.answers import name_of
from services.texts import label, say
from services.texts.html import plain
from services.texts.team import Team
from storage.closed_sets import Priority, TicketStatus
from storage.records import Customer, Message, Ticket
from storage.units import Unit

LineKey = Literal[
    "desk.line",
    "desk.whole",
    "desk.earlier",
    "desk.edited",
    "desk.forwarded",
    "desk.commented",
    "desk.owner_line",
    "desk.owner_edited",
]
"""What stands over a customer's line, or the owner's."""
BOT_MOST: Final = 1000
HEAD_MOST: Final = 512
"""Most units of the heading over a line, which names its author: names may be long."""


class People:
    """One customer's lines on their way to the operators, inside one write unit."""

    def __init__(self, *, unit: Unit, outgoing: Outgoing, customer: Customer, team: Team) -> None:
        self._unit = unit
        self._outgoing = outgoing
        self._customer = customer
        self._team = team

    def follow(self, ticket: Ticket, lines: Sequence[Message], key: LineKey = "desk.line") -> None:
        """Show people lines that they have not seen yet."""
        for line in lines:
            self.relay(ticket, line, self._again(line), key)
        self._unit.lines.show(lines, ticket.id)

    def told(self, lines: Sequence[Message]) -> Shaped:
        """Return lines as people should read them; a bare command says nothing."""
        return joined(told_shaped(line, self._team.language) for line in lines if line.kind != "command")

    def _again(self, line: Message) -> CustomerMessage:
        return customer_lines.again(Cause(key=self._outgoing.cause), self._customer, [line])

    def relay(self, ticket: Ticket, message: Message, said: CustomerMessage, key: LineKey = "desk.line") -> None:
        """Pass a customer's line on to the people who look after them."""
        about = mirrored(self._unit, ticket, message)
        quoted = quote(about.told, self._team.language) if about.told else None
        if quoted and (said.is_media or said.forwarded_from is not None):
            self._head(ticket, quoted)
        if said.is_media:
            self._name_author(ticket, said)
            self.copy(ticket, message, said, about)
        else:
            key = key if said.forwarded_from is None else "desk.forwarded"
            self.text(
                ticket,
                message,
                said.text,
                key,
                said.entities,
                preview=said.preview,
                about=about,
                author=said.forwarded_from,
                quoted=quoted,
            )

    def raised(self, ticket: Ticket, urgency: Priority, words: str, verdict: Verdict | None = None) -> Ticket:
        """Return the ticket as urgent as its latest line, and let its card say so, and what of it presses."""
        priority = highest(ticket.priority, urgency)
        if priority == ticket.priority:
            self.keep_in_sight(ticket)
            return ticket
        return raise_to(self._unit, self._outgoing, ticket, priority, pressing(words, verdict))

    def answered(self, ticket: Ticket, reply: Message) -> None:
        """Show people what the bot has said to the customer of an open ticket."""
        words = cut(plain(reply.text), BOT_MOST)
        head = label("desk.bot_said", self._team.language)
        line = Words(text=words, html=False)
        say = Say(to=TicketPlace(ticket_id=ticket.id), words=line, head=head, message_id=reply.id)
        self._outgoing.put(say, rank=rank_of_line(ticket))

    def reopened(self, ticket: Ticket, lines: Sequence[Message]) -> Ticket:
        """Open a ticket again whose customer answers a last word with these lines; what they said before follows."""
        if ticket.status != "closed":
            return ticket
        meanwhile = handover.meanwhile(self._unit, ticket, ticket.closed_at or self._unit.now)
        new = {line.id for line in lines}
        self._unit.tickets.reopen(ticket.id, operator_id=ticket.operator_id, operator_name=ticket.operator_name)
        self._outgoing.put(ShowCard(ticket_id=ticket.id), rank=WORK)
        self._outgoing.put(TurnTopic(ticket_id=ticket.id, closed=False), rank=TOUCH)
        status: TicketStatus = "open" if ticket.operator_id is None else "taken"
        again = replace(ticket, status=status, closed_at=None, followed_up_at=None, ending=None)
        self.follow(again, [line for line in meanwhile if line.id not in new])
        return again

    def waits(self, ticket: Ticket) -> None:
        """Note that the customer waits for people from now on, if they do not wait already, and let the card say so."""
        if self._unit.tickets.heard(ticket):
            self._outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)

    def asked(self, ticket: Ticket) -> bool:
        """Whether the last that an operator wrote to the customer is a question."""
        last = self._unit.lines.last_of_operator(ticket.id)
        return last is not None and "?" in last.text

    def commented(self, ticket_id: int, lines: Sequence[Message]) -> None:
        """Show people what a customer adds to the score that they gave; it opens nothing again."""
        ticket, rating = self._unit.tickets.get(ticket_id), self._unit.ratings.get(ticket_id)
        self._unit.ratings.comment(ticket_id, lines[-1].id)
        self._unit.lines.show(lines, ticket_id)
        if ticket is not None and rating is not None:
            self.text(ticket, lines[-1], customer_lines.words(lines), "desk.commented", score=rating.score)
            self._outgoing.put(ShowCard(ticket_id=ticket_id), rank=TOUCH)
            self._outgoing.put(TurnTopic(ticket_id=ticket_id, closed=True), rank=TOUCH)  # posting has opened it

    def keep_in_sight(self, ticket: Ticket) -> None:
        """Try once more to show a card that stands nowhere and waits no longer: it was refused, and set aside.

        One that may have arrived, though nobody can confirm it, is not shown again by itself.
        """
        card = ShowCard(ticket_id=ticket.id)
        if ticket.card_id is None and not self._unit.outbox.may_show(lane_of(card), encode(card)):
            self._outgoing.put(card, rank=rank_of_card(ticket.priority))

    def correct(self, ticket: Ticket, message: Message, said: CustomerMessage) -> None:
        """Show people what a customer has changed in a line; `message` is the line as it was."""
        if said.text or not said.is_media:
            self.text(
                ticket, message, said.text, "desk.edited", said.entities, edition=said.cause.key, preview=said.preview
            )
        if said.is_media and said.media != message.media:
            if not said.text:
                self._head(ticket, label("desk.edited", self._team.language, name=name_of(self._customer)))
            self.copy(ticket, message, replace(said, album=None))

    def owner_said(self, ticket: Ticket, line: Message, said: CustomerMessage, key: LineKey) -> None:
        """Show people what the owner of the account or channel has written to the customer by themselves."""
        author = line.author_name or ""
        if said.is_media:
            self._head(ticket, label(key, self._team.language, name=name_of(self._customer), author=author))
            self.copy(ticket, line, said)
        else:
            self.text(ticket, line, said.text, key, said.entities, author=author)

    def moved(self, ticket: Ticket, line: Message, position: Position) -> None:
        """Let a place move on that people look at."""
        place = TicketPlace(ticket_id=ticket.id)
        self._outgoing.put(Move(to=place, message_id=line.id, position=position), rank=TOUCH)

    def _name_author(self, ticket: Ticket, said: CustomerMessage) -> None:
        """Say whose picture follows, once for an album: a copy does not show it."""
        if said.forwarded_from is not None:
            name, author = name_of(self._customer), said.forwarded_from
            cause = said.album and f"forwarded:{ticket.id}:{said.album}"
            text = label("desk.forwarded", self._team.language, name=name, author=author)
            self._head(ticket, text, cause)

    def _head(self, ticket: Ticket, text: str, cause: str | None = None) -> None:
        """Say a heading over a line. `cause` keys one that is said once, however many lines follow."""
        outgoing = self._outgoing if cause is None else Outgoing(self._unit, cause)
        words = Words(text=text, html=False)
        place = TicketPlace(ticket_id=ticket.id)
        outgoing.put(Say(to=place, words=words, for_customer=True), rank=rank_of_line(ticket))

    def chose(self, ticket: Ticket, title: str) -> None:
        """Tell people what a customer has pressed meanwhile."""
        text = say("desk.chose", self._team.language, name=name_of(self._customer), title=title)
        place = TicketPlace(ticket_id=ticket.id)
        self._outgoing.put(Say(to=place, words=Words(text=text), for_customer=True), rank=rank_of_line(ticket))

    def copies(self, ticket: Ticket, lines: Iterable[Message]) -> None:
        """Let what is more than words follow."""
        for line in lines:
            self.copy(ticket, line, self._again(line))

    def copy(self, ticket: Ticket, message: Message, said: CustomerMessage, about: Mirrored = NOTHING) -> None:
        """Let a picture, a voice line, a sticker reach the ticket as it is."""
        if said.telegram_id is None:
            if (effect := customer_picture(ticket, message, self._customer, self._team)) is not None:
                self._outgoing.put(effect, rank=rank_of_line(ticket))
            return
        self._outgoing.put(
            Copy(
                to=TicketPlace(ticket_id=ticket.id),
                origin=self._customer.address,
                telegram_id=said.telegram_id,
                message_id=message.id,
                text=said.text or self._named(said),
                entities=said.entities if said.text else (),
                album=said.album,
                answers=about.line,
                quote=about.quote,
                position=said.position if said.position and said.position.period else None,
            ),
            rank=rank_of_line(ticket),
        )

    def _named(self, said: CustomerMessage) -> str:
        """Return what stands for a message without words, where it cannot be shown."""
        kind = spoken(said.kind, self._team.language)
        return f"{kind}: {said.told}" if said.told else kind

    def text(
        self,
        ticket: Ticket,
        message: Message,
        text: str,
        key: LineKey,
        entities: Sequence[dict[str, Any]] = (),
        *,
        edition: str | None = None,
        preview: dict[str, Any] | None = None,
        about: Mirrored = NOTHING,
        **more: object,
    ) -> None:
        """One message where it fits; more where it does not, since nothing may be cut off."""
        head = cut(label(key, self._team.language, name=name_of(self._customer), **more), HEAD_MOST)
        room = MESSAGE - units(head) - 1
        place, rank = TicketPlace(ticket_id=ticket.id), rank_of_line(ticket)
        for part, shaped in parts(text, entities, room) if text else [("", ())]:
            words = Words(text=part, html=False, entities=shaped, preview=preview)
            self._outgoing.put(
                Say(
                    to=place,
                    words=words,
                    message_id=message.id,
                    head=head,
                    edition=edition,
                    answers=about.line,
                    quote=about.quote,
                ),
                rank=rank,
            )
