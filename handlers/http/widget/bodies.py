"""What the chat of a site takes, and how it answers, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from handlers.http.bodies import ChoiceId, Language, Text, with_words
from handlers.http.messages_described import OneChoice

TEXT_MOST: Final = 4000
CAPTION_MOST: Final = 900
PAGE_MOST: Final = 100


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Words = Annotated[Text, StringConstraints(max_length=TEXT_MOST), AfterValidator(with_words)]
Email = Annotated[Text, StringConstraints(pattern=r"^([^@\s]{1,64}@[^@\s]{1,190})?$", max_length=254)]
Name = Annotated[Text, StringConstraints(max_length=100)]


class About(_Strict):
    """What the page tells of its visitor."""

    name: Name = ""
    email: Email = ""
    language: Language | None = None
    page_url: Annotated[Text, StringConstraints(max_length=2000)] = ""
    page_title: Annotated[Text, StringConstraints(max_length=300)] = ""


class SessionBody(_Strict):
    """`token`: the last one that this visitor was given, over or not; without it somebody new comes."""

    token: Annotated[str, StringConstraints(max_length=200)] = ""


class WrittenBody(About):
    """A line. `key` is the page's own name for it: sent again under the same key it is the same line."""

    key: Key
    text: Words


class PictureQuery(About):
    """What comes with the bytes of a picture."""

    key: Key
    file: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f/\\]+$")] = "picture"
    text: Annotated[Text, StringConstraints(max_length=CAPTION_MOST)] = ""


class TakenBody(_Strict):
    """A choice below a line of the bot."""

    message_id: UUID
    choice: ChoiceId


class LinesQuery(_Strict):
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_MOST)] = PAGE_MOST


class FileOfLine(_Strict):
    line: UUID


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Pictures(_Exact):
    """Which pictures are taken."""

    types: Sequence[str]
    most_bytes: int


class SiteWelcome(_Exact):
    """A visitor's token, good for so many seconds; `ask`: whether name and e-mail are asked for before the chat."""

    token: str
    lasts_s: int
    new: bool
    title: str
    ask: Literal["nothing", "optional", "required"]
    pictures: Pictures
    text_most: int


class SiteFile(_Exact):
    """A file of a line. `picture`: it can be shown."""

    name: str
    size: int | None
    picture: bool


class SiteLine(_Exact):
    """One line. `key`: the page's own name for a line that it has sent."""

    id: UUID
    author: Literal["customer", "bot", "operator"]
    name: str | None
    text: str
    at: datetime
    key: str | None
    choices: Sequence[OneChoice]
    file: SiteFile | None


class SiteLines(_Exact):
    """Lines, the oldest first."""

    lines: Sequence[SiteLine]
    more: bool


class Accepted(_Exact):
    """It is done."""

    status: Literal["success"] = "success"
