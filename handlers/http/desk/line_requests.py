"""What the desk takes that is written: words with Telegram's formatting."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from handlers.http.desk.requests import Key, Row, Said, Strict
from services.desk.reactions import FREE
from services.desk.wording import Wording
from services.messages.lengths import MESSAGE, units

ENTITIES_MOST: Final = 100
Place = Annotated[int, Field(ge=0, le=MESSAGE)]


class Entity(Strict):
    """Formatting of a part of a text, in Telegram's form: places are counted in UTF-16 units."""

    type: Literal["bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "text_link"]
    offset: Place
    length: Annotated[int, Field(ge=1, le=MESSAGE)]
    url: Annotated[str, StringConstraints(max_length=2048, pattern=r"^https?://\S+$")] | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.url is not None) != (self.type == "text_link"):
            raise ValueError("a text_link has a url, and nothing else has one")
        return self


Entities = Annotated[tuple[Entity, ...], Field(max_length=ENTITIES_MOST)]


class Worded(Strict):
    """A text with its formatting."""

    text: Said
    entities: Entities = ()
    key: Key

    @model_validator(mode="after")
    def _inside(self) -> Self:
        length = units(self.text)
        if any(one.offset + one.length > length for one in self.entities):
            raise ValueError("formatting reaches beyond the text")
        return self

    @property
    def wording(self) -> Wording:
        entities = tuple(one.model_dump(exclude_none=True) for one in self.entities)
        return Wording(text=self.text, entities=entities)


class WordsBody(Worded):
    """A reply or a note."""

    answers: Row | None = None
    """The line that a reply answers: the customer sees it above."""


class RewordBody(Worded):
    """What a line of one's own says from now on."""


class ReactionBody(Strict):
    """The sign to stand on a customer's line; null: none."""

    sign: Annotated[str, StringConstraints(max_length=16)] | None = None
    key: Key

    @model_validator(mode="after")
    def _free(self) -> Self:
        if self.sign is not None and self.sign not in FREE:
            raise ValueError("bots cannot react with this")
        return self
