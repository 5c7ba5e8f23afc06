"""What lines show, for whoever reads them on the page: fetched from the messenger, and kept for minutes only."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from storage.attachments import Attachment
from storage.store import Store
from storage.uploads import MARK

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
"""Telegram hands out no larger ones to bots."""
KEPT_S: Final = 300.0
KEPT_BYTES: Final = 64 * MEGABYTE
AT_ONCE: Final = 4
"""Files that are fetched at the same time: each is held in memory as a whole."""


class NoFile(Exception):
    """The root: it cannot be shown."""


class FileGone(NoFile):
    """The line shows none, or the messenger has it no longer."""


class FileTooBig(NoFile):
    """The messenger does not hand it out."""


class FileAway(NoFile):
    """The messenger does not answer just now."""


class FileSource(Protocol):
    """The messenger, as far as it hands out files. Raises NoFile and nothing else."""

    async def fetch(self, file_id: str, *, most: int) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file as a whole."""

    bytes: bytes
    name: str | None


class Media:
    """Hands files out. Who asks for one that is on its way waits for it with the first."""

    def __init__(self, *, store: Store, source: FileSource, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._source = source
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._coming: dict[str, asyncio.Task[bytes]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def of(self, message_id: int, *, small: bool = False) -> Content:
        """Return what a line shows, or a small picture of it. Raises NoFile."""
        file = await self._store.read(lambda unit: unit.attachments.get(message_id))
        if file is None:
            raise FileGone
        wanted = _wanted(file, small=small)
        if wanted.startswith(MARK):
            return Content(bytes=await self._brought(message_id), name=file.name)
        return Content(bytes=await self._bytes(wanted), name=file.name)

    async def _brought(self, message_id: int) -> bytes:
        """Return what an operator has brought, as long as the messenger does not have it."""
        content = await self._store.read(lambda unit: unit.uploads.get(message_id))
        if content is None:
            raise FileGone
        return content

    async def _bytes(self, file_id: str) -> bytes:
        self._forget_old()
        kept = self._kept.get(file_id)
        if kept is not None:
            return kept[1]
        if file_id not in self._coming:
            self._coming[file_id] = task = asyncio.create_task(self._fetch(file_id), name="media")
            task.add_done_callback(lambda _: self._coming.pop(file_id, None))
        # Shielded: the page that asked first may be closed while another waits.
        return await asyncio.shield(self._coming[file_id])

    async def _fetch(self, file_id: str) -> bytes:
        async with self._turns:
            content = await self._source.fetch(file_id, most=MOST_BYTES)
        self._kept[file_id] = (self._clock(), content)
        while sum(len(one) for _, one in self._kept.values()) > KEPT_BYTES:
            self._kept.popitem(last=False)
        return content

    def _forget_old(self) -> None:
        over = self._clock() - KEPT_S
        while self._kept and next(iter(self._kept.values()))[0] <= over:
            self._kept.popitem(last=False)


def _wanted(file: Attachment, *, small: bool) -> str:
    if small:
        if file.thumb_id is None:
            raise FileGone
        return file.thumb_id
    if file.size is not None and file.size > MOST_BYTES:
        raise FileTooBig
    return file.file_id
