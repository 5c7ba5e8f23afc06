"""Files that come from the page: the bytes as they are, so that a browser can tell how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, Json, StringConstraints, model_validator

from handlers.http.desk.changes import Changes
from handlers.http.desk.content_types import DOWNLOAD, type_of
from handlers.http.desk.entering import HERE
from handlers.http.desk.line_requests import Entities, Worded
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import Key, Row
from handlers.http.desk.responses import Written
from handlers.http.problems import Problem
from handlers.http.reading import body_of
from services.dashboard.media import MOST_BYTES
from services.desk.posting import Album, NoChat, Posting, Upload
from services.messages.lengths import units

CAPTION_MOST: Final = 900
"""Telegram takes 1024 under a file, and the group reads the author's name above them."""
PICTURE_MOST: Final = 10 * 1024 * 1024
PICTURES: Final = frozenset(("image/jpeg", "image/png", "image/webp"))
LASTS_S: Final = 300.0
ALBUM_MOST: Final = 10
AT_ONCE: Final = 3
"""Files that come at the same time: each is held in memory as a whole."""


class UploadQuery(Worded):
    """What a file is called, and the words under it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f/\\]+$")]
    text: Annotated[str, StringConstraints(max_length=CAPTION_MOST)] = ""
    entities: Json[Entities] = Field(default=(), validate_default=False)
    """As JSON."""
    answers: Row | None = None
    """The line that it is a reply to."""
    album: Key | None = None
    """Files with the same one are sent as one, those of one kind."""
    parts: Annotated[int, Field(ge=1, le=ALBUM_MOST)] = 1
    """How many files the album has."""
    part: Annotated[int, Field(ge=0, lt=ALBUM_MOST)] = 0
    """Which of them this is."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if units(self.text) > CAPTION_MOST:
            raise ValueError(f"the words under a file may have {CAPTION_MOST} characters")
        return self

    @property
    def together(self) -> Album | None:
        many = self.album is not None and self.parts > 1
        return Album(name=self.album or "", parts=self.parts, part=self.part) if many else None


class Uploads:
    """Takes files in."""

    def __init__(self, *, posting: Posting, changes: Changes) -> None:
        self._posting = posting
        self._changes = changes
        self._turns = asyncio.Semaphore(AT_ONCE)

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="POST",
            path=f"{HERE}/tickets/{{ticket}}/files",
            summary="Send the customer a file, up to 20 MB: its bytes as application/octet-stream",
            does=self.take,
            query=UploadQuery,
            answer=Written,
            takes_bytes=True,
            refusals=(409,),
        )

    async def take(self, ask: Ask) -> Written:
        query: UploadQuery = ask.query
        if ask.request.content_type != DOWNLOAD:
            raise Problem(415, f"send the bytes with Content-Type: {DOWNLOAD}")
        if (ask.request.content_length or 0) > MOST_BYTES:
            raise Problem(413, "a file may have 20 MB")
        number = ask.number("ticket")
        cause = self._changes.named(ask, query.key, "file", number)
        async with self._turns:
            content = await body_of(ask.request, MOST_BYTES, within_s=LASTS_S)
            if not content:
                raise Problem(422, "the file is empty")
            picture = type_of(content) in PICTURES and len(content) <= PICTURE_MOST
            kind: Literal["photo", "document"] = "photo" if picture else "document"
            upload = Upload(
                name=query.name,
                content=content,
                kind=kind,
                wording=query.wording,
                answers=query.answers,
                album=query.together,
            )
            try:
                line = await self._posting.post(cause, ask.visitor.operator, number, upload)
            except NoChat:
                raise Problem(409, "this customer writes by the API: files cannot reach them") from None
        if line is None:
            raise Problem(404, "there is no such ticket")
        return Written(id=line.id)
