"""What the API takes, field by field."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from handlers.http.problems import invalid

CONTENT_MOST: Final = 32_768
"""Eight of Telegram's longest messages."""
PAGE_MOST: Final = 200


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})


def _as_text(value: Any) -> Any:
    """Take numbers too: many systems count their clients and messages."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("holds a zero character")
    return value


def in_one_line(value: str) -> str:
    """Refuse what is not seen or moves what is: an id stands on the operators' screen between words of ours."""
    if any(unicodedata.category(sign) in _UNSEEN for sign in value):
        raise ValueError("holds a line break, a control character or a sign that is not seen")
    return value


def with_words(value: str) -> str:
    if not value.strip():
        raise ValueError("is blank")
    return value


Text = Annotated[str, AfterValidator(_storable)]
Id = Annotated[
    Text,
    BeforeValidator(_as_text),
    StringConstraints(min_length=1, max_length=128),
    AfterValidator(with_words),
    AfterValidator(in_one_line),
]
Content = Annotated[Text, StringConstraints(max_length=CONTENT_MOST), AfterValidator(with_words)]
Name = Annotated[Text, StringConstraints(max_length=256)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)]


ChoiceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,60}$")]


_SAID: Final = {
    ("", "missing"): "is missing",
    ("", "extra_forbidden"): "is no field of this request",
    ("", "string_type"): "must be text in quotes",
    ("", "model_type"): "must be an object: {…}",
    ("", "too_short"): "is empty",
    ("client_id", "too_long"): "may have 128 characters",
    ("message_id", "too_long"): "may have 128 characters",
    ("content", "too_long"): f"may have {CONTENT_MOST} characters",
    ("name", "too_long"): "may have 256 characters",
    ("language", "string_pattern_mismatch"): "must be a language tag such as ru, en or pt-BR",
    ("language", "too_long"): "must be a language tag such as ru, en or pt-BR",
    ("after", "uuid_parsing"): "must be the id of a message",
    ("message_id", "uuid_parsing"): "must be the id of a line",
    ("choice", "string_pattern_mismatch"): "must be the id of one of the line's choices",
    ("limit", "int_parsing"): f"must be a number from 1 to {PAGE_MOST}",
    ("limit", "greater_than_equal"): f"must be a number from 1 to {PAGE_MOST}",
    ("limit", "less_than_equal"): f"must be a number from 1 to {PAGE_MOST}",
}
"""What to say by field and kind of mistake; "": whatever the field."""


class _Strict(BaseModel):
    """An unknown field is a mistake that its writer wants to hear of."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MessageBody(_Strict):
    """`POST /api/messages/`."""

    client_id: Id
    content: Content
    message_id: Id | None = None
    name: Name | None = None
    language: Language | None = None


class ChoiceBody(_Strict):
    """`POST /api/messages/choices`."""

    client_id: Id
    message_id: UUID
    choice: ChoiceId


class HistoryQuery(_Strict):
    """`GET /api/messages/`."""

    client_id: Id
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_MOST)] = 50


def message_body(raw: bytes) -> MessageBody:
    """Read a body. Raises Problem: 400 for what is no JSON, 422 for what JSON says."""
    try:
        return MessageBody.model_validate_json(raw)
    except ValidationError as error:
        raise invalid(error, depth=1, said=_said) from None


def choice_body(raw: bytes) -> ChoiceBody:
    try:
        return ChoiceBody.model_validate_json(raw)
    except ValidationError as error:
        raise invalid(error, depth=1, said=_said) from None


def history_query(query: dict[str, str]) -> HistoryQuery:
    try:
        return HistoryQuery.model_validate(query)
    except ValidationError as error:
        raise invalid(error, depth=1, said=_said) from None


def _said(kind: str, place: str) -> str | None:
    """Say what is wrong in words of this API; the library speaks of strings, patterns and inputs."""
    kind = kind.replace("string_too", "too")  # the same limit has either name, by what stands before it
    return _SAID.get((place, kind)) or _SAID.get(("", kind))
