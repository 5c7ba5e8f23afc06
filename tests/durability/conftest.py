"""What breaks here is real: processes die by signal, servers stop listening, databases go away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from playground import defaults
from playground.groups import Group
from playground.server import Playground
from tests.durability.processes import Bots
from tests.walk.conftest import home, trained_model

__all__ = ["bots", "group", "home", "playground", "trained_model"]


@pytest.fixture(autouse=True)
def plain_log() -> Iterator[None]:
    """Things are meant to break here: tracebacks without a picture of every local variable."""
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level, renderer])
    yield
    structlog.reset_defaults()


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
    starter = Bots(group_id=group.chat.id)
    yield starter
    await starter.close()
