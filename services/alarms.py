"""Tell people what only people can mend: in the operator group, else to each admin in private."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from services.effects import Hall, ListUnconfirmed, PrivateChat, Say, Words, encode
from services.lengths import cut
from services.outgoing import URGENT, Outgoing, lane_of
from services.texts import say
from storage.queue_statements import QueueName
from storage.records import Task
from storage.units import Unit

PREFIX: Final = "alarm:"
"""Of the causes of alarms: an alarm that cannot be delivered raises no other."""
_TEXT_MOST: Final = 1000
_PAYLOAD_MOST: Final = 2000


class Alarms:
    """Puts warnings for people into the outbox, each cause once."""

    def __init__(self, *, has_group: bool, admin_ids: Sequence[int], language: str) -> None:
        self._has_group = has_group
        self._admin_ids = admin_ids
        self._language = language

    def quarantined(self, unit: Unit, queue: QueueName, task: Task, error: str) -> None:
        """Show a task that was set aside, with the words in it: nothing is dropped in silence."""
        if task.key.startswith(PREFIX):
            return
        text = say(
            "admin.quarantine",
            self._language,
            key=task.key,
            error=error,
            text=cut(words_in(task.payload), _TEXT_MOST),
            payload=cut(readable(task.payload), _PAYLOAD_MOST),
            queue=queue,
        )
        self._tell(unit, f"{PREFIX}{queue}:{task.key}", text)

    def admins(self, unit: Unit, cause: str, key: str, **values: object) -> None:
        """Tell the admins in private (the group, where there is none): for trouble with the group itself."""
        text = say(f"admin.{key}", self._language, **values)
        if self._admin_ids:
            self._to_admins(unit, f"{PREFIX}{cause}", text)
        else:
            self._tell(unit, f"{PREFIX}{cause}", text)

    async def unconfirmed(self, unit: Unit, task: Task) -> None:
        """Let a list be sent of what nobody knows to have arrived; one that already waits will hold this task too."""
        if task.key.startswith(PREFIX):
            return
        outgoing = Outgoing(unit, f"{PREFIX}unconfirmed:{task.key}")
        places = [Hall()] if self._has_group else [PrivateChat(chat_id=admin) for admin in self._admin_ids]
        for effect in (ListUnconfirmed(to=place) for place in places):
            if not await unit.outbox.waits(lane_of(effect)[0], encode(effect)):
                outgoing.put(effect)

    def _tell(self, unit: Unit, cause: str, text: str) -> None:
        if self._has_group:
            Outgoing(unit, cause).put(Say(to=Hall(), words=Words(text=text)), rank=URGENT)
        else:
            self._to_admins(unit, cause, text)

    def _to_admins(self, unit: Unit, cause: str, text: str) -> None:
        outgoing = Outgoing(unit, cause)
        for admin in self._admin_ids:
            outgoing.put(Say(to=PrivateChat(chat_id=admin), words=Words(text=text)))


def words_in(payload: str) -> str:
    """Return what a person wrote in a raw update, as far as it can be found: people should not have to read JSON."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.extend(str(value[key]) for key in ("text", "caption") if isinstance(value.get(key), str))
            for inner in value.values():
                walk(inner)

    try:
        walk(json.loads(payload))
    except ValueError:
        return ""
    return sayable(found[0]) if found else ""


def readable(payload: str) -> str:
    """Return the payload with its letters as letters; as it is when it is no JSON."""
    try:
        return sayable(json.dumps(json.loads(payload), ensure_ascii=False))
    except ValueError:
        return payload


def sayable(text: str) -> str:
    """Return text that can be sent and stored: halves of surrogate pairs and zero characters are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")
