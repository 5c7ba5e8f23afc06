"""What becomes of a line that an operator writes: it reaches the customer, stays inside, or belongs to no ticket."""

from __future__ import annotations

import structlog

from services.desk.edits import differs, follow, move, withdraw, withdraw_album
from services.desk.hints import Hints
from services.desk.mirror import NOTHING, Mirrored, for_customer
from services.desk.notes import is_aside, is_command, is_inside
from services.desk.sending import OutgoingLine, bring
from services.desk.signatures import Signatures
from services.messages.effects import MessageRef
from services.messages.incoming import OperatorMessage
from services.queues.outbox import Outgoing
from services.queues.outcomes import Retry
from services.texts.team import Team
from storage.messages import NOTE
from storage.placements import Placement
from storage.records import Customer, Message, Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()


class Replies:
    """Brings lines of operators to customers."""

    def __init__(self, *, store: Store, signatures: Signatures, team: Team) -> None:
        self._store = store
        self._signatures = signatures
        self._hints = Hints(team=team)

    async def write(self, said: OperatorMessage, *, last_try: bool) -> None:
        """Bring an operator's line to the customer; a line that belongs to no ticket is talk among people.

        Raises Retry for a reply to a message of the bot that is not known, until the last try.
        """

        def act(unit: Unit) -> None:
            ticket = ticket_at(unit, said)
            if ticket is not None:
                ticket = unit.tickets.locked(ticket.id)
            outgoing = Outgoing(unit, said.cause.key)
            if ticket is not None:
                self._reply(unit, ticket, said, outgoing)
                return
            unit.placements.give_up(said.chat_id, said.telegram_id)
            if is_aside(said.text):
                return
            if not said.to_bot:
                self._hints.teach(unit, said, outgoing)
                return
            if self._hints.answers_list(unit, said):
                self._hints.which_ticket(said, outgoing)
            elif last_try:
                self._hints.unknown(said, outgoing)
            else:
                raise Retry("the message it replies to is not noted yet")

        await self._store.write(act, said.cause)

    async def reword(self, said: OperatorMessage) -> None:
        """Follow an operator who edits their line: the customer reads the new one, none any more, or one at last."""

        def act(unit: Unit) -> None:
            placement = unit.placements.at(said.chat_id, said.telegram_id)
            ticket = unit.tickets.locked(placement.ticket_id) if placement else None
            if placement is None or ticket is None:
                return
            message = unit.messages.get(placement.message_id) if placement.message_id else None
            outgoing = Outgoing(unit, said.cause.key)
            inside = is_inside(unit, said)
            if message is None or message.kind == NOTE:
                self._reword_note(unit, ticket, said, outgoing, placement=placement, inside=inside)
            elif message.author == "operator" and inside:
                withdraw(unit, message, outgoing)
                withdraw_album(unit, ticket, said, outgoing)
            elif message.author == "operator" and message.kind == said.kind == "location":
                move(unit, message, said, outgoing)
            elif message.author == "operator" and differs(message, said):
                followed = follow(unit, message, said, outgoing)
                if not followed:
                    self._hints.undelivered(
                        _ref(said), "desk.old_stays", outgoing, topic_id=said.topic_id, group_id=said.group_id
                    )

        await self._store.write(act, said.cause)

    def _reword_note(
        self,
        unit: Unit,
        ticket: Ticket,
        said: OperatorMessage,
        outgoing: Outgoing,
        *,
        placement: Placement,
        inside: bool,
    ) -> None:
        """Follow an edit of what stands inside: it may be meant for the customer now."""
        if placement.inside:
            if not is_aside(said.text):
                self._hints.stays_deleted(said, placement, outgoing)
        elif placement.message_id is not None and _answers_notice(unit, said):
            note, file = placement.message_id, said.file
            unit.messages.edit(note, text=said.text, kind=NOTE, entities=said.entities, media=said.media, file=file)
        elif not inside:
            self._reply(unit, ticket, said, outgoing)

    def _reply(self, unit: Unit, ticket: Ticket, said: OperatorMessage, outgoing: Outgoing) -> None:
        if ticket.group_id != said.group_id:
            if not is_aside(said.text):
                self._hints.elsewhere(said, ticket, outgoing)
            return
        if is_inside(unit, said):
            unit.placements.add([_placement(said, ticket, None)])
            if is_command(said.text):
                self._hints.unknown_command(said, outgoing)
            withdraw_album(unit, ticket, said, outgoing)
            return
        customer = unit.customers.get(ticket.customer_id)
        if customer is None:
            return
        unit.operators.acted(said.operator.id, said.operator.name)
        about = self._about(unit, said)
        held = _answers_notice(unit, said)
        message = self._record(unit, ticket, customer, said, about, held=held)
        unit.placements.add([_placement(said, ticket, message)])
        if held:
            self._hints.held(said, message, outgoing)
            return
        letter = OutgoingLine(
            message=message,
            written=_ref(said),
            topic_id=said.topic_id,
            about=about,
            preview=said.preview,
            position=said.position,
        )
        bring(unit, ticket, letter, outgoing, who=said.operator, hints=self._hints)
        log.info("ticket.answered", ticket=ticket.id, cause=said.cause.key)

    @staticmethod
    def _about(unit: Unit, said: OperatorMessage) -> Mirrored:
        """Return what a line answers, as its customer will see it."""
        answered = unit.placements.at(said.chat_id, said.reply_to) if said.reply_to is not None else None
        return for_customer(unit, answered.message_id, said.quoted) if answered else NOTHING

    def _record(
        self, unit: Unit, ticket: Ticket, customer: Customer, said: OperatorMessage, about: Mirrored, *, held: bool
    ) -> Message:
        return unit.messages.add(
            key=said.cause.key,
            customer_id=customer.id,
            author="operator",
            author_name=said.operator.name,
            text=said.text,
            kind=NOTE if held else said.kind,
            ticket_id=ticket.id,
            entities=said.entities,
            album=said.album,
            media=said.media,
            signed=self._signatures.of(unit, said.operator),
            quoted=about.quote,
            told=said.told,
            reply_to_id=about.line,
            file=said.file,
        )


def ticket_at(unit: Unit, said: OperatorMessage) -> Ticket | None:
    """Return the ticket a line belongs to: by what it replies to, else by the topic it stands in."""
    if said.reply_to is not None:
        placement = unit.placements.at(said.chat_id, said.reply_to)
        if placement is not None:
            return unit.tickets.get(placement.ticket_id)
    if said.topic_id is not None:
        return unit.tickets.in_topic(said.chat_id, said.topic_id)
    return None


def _answers_notice(unit: Unit, said: OperatorMessage) -> bool:
    """Whether it answers what the bot has said to colleagues: a reminder is no line of the customer's."""
    answered = unit.placements.at(said.chat_id, said.reply_to) if said.reply_to is not None else None
    return answered is not None and answered.notice


def _ref(said: OperatorMessage) -> MessageRef:
    return MessageRef(chat_id=said.chat_id, telegram_id=said.telegram_id)


def _placement(said: OperatorMessage, ticket: Ticket, message: Message | None) -> Placement:
    return Placement(
        chat_id=said.chat_id,
        telegram_id=said.telegram_id,
        ticket_id=ticket.id,
        message_id=message.id if message else None,
    )
