"""The answer an admin is writing: kept in the key-value table, so it outlives a restart; dropped after 30 minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from services.messages.ages import is_near
from storage.closed_sets import Language
from storage.units import Unit

LIFE: Final = timedelta(minutes=30)
Where = Literal["private", "hall"]
"""The chats an admin may edit in: their own with the bot, or the operator group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One edit under way. An admin has one at a time: another begins anew."""

    mark: str
    """Names the edit: its prompts carry it, and cancelling asks for it."""
    where: Where
    scenario: str
    answer: str | None = None
    """None: the one text of the scenario."""
    language: Language
    wording_id: int | None
    """The version whose place it shall take; None: one more variant."""
    text: str = ""
    text_mark: str = ""
    """Names the text, which may be sent several times: saving asks for it."""
    touched_at: datetime

    @property
    def names(self) -> frozenset[str]:
        """What its messages carry."""
        return frozenset((self.mark, self.text_mark))


@cache
def _adapter() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)


def draft_of(unit: Unit, admin: str) -> Draft | None:
    """Return what an admin is writing, unless it is too old."""
    try:
        draft = _adapter().validate_json(unit.key_values.read(row_of(admin)) or "null")
    except ValidationError:  # none, or one of another version of the bot
        return None
    return draft if is_near(unit.now, draft.touched_at, LIFE) else None


def keep(unit: Unit, admin: str, draft: Draft) -> None:
    unit.key_values.write(row_of(admin), _adapter().dump_json(draft).decode())


def drop(unit: Unit, admin: str) -> None:
    """Forget the draft; its row of the key-value table stays, empty: there is one for each admin."""
    unit.key_values.write(row_of(admin), "")


def row_of(admin: str) -> str:
    """Return the name under which the key-value table keeps what an admin is writing."""
    return f"draft:{admin}"
