"""What operators are told about a line of theirs that did something else than they may have meant."""

from __future__ import annotations

from typing import Literal

from services.desk import list_pages
from services.messages.effects import Hall, Say, TicketPlace, Words
from services.messages.incoming import OperatorMessage
from services.queues.outbox import WORK, Outgoing
from services.texts import say
from services.texts.team import Team
from storage.records import Ticket
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

    def undelivered(
        self, said: OperatorMessage, key: Literal["desk.old_stays", "desk.api_copy"], outgoing: Outgoing
    ) -> None:
        """Say that the customer will not get it, and why."""
        reason = say(key, self._team.language)
        self._answer(said, say("desk.undelivered", self._team.language, reason=reason), outgoing)

    def stays_closed(self, ticket: Ticket, outgoing: Outgoing) -> None:
        """Say under a closed ticket what becomes of a line that is written there."""
        text = say("desk.stays_closed", self._team.language, ticket=ticket.id)
        outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=text)), rank=WORK)

    @staticmethod
    def _answer(said: OperatorMessage, text: str, outgoing: Outgoing) -> None:
        outgoing.put(Say(to=Hall(reply_to=said.telegram_id, topic_id=said.topic_id), words=Words(text=text)), rank=WORK)
