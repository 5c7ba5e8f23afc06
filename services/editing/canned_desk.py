"""The team's own answers as a page lists and changes them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from services.desk import audit
from services.desk.audit import Actor
from services.editing.canned import TITLE_MOST, problems_in
from services.scenarios.answers import Answers
from services.templates import TemplateProblem
from services.templates.variables import plain_words
from storage.canned import CannedReply
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class WrongText:
    """It cannot be sent to a customer."""

    problems: Sequence[TemplateProblem]


class CannedDesk:
    def __init__(self, *, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    async def list(self) -> Sequence[CannedReply]:
        return await self._store.read(lambda unit: unit.canned.page(0, most=MOST))

    async def save(self, title: str, text: str, *, instead_of: int | None, author: str, by: Actor) -> bool | WrongText:
        """Put a reply on the list, in the place of another; False where that one stands there no more."""
        problems = await asyncio.to_thread(problems_in, text, self._answers.facts.definitions)
        if problems:
            return WrongText(problems)
        named = plain_words(title, cap=TITLE_MOST)

        def act(unit: Unit) -> bool:
            if instead_of is not None:
                older = unit.canned.get(instead_of)
                if older is None or older.retired_at is not None:
                    return _stands(unit, named, text)
                if (older.title, older.text) == (named, text):
                    return True
                unit.canned.retire(instead_of)
            elif _stands(unit, named, text):
                return True
            unit.canned.add(title=named, text=text, author=author)
            audit.note(unit, by, "reply_changed", detail=named)
            return True

        done = await self._store.write(act)
        log.info("canned.saved", admin=author, done=done)
        return done

    async def place(self, reply_id: int, *, listed: bool, by: Actor) -> None:
        """Take a reply off the list, or put it back."""

        def act(unit: Unit) -> None:
            reply = unit.canned.get(reply_id)
            if reply is None or (reply.retired_at is None) == listed:
                return
            (unit.canned.restore if listed else unit.canned.retire)(reply_id)
            audit.note(unit, by, "reply_changed", detail=reply.title)

        await self._store.write(act)


def _stands(unit: Unit, title: str, text: str) -> bool:
    """Whether just this stands on the list already: the same was sent twice."""
    return any((one.title, one.text) == (title, text) for one in unit.canned.page(0, most=MOST))
