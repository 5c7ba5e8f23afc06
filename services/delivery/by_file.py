"""Messages that cannot be copied, sent anew by the file in them: into and out of the chats of a connected account.

`copyMessage` knows no connection: it would take the number of a message for one of the bot's own chat with the same
person, and copy something else, or to somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.delivery.messenger import Leave, Messenger, Part, Sent, Target, Uncopyable
from services.messages.effects import Copy, Position, Words
from storage.attachments import Attachment
from storage.changing import as_entities
from storage.records import Message
from storage.store import Store
from storage.units import Unit


def goes_by_file(target: Target, effect: Copy) -> bool:
    """Whether one of the two chats is an account's."""
    return target.via is not None or effect.origin.channel == "business"


class ByFile:
    """Sends what a stored line shows, as it is stored now."""

    def __init__(self, *, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger

    async def send(self, target: Target, effect: Copy, leave: Leave, *, bare: bool = False) -> Sent:
        """Send it; `bare`: without its words. Raises Uncopyable for what has neither a file nor words of its own."""
        line, file = await self._store.read(lambda unit: _line(unit, effect.message_id))
        if line is None:
            raise Uncopyable("the line is gone")
        if file is not None:
            words = Words(text="", html=False) if bare else _words(line)
            return await self._messenger.send_media(target, line.kind, file.file_id, words, leave=leave)
        if (place := _place(line)) is not None:
            return await self._messenger.locate(target, place, leave=leave)
        if line.told is None:
            raise Uncopyable(f"a {line.kind} cannot be sent anew")
        return await self._messenger.say(target, Words(text=line.told, html=False), leave=leave)

    async def send_album(self, target: Target, album: Sequence[Copy], leave: Leave) -> list[Sent]:
        """Send several as one album. Raises Uncopyable where one of them has no file, or cannot stand in an album."""
        ids = [one.message_id for one in album]
        found = await self._store.read(lambda unit: [_line(unit, one) for one in ids])
        parts = [
            Part(kind=line.kind, file_id=file.file_id, words=_words(line))
            for line, file in found
            if line is not None and file is not None
        ]
        if len(parts) < len(album):
            raise Uncopyable("a part has no file")
        return await self._messenger.send_album(target, parts, leave=leave)


def _words(line: Message) -> Words:
    return Words(text=line.text, html=False, entities=as_entities(line.entities))


def _line(unit: Unit, message_id: int) -> tuple[Message | None, Attachment | None]:
    return unit.messages.get(message_id), unit.attachments.get(message_id)


def _place(line: Message) -> Position | None:
    """Return the place that a line shows, which is stored as two numbers."""
    if line.kind != "location" or line.told is None:
        return None
    try:
        latitude, longitude = map(float, line.told.split(","))
    except ValueError:
        return None
    return Position(latitude=latitude, longitude=longitude)
