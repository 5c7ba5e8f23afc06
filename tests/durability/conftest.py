"""What breaks here is real: processes die by signal, servers stop listening, databases go away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest

from handlers.telegram import polling
from playground import defaults
from playground.groups import Group
from playground.server import Playground
from services.delivery import notices, outages, remedies, unconfirmed
from services.queues import backoff
from tests.durability.forking import forked
from tests.durability.processes import Bots
from tests.walk.conftest import home, postgresql_kept, sqlite_template

__all__ = ["bots", "group", "home", "playground", "postgresql_kept", "sqlite_template"]


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bot of this process rest for a few seconds where in earnest it rests for half a minute."""
    for module, name, seconds in (
        (remedies, "GROUP_CLOSED", 3.0),
        (notices, "BETWEEN", 2.0),
        (unconfirmed, "GATHERING", 4.0),
    ):
        monkeypatch.setattr(module, name, timedelta(seconds=seconds))
    monkeypatch.setattr(backoff, "_FIRST_S", 0.2)
    monkeypatch.setattr(polling, "STAND_BY_S", 2.0)
    hurry = partial(outages.Pace, breath=0.5, single=0.5, single_sick=1.5, calm=2.5)
    monkeypatch.setattr(outages, "Pace", hurry)


@pytest.fixture
def playground() -> Playground:
    opened = Playground()
    opened.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    return opened


@pytest.fixture
def group(playground: Playground) -> Group:
    return playground.add_group()


@pytest.fixture
async def bots(home: object, group: Group) -> AsyncIterator[Bots]:
    """Starts bots as a user would; whatever is still alive at the end is stopped."""
    starter = Bots(group_id=group.chat.id, launch=forked)
    yield starter
    await starter.close()
