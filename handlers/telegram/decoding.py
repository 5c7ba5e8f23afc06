"""Decode an update as far as it can be decoded: what does not fit is left out, and the rest is read.

Telegram ships new values every month, a self-hosted server may be older than this library, and some of its data has
never fitted its own description. So a part that does not decode is dropped at the nearest place that may be empty:
an item of a list, an optional field, however deep. What was said, and by whom and where, is never dropped.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from aiogram.types import Update
from pydantic import BaseModel, PydanticSchemaGenerationError, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from handlers.telegram.whereabouts import MESSAGES

_SPOKEN: Final = ("text", "caption")
_SIDE: Final = ("reply_to_message", "message")
"""Messages that stand in others: where they are is enough to route by."""
_OUTER: Final = frozenset((*MESSAGES, "callback_query"))
_AUTHORS: Final = ("from", "sender_chat")
_MESSAGES: Final = frozenset(MESSAGES)
LEFT_OUT: Final = "left_out_by_reader"
"""Where a message keeps what was left out of it, by name: a sticker that cannot be read is a sticker all the same."""


class Unfit(Exception):
    """Nothing of a value can be read; the text names the place, never what stands there."""


class Leaving:
    """Reads values by type, and remembers what it left out."""

    def __init__(self) -> None:
        self.left_out: list[str] = []

    def read(self, kind: Any, value: Any, place: str) -> Any:
        """Return a value without the parts that do not decode. Raises Unfit where it cannot do without one."""
        if _decodes(kind, value):
            return value
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.read(inner[0], value, place)
        if origin in (Union, types.UnionType):
            return self._any_of(inner, value, place)
        if origin is list and isinstance(value, list):
            return list(self._items(inner[0], value, place))
        if isinstance(kind, type) and issubclass(kind, BaseModel) and isinstance(value, dict):
            return self._object(kind, value, place)
        raise Unfit(place)

    def _any_of(self, kinds: tuple[Any, ...], value: Any, place: str) -> Any:
        """Read it as whichever kind loses the least."""
        best: tuple[int, Any, list[str]] | None = None
        reason = place
        for kind in kinds:
            trial = Leaving()
            try:
                found = trial.read(kind, value, place)
            except Unfit as error:
                reason = max(reason, str(error), key=len)
                continue
            if best is None or len(trial.left_out) < best[0]:
                best = len(trial.left_out), found, trial.left_out
        if best is None:
            raise Unfit(reason)
        self.left_out += best[2]
        return best[1]

    def _items(self, kind: Any, values: list[Any], place: str) -> Iterator[Any]:
        for number, value in enumerate(values):
            try:
                yield self.read(kind, value, f"{place}.{number}")
            except Unfit as error:
                self.left_out.append(str(error))

    def _object(self, kind: type[BaseModel], value: dict[str, Any], place: str) -> dict[str, Any]:
        found: dict[str, Any] = dict(value)
        for name, field in _fields(kind).items():
            if name in value:
                self._field(found, name, field, f"{place}.{name}")
            elif field.is_required():
                found[name] = _default(field, f"{place}.{name}")
        return found

    def _field(self, found: dict[str, Any], name: str, field: FieldInfo, place: str) -> None:
        try:
            found[name] = self.read(_type_of(field), found[name], place)
        except Unfit as error:
            if field.is_required() or get_origin(field.annotation) is Literal:  # the latter tells kinds apart
                raise
            self.left_out.append(str(error))
            bare = _spare(name, found[name])
            if bare is None:
                del found[name]
            else:
                found[name] = bare


def readable(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return an update that decodes, and the places of what was left out. Raises Unfit where what matters is lost."""
    leaving = Leaving()
    found = leaving.read(Update, dict(raw), "")
    for kind in _OUTER & raw.keys():
        _insist(kind, raw[kind], found.get(kind))
    for kind in _MESSAGES & raw.keys():
        found[kind] = found[kind] | {LEFT_OUT: _lost(raw[kind], found[kind])}
    return found, [place.removeprefix(".") for place in leaving.left_out]


def _lost(came: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of which nothing is left, as they came."""
    return {name: value for name, value in came.items() if value is not None and not kept.get(name)}


def _insist(kind: str, came: Any, kept: Any) -> None:
    """Refuse a message that has lost all its words, or its author."""
    if not isinstance(kept, dict):
        raise Unfit(kind)
    lost = [name for name in (*_SPOKEN, "data", *_AUTHORS) if name in came and name not in kept]
    chat = kept.get("chat")
    private = isinstance(chat, dict) and chat.get("type") == "private"
    for name in lost:
        spoken_anyway = name in _SPOKEN and any(kept.get(word) for word in _SPOKEN)
        of_no_account = name == "sender_chat" and private
        if not (spoken_anyway or of_no_account):
            raise Unfit(f"{kind}.{name}")


def _spare(name: str, value: Any) -> dict[str, Any] | None:
    """Return what of a part is enough to route by: where a message stands, who wrote it."""
    if name == "from":
        return _bare_author(value)
    return _bare(value) if name in _SIDE else None


def _bare(message: Any) -> dict[str, Any] | None:
    """Return a message as Telegram describes one that is gone: where it stood, and no more."""
    if not isinstance(message, dict):
        return None
    bare = {"message_id": message.get("message_id"), "chat": _bare_chat(message.get("chat")), "date": 0}
    author = _bare_author(message.get("from"))
    found = bare | ({"from": author} if author else {})
    return found if all(value is not None for value in bare.values()) and _is_number(bare["message_id"]) else None


def _bare_chat(chat: Any) -> dict[str, Any] | None:
    known = isinstance(chat, dict) and _is_number(chat.get("id")) and isinstance(chat.get("type"), str)
    return {"id": chat["id"], "type": chat["type"]} if known else None


def _bare_author(user: Any) -> dict[str, Any] | None:
    known = isinstance(user, dict) and _is_number(user.get("id"))
    return (
        {"id": user["id"], "is_bot": user.get("is_bot") is True, "first_name": _text(user.get("first_name"))}
        if known
        else None
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _default(field: FieldInfo, place: str) -> bool:
    """A yes-or-no that an older server does not tell yet is a no; nothing else can be made up."""
    if field.annotation is bool:
        return False
    raise Unfit(place)


def _decodes(kind: Any, value: Any) -> bool:
    try:
        _adapter(kind).validate_python(value)
    except (ValidationError, PydanticSchemaGenerationError):  # the latter: aiogram's own marks among a field's types
        return False
    return True


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    _build(kind)
    return TypeAdapter(kind)


def _build(kind: Any) -> None:
    """Have aiogram's types in it built: they are not until they are used (`types_on_demand.py`)."""
    for inner in get_args(kind):
        _build(inner)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        kind.model_rebuild()


@cache
def _fields(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields by the names that travel."""
    _build(kind)
    return {field.alias or name: field for name, field in kind.model_fields.items()}


def _type_of(field: FieldInfo) -> Any:
    if not field.metadata:
        return field.annotation
    return Annotated[field.annotation, *field.metadata]
