"""Every play: in `plays/` families of what once went wrong, with several members, in `reported/` as users had them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cases.player import Player
from tests.walk.conftest import opened

PLAYS: Final = Path(__file__).parent / "plays"
REPORTED: Final = Path(__file__).parent / "reported"
GROUPS: Final = ("plain", "forum")


def _members() -> list[Any]:
    """Return every play, named by its family and its own name."""
    found = []
    for file in sorted(PLAYS.glob("*.json")):
        for play in json.loads(file.read_text("utf-8"))["plays"]:
            groups = GROUPS if play.get("group", "both") == "both" else (play["group"],)
            found += [_case(play["steps"], group, f"{file.stem}-{play['name']}", groups) for group in groups]
    return found


def _case(steps: list[dict[str, Any]], group: str, name: str, groups: Sequence[str]) -> Any:
    """A play in one kind of group; what is played in both is long in the second."""
    marks = [pytest.mark.long] if group != groups[0] else []
    return pytest.param(steps, group, id=f"{name}-{group}", marks=marks)


def _reported() -> list[Any]:
    """Return every play as it was reported, one a file, before both kinds of group: what is right is right in both."""
    found = [json.loads(file.read_text("utf-8")) for file in sorted(REPORTED.glob("*.json"))]
    return [_case(play["steps"], group, play["name"], GROUPS) for play in found for group in GROUPS]


@pytest.mark.parametrize(("steps", "group"), [*_members(), *_reported()])
async def test_a_play(steps: list[dict[str, Any]], group: str, sqlite_url: str, home: Path) -> None:
    async with opened(sqlite_url, forum=group == "forum") as house:
        await Player(house, home / "support.db").play(steps)
