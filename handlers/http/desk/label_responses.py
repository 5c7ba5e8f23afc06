"""What the desk tells of labels and of what was learned from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.http.desk.responses import Response
from services.dashboard.labels_pages import LabelSource, LearningState


class LabelRow(Response):
    """What somebody said of a customer's words, which stand masked. Without an operator the customer said it."""

    id: int
    created_at: datetime
    source: LabelSource
    operator_name: str | None
    customer_id: int | None
    ticket_id: int | None
    language: str
    text: str
    scenario: str | None
    answer: str | None
    retired_at: datetime | None
    retired_by: str | None
    confirmed_by: str | None
    held: bool = False
    """Whether it contradicts what the bot surely knows, and waits for an admin."""

    @classmethod
    def of(cls, one: Any, *, held: bool) -> LabelRow:
        return cls.model_validate(one).model_copy(update={"held": held})


class Learning(Response):
    """What was learned at a time. `asked`, `sure`, `right`: of new messages that the model had not seen."""

    id: int
    created_at: datetime
    state: LearningState
    decided_by: str | None
    learned: int
    asked: int
    sure: int
    right: int
    changes: int
    """How many messages that were answered rightly would be answered otherwise."""

    @classmethod
    def of(cls, one: Any) -> Learning:
        asked, sure, right = one.report.get("after", (0, 0, 0))
        return cls(
            id=one.id,
            created_at=one.created_at,
            state=one.state,
            decided_by=one.decided_by,
            learned=one.report.get("learned", 0),
            asked=asked,
            sure=sure,
            right=right,
            changes=len(one.report.get("changes", ())),
        )


class LabelList(Response):
    """A page of labels, the newest first. `next`: what `before` takes to go on; null at the end."""

    labels: Sequence[LabelRow]
    next: int | None
    count: int
    """How many count."""
    held: int
    held_by: int | None
    """The version by which those held back are confirmed or dropped."""
    versions: Sequence[Learning]
    pinned: bool
    """Whether somebody has brought back an older version, so that newer ones wait for a choice."""


class LabelOutcome(Response):
    """What came of a press, as a code and in words."""

    outcome: str
    words: str
