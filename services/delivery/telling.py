"""Tells who wrote a line that it has not arrived, or not as it was written."""

from __future__ import annotations

from typing import Final

from services.messages.callbacks import encode
from services.messages.effects import (
    Button,
    Copy,
    Effect,
    GroupPlace,
    Keyboard,
    Say,
    ShowPage,
    TicketPlace,
    Words,
    home,
)
from services.messages.lengths import cut
from services.messages.line_presses import OnLine
from services.messages.subjects import message_of
from services.queues.alerts import PREFIX
from services.queues.outbox import WORK, Outgoing
from services.texts import TextKey, label, say
from services.texts.team import Team
from storage.records import Message, Task
from storage.units import Unit

QUOTED: Final = 80


class Telling:
    """Puts a word about one effect into the outbox, inside a write unit."""

    def __init__(self, *, team: Team) -> None:
        self._team = team

    def partly(self, unit: Unit, task: Task, effect: Copy, *, missing: int, parts: int) -> None:
        """Tell the operator that of their album not everything has arrived."""
        reason = say("desk.parts_undelivered", self._team.language, missing=missing, parts=parts)
        self.operator(unit, task, effect, "desk.undelivered", reason=reason)

    def in_words(self, unit: Unit, task: Task, effect: Copy) -> None:
        """Tell the author of what could not be copied that only its words, or its name, are read on the other side."""
        message = unit.messages.get(effect.message_id)
        if message is None or message.author == "operator":
            self.operator(unit, task, effect, "desk.only_words")
            return
        customer = unit.customers.get(message.customer_id)
        if customer is not None and (there := home(customer)) is not None:
            text = say("customer.only_words", customer.language, words=bool(message.text))
            Outgoing(unit, f"words:{task.key}").put(Say(to=there, words=Words(text=text), answers=message.id))

    def operator(self, unit: Unit, task: Task, effect: Effect, key: TextKey, **values: str) -> bool:
        """Tell the operator whose line it is, under that line. False when it is nobody's line."""
        message_id = message_of(effect)
        message = unit.messages.get(message_id) if message_id is not None else None
        if message is None or message.ticket_id is None or message.author != "operator":
            return False
        text = say(key, self._team.language, **values) + self._about(message)
        words = Words(text=text, buttons=() if key == "desk.only_words" else self._once_more(message, effect))
        outgoing = Outgoing(unit, f"{PREFIX}{task.key}")
        if isinstance(effect, Say | Copy) and (retold := effect.retold) is not None:
            place = GroupPlace(group_id=unit.tickets.group_of(message.ticket_id))
            outgoing.put(ShowPage(to=place, at=retold.at, words=words), rank=WORK)
        else:
            outgoing.put(Say(to=TicketPlace(ticket_id=message.ticket_id), words=words, answers=message.id))
        return True

    def arrived(self, unit: Unit, task: Task, effect: Say | Copy) -> None:
        """Say that a line which was tried again has arrived, where that was said of it."""
        message, retold = unit.messages.get(effect.message_id or 0), effect.retold
        if message is not None and message.ticket_id is not None and retold is not None:
            place = GroupPlace(group_id=unit.tickets.group_of(message.ticket_id))
            text = say("desk.line_arrived", self._team.language) + self._about(message)
            page = ShowPage(to=place, at=retold.at, words=Words(text=text))
            Outgoing(unit, f"retold:{task.key}").put(page, rank=WORK)

    def _about(self, message: Message) -> str:
        return say("desk.about_line", self._team.language, line=cut(message.text, QUOTED)) if message.text else ""

    def _once_more(self, message: Message, effect: Effect) -> Keyboard:
        """Return the button under the word that a line has not arrived."""
        if not isinstance(effect, Say | Copy):
            return ()
        text = label("button.line_again", self._team.language)
        press = OnLine(message.id, "again", tries=effect.retold.tries if effect.retold else 0)
        return ((Button(text=text, press=encode(press)),),)
