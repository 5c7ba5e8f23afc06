"""Tell people what only people can mend: in the operator group, else to each admin in private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.messages.addresses import on_telegram
from services.messages.effects import GroupPlace, ListUnconfirmed, PrivateChat, Say, ShowAside, Words, encode
from services.queues.outbox import LINE, Outgoing, lane_of
from services.texts import say, text_key
from services.texts.keys import AdminKey
from services.texts.team import Team
from storage.queue_statements import QueueName
from storage.records import Task
from storage.units import Unit

PREFIX: Final = "alarm:"
"""Keys of alarms begin so: an alarm that cannot be delivered must not raise another one."""


class Alerts:
    """Puts warnings for people into the outbox, each cause once. None of them goes before a customer's card."""

    def __init__(self, *, team: Team) -> None:
        self._team = team

    def quarantined(self, unit: Unit, queue: QueueName, task: Task) -> None:
        """Let people know of a task that was set aside, with the words in it: nothing is dropped in silence."""
        if task.key.startswith(PREFIX):
            return
        outgoing = Outgoing(unit, f"{PREFIX}{queue}:{task.key}")
        for place in [GroupPlace()] if self._team.has_group else self._admins():
            outgoing.put(ShowAside(to=place, queue=queue), rank=LINE)

    def admins(self, unit: Unit, cause: str, key: AdminKey, **values: object) -> None:
        """Tell the admins in private (the group, where there is none): for trouble with the group itself."""
        connects = not self._team.names_group
        words = Words(text=say(text_key("admin", key), self._team.language, connects=connects, **values))
        outgoing = Outgoing(unit, f"{PREFIX}{cause}")
        in_group = self._team.has_group and not self._team.admins
        for place in [GroupPlace()] if in_group else self._admins():
            outgoing.put(Say(to=place, words=words), rank=LINE)

    def unconfirmed(self, unit: Unit, task: Task) -> None:
        """Let a list be sent of what nobody knows to have arrived; one that already waits will hold this task too."""
        if task.key.startswith(PREFIX):
            return
        outgoing = Outgoing(unit, f"{PREFIX}unconfirmed:{task.key}")
        places = [GroupPlace()] if self._team.has_group else list(self._admins())
        for effect in (ListUnconfirmed(to=place) for place in places):
            if not unit.outbox.waits(lane_of(effect), encode(effect)):
                outgoing.put(effect)

    def _admins(self) -> Iterator[PrivateChat]:
        return (PrivateChat(address=on_telegram(admin)) for admin in self._team.admins)
