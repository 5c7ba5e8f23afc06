"""From a task of the inbox to the handler that is meant: decoding happens here, behind the door that has stored it."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from handlers.telegram.decoding import Unfit, readable
from handlers.telegram.plain import Plain
from services.messages.incoming import Cause
from services.queues.outcomes import PermanentFailure

log = structlog.get_logger()

_UNFIT: Final = re.compile(r"\\u(0000|d[89a-f][0-9a-f]{2})", re.IGNORECASE)
"""Escapes that may hide what no database takes: the zero character, half of a surrogate pair."""


class Gate:
    """Feeds updates to aiogram's routers, one at a time for each lane."""

    def __init__(self, *, bot: Bot, dispatcher: Dispatcher, plain: Plain | None = None) -> None:
        """`plain`: receives what needs no routing."""
        self._bot = bot
        self._plain = plain
        self._dispatcher = dispatcher
        self._handled = frozenset(dispatcher.resolve_used_update_types())

    async def play(self, cause: Cause, payload: str, last_try: bool) -> None:  # noqa: FBT001  # called by position
        """Run the handler of an update. Raises PermanentFailure for one that cannot be decoded."""
        update = self._decoded(payload)
        if update is None or (self._plain is not None and await self._plain.receive(update, cause)):
            return
        await self._dispatcher.feed_update(self._bot, update, cause=cause, last_try=last_try)

    def _decoded(self, payload: str) -> Update | None:
        """Return the update, or None for a kind that nobody handles: whatever stands in it is nobody's loss."""
        raw = json.loads(payload)
        kinds = raw.keys() - {"update_id"} if isinstance(raw, dict) else set()
        if not self._handled & kinds:
            log.info("gate.not_handled", kinds=sorted(kinds))
            return None
        return self._read(_fit(raw) if _UNFIT.search(payload) else raw)

    def _read(self, raw: dict[str, Any]) -> Update | None:
        context = {"bot": self._bot}
        with contextlib.suppress(ValidationError):
            return Update.model_validate(raw, context=context)
        try:
            fit, left_out = readable(raw)
        except Unfit as error:
            raise PermanentFailure(f"undecodable: {error}") from None
        log.info("gate.left_out", fields=left_out)
        # An update other than a message or a press may be left with nothing that happened.
        return Update.model_validate(fit, context=context) if self._handled & fit.keys() else None


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
