"""From a task of the inbox to the handler that is meant: decoding happens here, behind the door that has stored it."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from services.arrivals import Cause
from services.worker import Hopeless

log = structlog.get_logger()

ESSENTIAL: Final = frozenset(("message_id", "date", "chat", "from", "text", "caption", "data", "id", "message"))
MOST_LEFT_OUT: Final = 5
_UNFIT: Final = re.compile(r"\\u(0000|d[89a-f][0-9a-f]{2})", re.IGNORECASE)
"""Escapes that may hide what no database takes: the zero character, half of a surrogate pair."""


class Gate:
    """Feeds updates to aiogram's routers, one at a time for each lane."""

    def __init__(self, *, bot: Bot, dispatcher: Dispatcher) -> None:
        self._bot = bot
        self._dispatcher = dispatcher

    async def play(self, cause: Cause, payload: str, last_try: bool) -> None:  # noqa: FBT001  # called by position
        """Run the handler of an update. Raises Hopeless for one that cannot be decoded."""
        update = self._decoded(payload)
        if update is not None:
            await self._dispatcher.feed_update(self._bot, update, cause=cause, last_try=last_try)

    def _decoded(self, payload: str) -> Update | None:
        raw = json.loads(payload)
        if _UNFIT.search(payload):
            raw = _fit(raw)
        update = self._validated(raw, MOST_LEFT_OUT)
        try:
            _ = update.event_type
        except UpdateTypeLookupError:
            log.info("gate.unknown_type", fields=sorted(raw))
            return None
        return update

    def _validated(self, raw: Any, may_leave_out: int) -> Update:
        """Decode; an attachment in a form that this library does not know is left out: it travels as a copy anyway."""
        try:
            return Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            path = first["loc"][:-1] if first["type"] == "missing" else first["loc"]
            if may_leave_out and _leave_out(raw, path):
                log.info("gate.left_out", field=".".join(map(str, path)))
                return self._validated(raw, may_leave_out - 1)
            place = ".".join(str(part) for part in first["loc"])
            raise Hopeless(f"undecodable: {place}: {first['msg']}") from None


def _leave_out(raw: Any, path: tuple[int | str, ...]) -> bool:
    """Take a part out of an update, if it is neither what was said nor who said it and where."""
    *way, last = path
    if len(way) < 1 or last in ESSENTIAL:
        return False
    for step in way:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(raw, dict) and raw.pop(last, None) is not None


def _fit(value: Any) -> Any:
    """Return JSON whose strings any database takes."""
    match value:
        case str():
            paired = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return paired.replace("\x00", "\ufffd")
        case dict():
            return {_fit(key): _fit(inner) for key, inner in value.items()}
        case list():
            return [_fit(inner) for inner in value]
        case _:
            return value
