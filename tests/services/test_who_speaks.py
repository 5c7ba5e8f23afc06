"""Who speaks with a customer, as the table that stands in the module's own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.customers.who_speaks import Speaker, speaker
from storage.records import Ticket

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUIET = timedelta(minutes=30)


def ticket(**more: Any) -> Ticket:
    known: dict[str, Any] = dict.fromkeys(Ticket.__slots__)
    standing = {"id": 3, "customer_id": 1, "status": "open", "reason": "unsure", "priority": "low", "opened_at": NOW}
    return Ticket(**known | standing | {"question": "?"} | more)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("now", "who"),
    [
        pytest.param(None, "bot", id="no ticket"),
        pytest.param(ticket(), "both", id="nobody has taken it"),
        pytest.param(ticket(reason="answered_too"), "bot", id="for a look"),
        pytest.param(ticket(status="taken"), "people", id="taken"),
        pytest.param(ticket(status="taken", reason="answered_too"), "people", id="taken, whatever it was opened for"),
        pytest.param(ticket(status="taken", replied_at=ago(days=3)), "people", id="taken, however long ago"),
        pytest.param(ticket(replied_at=ago(minutes=29)), "people", id="released, an operator wrote just now"),
        pytest.param(ticket(replied_at=ago(minutes=30)), "both", id="released, and quiet is over"),
        pytest.param(ticket(reason="answered_too", replied_at=ago(minutes=1)), "people", id="for a look, and answered"),
        pytest.param(ticket(replied_at=ago(minutes=-5)), "both", id="written in a future that the clock took back"),
        pytest.param(ticket(status="closed", replied_at=ago(minutes=1)), "bot", id="closing gives back"),
        pytest.param(ticket(status="closed", followed_up_at=ago(hours=23)), "people", id="a last word after closing"),
        pytest.param(ticket(status="closed", followed_up_at=ago(hours=24)), "bot", id="a last word of yesterday"),
        pytest.param(ticket(snoozed_at=ago(hours=1)), "both", id="put off by nobody in particular"),
    ],
)
def test_who_speaks(now: Ticket | None, who: Speaker) -> None:
    assert speaker(now, NOW, quiet=QUIET) == who
