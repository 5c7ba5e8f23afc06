"""Files that are made as they are sent, so that nothing of them stands in a queue: exports, charts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from services.delivery.addresses import Addresses
from services.delivery.attempts import Attempt
from services.delivery.batches import Batches
from services.delivery.call_book import CallBook, Done
from services.delivery.messenger import File, Leave, Messenger, Sent, Target
from services.messages.effects import SendFile, Words

Make = Callable[[str], Awaitable[File | None]]
"""Takes what follows the name of a paper; None: what it was to tell of is gone."""


class GeneratedFiles:
    """Makes them and sends them."""

    def __init__(
        self,
        *,
        book: CallBook,
        messenger: Messenger,
        addresses: Addresses,
        batches: Batches,
        makers: Mapping[str, Make],
    ) -> None:
        self._book = book
        self._messenger = messenger
        self._addresses = addresses
        self._batches = batches
        self._makers = makers

    async def send(self, attempt: Attempt, effect: SendFile) -> None:
        album = await self._batches.files(attempt.task, effect)
        attempt.takes_along([task for task, _ in album])
        made = [(await self._make(one), task, one) for task, one in album]
        there = [(file, task, one) for file, task, one in made if file is not None]
        if there:
            target = await self._addresses.answering(await self._addresses.find(effect.to, attempt), effect)
            sent = await self._sent(target, [(file, one.words) for file, _, one in there], attempt.leave)
            await self._book.settle(Done.of([(task, one) for _, task, one in there], target, sent))
        if gone := [task for file, task, _ in made if file is None]:
            await self._book.settle(Done(tasks=gone))

    async def _make(self, effect: SendFile) -> File | None:
        name, _, about = effect.paper.partition(":")
        make = self._makers.get(name)
        return await make(about) if make is not None else None

    async def _sent(self, target: Target, files: Sequence[tuple[File, Words]], leave: Leave) -> Sequence[Sent]:
        if len(files) > 1:
            return await self._messenger.send_files(target, files, leave=leave)
        [(file, words)] = files
        return [await self._messenger.send_file(target, file, words, leave=leave)]
