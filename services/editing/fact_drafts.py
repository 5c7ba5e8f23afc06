"""The value of a fact that an admin is asked for. It stands where the draft of an answer would: one edit at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter, ValidationError

from services.editing.drafts import LIFE, Where, drop, row_of
from services.messages.ages import is_near
from storage.closed_sets import Language
from storage.units import Unit

__all__ = ["FactDraft", "drop", "fact_draft_of", "keep_fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDraft:
    """A question under way."""

    mark: str
    """Names the edit: its prompts carry it, and cancelling asks for it."""
    where: Where
    fact: str
    language: Language
    stands: int | None
    """The version whose place the value shall take; None: there was none."""
    touched_at: datetime


@cache
def _adapter() -> TypeAdapter[FactDraft]:
    return TypeAdapter(FactDraft)


def fact_draft_of(unit: Unit, admin: str) -> FactDraft | None:
    """Return what an admin is asked for, unless it has been left lying."""
    try:
        draft = _adapter().validate_json(unit.key_values.read(row_of(admin)) or "null")
    except ValidationError:  # none, or the draft of an answer
        return None
    return draft if is_near(unit.now, draft.touched_at, LIFE) else None


def keep_fact(unit: Unit, admin: str, draft: FactDraft) -> None:
    unit.key_values.write(row_of(admin), _adapter().dump_json(draft).decode())
