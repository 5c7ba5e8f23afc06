"""What operators are told about a line of theirs that did something else than they may have meant."""

from __future__ import annotations

from typing import Literal, cast, get_args

from services.desk import list_pages
from services.messages.callbacks import encode
from services.messages.effects import Button, GroupPlace, Keyboard, MessageRef, Say, TicketPlace, Words
from services.messages.incoming import OperatorMessage
from services.messages.line_presses import OnLine
from services.queues.outbox import WORK, Outgoing
from services.texts import TextKey, label, say
from services.texts.team import Team
from storage.closed_sets import Content
from storage.placements import Placement
from storage.records import Message, Ticket
from storage.units import Unit


class Hints:
    """Answers operators, in the team's language, before lines and cards: a hint that comes late misleads."""

    def __init__(self, *, team: Team) -> None:
        self._team = team

    @staticmethod
    def answers_list(unit: Unit, said: OperatorMessage) -> bool:
        """Whether a line answers the list of tickets that have no card yet."""
        return said.reply_to is not None and list_pages.stands_at(unit, said.chat_id, said.reply_to)

    def teach(self, unit: Unit, said: OperatorMessage, outgoing: Outgoing) -> None:
        """Tell who writes to nobody how customers are answered, once a day. What answers a colleague is talk."""
        if said.reply_to is not None:
            return
        note, today = f"taught:{said.operator.id}", unit.now.astimezone(self._team.zone).date().isoformat()
        if unit.key_values.read(note) != today:
            unit.key_values.write(note, today)
            self._answer(said, say("desk.how_replies_work", self._team.language), outgoing)

    def which_ticket(self, said: OperatorMessage, outgoing: Outgoing) -> None:
        """Ask which ticket of a list was meant."""
        self._answer(said, say("desk.list_reply", self._team.language), outgoing)

    def unknown(self, said: OperatorMessage, outgoing: Outgoing) -> None:
        """Say that nobody knows what was answered."""
        self._answer(said, say("desk.unknown_reply", self._team.language), outgoing)

    def unknown_command(self, said: OperatorMessage, outgoing: Outgoing) -> None:
        """Say that a line in a ticket stayed inside, and that the bot knows no such command."""
        self._answer(said, say("desk.unknown_command", self._team.language), outgoing)

    def undelivered(
        self,
        written: MessageRef,
        key: Literal["desk.old_stays", "desk.api_copy"],
        outgoing: Outgoing,
        *,
        topic_id: int | None,
        group_id: int | None,
    ) -> None:
        """Say that the customer will not get it, and why."""
        text = say("desk.undelivered", self._team.language, reason=say(key, self._team.language))
        outgoing.put(
            Say(
                to=GroupPlace(reply_to=written.telegram_id, topic_id=topic_id, group_id=group_id),
                words=Words(text=text),
            )
        )

    def what_to_delete(self, said: OperatorMessage, outgoing: Outgoing) -> None:
        """Say what a line has to answer that is to be taken back."""
        self._answer(said, say("desk.what_to_delete", self._team.language), outgoing)

    def not_with_customer(self, said: OperatorMessage, outgoing: Outgoing) -> None:
        """Say that there is nothing to take back."""
        self._answer(said, say("desk.not_with_customer", self._team.language), outgoing)

    def stays_deleted(self, said: OperatorMessage, deleted: Placement, outgoing: Outgoing) -> None:
        """Say once that an edit of a line that was deleted at the customer's side does not reach them."""
        once = outgoing.once(f"stays_deleted:{deleted.chat_id}:{deleted.telegram_id}")
        self._answer(said, say("desk.stays_deleted", self._team.language), once)

    def held(self, said: OperatorMessage, line: Message, outgoing: Outgoing) -> None:
        """Ask whether a line that answers a notice of the bot is for the customer. An album is asked about once."""
        content = said.kind if said.kind in get_args(Content) else "other"
        sends = OnLine(line.id, "send", cast("Content", content))
        choices: tuple[tuple[TextKey, OnLine], ...] = (
            ("button.line_send", sends),
            ("button.line_keep", OnLine(line.id, "keep")),
        )
        buttons = tuple(Button(text=label(key, self._team.language), press=encode(one)) for key, one in choices)
        once = outgoing if said.album is None else outgoing.once(f"held:{said.chat_id}:{said.album}")
        self._answer(said, say("desk.held", self._team.language), once, (buttons,))

    def elsewhere(self, said: OperatorMessage, ticket: Ticket, outgoing: Outgoing) -> None:
        """Say that a ticket belongs to another group by now."""
        self._answer(said, say("desk.elsewhere", self._team.language, ticket=ticket.id), outgoing)

    def stays_closed(self, ticket: Ticket, outgoing: Outgoing) -> None:
        """Say under a closed ticket what becomes of a line that is written there."""
        text = say("desk.stays_closed", self._team.language, ticket=ticket.id)
        outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=text), for_customer=True), rank=WORK)

    @staticmethod
    def _answer(said: OperatorMessage, text: str, outgoing: Outgoing, buttons: Keyboard = ()) -> None:
        words = Words(text=text, buttons=buttons)
        outgoing.put(
            Say(to=GroupPlace(reply_to=said.telegram_id, topic_id=said.topic_id, group_id=said.group_id), words=words),
            rank=WORK,
        )
