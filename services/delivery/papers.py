"""Files that are made as they are sent, so that nothing of them stands in a queue: exports, charts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from services.delivery.addresses import Addresses
from services.delivery.attempts import Attempt
from services.delivery.call_book import CallBook, Done
from services.delivery.messenger import File, Messenger
from services.messages.effects import SendFile

Make = Callable[[str], Awaitable[File | None]]
"""Takes what follows the name of a paper; None: what it was to tell of is gone."""


class Papers:
    """Makes them and sends them."""

    def __init__(
        self, *, book: CallBook, messenger: Messenger, addresses: Addresses, makers: Mapping[str, Make]
    ) -> None:
        self._book = book
        self._messenger = messenger
        self._addresses = addresses
        self._makers = makers

    async def send(self, attempt: Attempt, effect: SendFile) -> None:
        name, _, about = effect.paper.partition(":")
        make = self._makers.get(name)
        file = await make(about) if make is not None else None
        if file is not None:
            spot = await self._addresses.answering(await self._addresses.find(effect.to, attempt), effect)
            sent = await self._messenger.send_file(spot, file, effect.words, leave=attempt.leave)
            await self._book.settle(Done.of([(attempt.task, effect)], spot, [sent]))
            return
        await self._book.settle(Done(tasks=[attempt.task]))
