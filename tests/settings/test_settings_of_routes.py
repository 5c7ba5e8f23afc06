"""Where tickets go by the routes of the settings: a table; and which routes no ticket can take."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from bot.settings import Settings, load
from bot.strange_routes import strange_routes
from bot.team import team_of
from services.texts.team import Destination

FIRST: Final = -1001
ROUTES: Final = [
    {"scenario": "REFUND", "language": "en", "chat_id": -5, "name": "Refunds"},
    {"scenario": "REFUND", "chat_id": -6},
    {"priority": "critical", "topic_id": 7},
    {"channel": "api", "chat_id": -6, "topic_id": 8},
    {"language": "de", "chat_id": FIRST},
    {"language": "de", "chat_id": -9},
]


def settings(routes: list[dict[str, Any]]) -> Settings:
    return load(env={"SUPPORT_OPERATORS__CHAT_ID": str(FIRST), "SUPPORT_OPERATORS__ROUTES": json.dumps(routes)})


@pytest.mark.parametrize(
    ("ticket", "to"),
    [
        ({"scenario": "REFUND", "language": "en"}, Destination(group_id=-5)),
        ({"scenario": "REFUND"}, Destination(group_id=-6)),
        ({"scenario": "REFUND", "priority": "critical"}, Destination(group_id=-6)),
        ({"priority": "critical"}, Destination(thread_id=7)),
        ({"channel": "api"}, Destination(group_id=-6, thread_id=8)),
        ({"language": "de"}, Destination()),
        ({"scenario": "PRICING"}, Destination()),
        ({}, Destination()),
    ],
)
def test_the_first_route_that_fits_counts(ticket: dict[str, Any], to: Destination) -> None:
    whole = {"scenario": None, "language": "ru", "channel": "telegram", "priority": "medium"} | ticket
    assert team_of(settings(ROUTES)).destination(**whole) == to


def test_each_place_is_named_once() -> None:
    team = team_of(settings(ROUTES))
    assert team.other_groups == (-5, -6, -9)
    assert team.destinations[Destination(group_id=-5)] == "Refunds"
    assert next(iter(team.destinations)) == Destination()
    assert len(team.destinations) == 6


def test_routes_by_scenarios_that_there_are_not() -> None:
    assert strange_routes(settings(ROUTES), ["REFUND"]) == []
    assert strange_routes(settings(ROUTES), ["PRICING"]) == ["REFUND"]
