"""When labels are worth a training: many once it is quiet, a few of operators within hours, few of customers never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.evaluation.learner import due_at
from storage.closed_sets import LabelSource
from storage.labels import Label

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def labels(count: int, source: LabelSource = "correct", apart_s: int = 0, confirmed: str | None = None) -> list[Label]:
    return [
        Label(
            id=number,
            source=source,
            scenario=None,
            answer=None,
            language="en",
            text="do you sell elephants",
            ticket_id=1,
            message_id=None,
            operator_id=None if source == "picked" else 7,
            operator_name=None,
            created_at=BEGAN + timedelta(seconds=apart_s * number),
            confirmed_by=confirmed,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("fresh", "counted", "after"),
    [
        (labels(0), 0, None),
        (labels(10), 0, timedelta(minutes=2)),
        (labels(10, apart_s=60), 0, timedelta(minutes=11)),
        (labels(99, apart_s=60), 0, timedelta(minutes=30)),
        (labels(10), 1000, timedelta(hours=6)),
        (labels(1), 0, timedelta(hours=6)),
        (labels(9, apart_s=3600), 0, timedelta(hours=6)),
        (labels(1, confirmed="Vera"), 0, timedelta()),
        (labels(9, "picked"), 0, None),
        (labels(10, "picked"), 0, timedelta(minutes=2)),
        (labels(99, "wrong"), 0, None),
        ([*labels(1, "picked"), *labels(1, apart_s=0)], 0, timedelta(hours=6)),
    ],
)
def test_when_labels_are_learned(fresh: list[Label], counted: int, after: timedelta | None) -> None:
    assert due_at(fresh, counted) == (None if after is None else BEGAN + after)
