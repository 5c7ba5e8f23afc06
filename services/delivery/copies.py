"""Messages that travel as they are: pictures, voices, files, albums; and what is said where they cannot.

A copy that Telegram refuses goes once more without hanging on the card, then bare with its words apart. In the
operators' group a line names what could not be copied; a customer is sent the words, and of what is gone nothing. Both
sides are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog

from services.delivery.by_file import ByFile, goes_by_file
from services.delivery.messenger import Leave, MessageGone, Messenger, Refused, Sent, Target, Unconnected, Uncopyable
from services.messages.addresses import chat_of
from services.messages.effects import Copy, PrivateChat, Words
from services.messages.formatting import parts
from services.messages.lengths import MESSAGE, pieces, units
from services.texts import label
from services.texts.team import Team
from storage.store import Store

log = structlog.get_logger()


class Copies:
    """Copies one message, or an album."""

    def __init__(self, *, store: Store, messenger: Messenger, team: Team) -> None:
        self._store = store
        self._messenger = messenger
        self._team = team
        self._by_file = ByFile(store=store, messenger=messenger)

    async def send(self, target: Target, album: Sequence[Copy], leave: Leave) -> list[Sent | None]:
        """Return where each now stands, None for what has not arrived. Raises MessengerError when nothing has."""
        if len(album) == 1:
            return [await self._one(target, album[0], leave)]
        try:
            sent = await self._together(target, album, leave)
        except Unconnected:
            raise
        except (MessageGone, Refused) as error:
            log.info("album.refused", reason=str(error), parts=len(album))
            return await self._one_by_one(target, album, leave)
        missing = len(album) - len(sent)
        if sent and missing and not isinstance(album[0].to, PrivateChat):
            await self._name_missing(target, album, missing, leave)
        return [*sent, *[None if sent else Sent(telegram_id=None)] * missing]

    async def _together(self, target: Target, album: Sequence[Copy], leave: Leave) -> list[Sent]:
        if goes_by_file(target, album[0]):
            return await self._by_file.send_album(target, album, leave)
        return await self._messenger.copy(
            target, chat_of(album[0].origin), [one.telegram_id for one in album], leave=leave
        )

    async def _one_by_one(self, target: Target, album: Sequence[Copy], leave: Leave) -> list[Sent | None]:
        found: list[Sent | None] = []
        for part in album:
            try:
                found.append(await self._one(target, part, leave))
            except (MessageGone, Refused):
                if part is album[-1] and not any(found):
                    raise
                found.append(None)
        return found

    async def _one(self, target: Target, effect: Copy, leave: Leave) -> Sent:
        try:
            return await self._somehow(target, effect, leave)
        except (MessageGone, Refused) as error:
            log.info("copy.refused", reason=str(error))
            if not isinstance(effect.to, PrivateChat):
                words = Words(text=self._named(effect), html=False)
                return replace(await self._messenger.say(target, words, leave=leave), in_words=True)
            if not isinstance(error, Uncopyable) or not effect.text:
                raise
            return await self._in_words(target, effect, leave)

    async def _in_words(self, target: Target, effect: Copy, leave: Leave) -> Sent:
        """Send a customer the words of what cannot be copied, and say that there was more."""
        message = await self._store.read(lambda unit: unit.messages.get(effect.message_id))
        customer = await self._store.read(lambda unit: unit.customers.get(message.customer_id) if message else None)
        note = label("customer.not_copied", customer.language if customer else self._team.language)
        sent = Sent(telegram_id=None)
        for text, shaped in parts(f"{effect.text}\n\n{note}", effect.entities, MESSAGE):
            sent = await self._messenger.say(target, Words(text=text, html=False, entities=shaped), leave=leave)
        return replace(sent, in_words=True)

    async def _somehow(self, target: Target, effect: Copy, leave: Leave) -> Sent:
        """Copy; what is refused, not gone, goes without the reply, then with its words apart."""
        try:
            return await self._copied(target, effect, leave)
        except Unconnected:
            raise
        except Refused as error:
            log.info("copy.again", reason=str(error))
        if target.reply_to is not None:
            target = replace(target, reply_to=None, quote=None)
            try:
                return await self._copied(target, effect, leave)
            except Refused as error:
                log.info("copy.bare", reason=str(error))
        sent = await self._bare(target, effect, leave)
        for text, shaped in parts(effect.text, effect.entities, MESSAGE):
            await self._messenger.say(target, Words(text=text, html=False, entities=shaped), leave=leave)
        return sent

    async def _bare(self, target: Target, effect: Copy, leave: Leave) -> Sent:
        if goes_by_file(target, effect):
            return await self._by_file.send(target, effect, leave, bare=True)
        [sent] = await self._messenger.copy(
            target, chat_of(effect.origin), [effect.telegram_id], leave=leave, bare=True
        )
        return sent

    async def _copied(self, target: Target, effect: Copy, leave: Leave) -> Sent:
        if effect.position is not None:
            return await self._messenger.locate(target, effect.position, leave=leave)
        if goes_by_file(target, effect):
            return await self._by_file.send(target, effect, leave)
        sent = await self._messenger.copy(target, chat_of(effect.origin), [effect.telegram_id], leave=leave)
        return sent[0] if sent else Sent(telegram_id=None)

    def _named(self, effect: Copy) -> str:
        words = label("desk.not_copied", self._team.language, what=effect.text)
        return words if units(words) <= MESSAGE else next(pieces(words, MESSAGE))

    async def _name_missing(self, target: Target, album: Sequence[Copy], missing: int, leave: Leave) -> None:
        """Telegram skips what it cannot copy and does not say which: the words of all of them are said."""
        what = "\n".join(dict.fromkeys(part.text for part in album if part.text))
        text = label("desk.parts_not_copied", self._team.language, missing=missing, parts=len(album), what=what)
        await self._messenger.say(target, Words(text=next(pieces(text, MESSAGE)), html=False), leave=leave)
