"""Behind the door: every update ends settled or set aside, nothing gets stuck, and the next customer is answered."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.engines import open_engines
from bot.settings import load
from bot.trained import MODEL
from bot.wiring import Parts
from handlers.telegram.arrival import arrival
from playground import defaults
from services.messages.addresses import on_telegram
from storage.store import Store, utc_now
from storage.units import Unit
from tests.fuzz.mutations import mutated
from tests.packs import SHOP
from tests.shared import lend_encoder

QUESTION = "где моя посылка, когда доставят заказ?"
STEP = timedelta(seconds=30)
"""Longer than the pause before any further try."""
ROUNDS = 8


class Inbox:
    """The real inbox, worker and routers on a SQLite file; time passes when told to. No server is there to send to."""

    def __init__(self, store: Store, parts: Parts) -> None:
        self._store = store
        self._parts = parts
        self._numbers = count(1)
        self._people = count(5_000_000)
        self.late = timedelta()

    async def play(self, updates: list[dict[str, Any]]) -> None:
        """Let updates in and work until nothing waits."""
        numbered = [update | {"update_id": next(self._numbers)} for update in updates]
        await self._parts.intake.accept([arrival(update) for update in numbered])
        for _ in range(ROUNDS):
            async with asyncio.timeout(90):
                await self._parts.inbox.drain()
            if not await self._waiting():
                return
            self.late += STEP
        raise AssertionError(f"{await self._waiting()} updates are stuck")

    async def _waiting(self) -> int:
        return await self._store.read(lambda unit: (unit.inbox.backlog())[0])

    async def answered(self) -> bool:
        """Whether a customer who comes now is answered."""
        person = next(self._people)
        user = {"id": person, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
        chat = {"id": person, "type": "private", "first_name": "Анна"}
        message = {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": user, "text": QUESTION}
        await self.play([{"message": message}])

        def look(unit: Unit) -> bool:
            customer = unit.customers.find(on_telegram(person))
            return customer is not None and unit.messages.answered_before(customer.id)

        return await self._store.read(look)


async def _is_member(chat_id: int, user_id: int) -> bool:  # as the courier is called
    return True


@asynccontextmanager
async def _opened(file: Path) -> AsyncIterator[Inbox]:
    url = f"sqlite+aiosqlite:///{file}"
    late: list[Inbox] = []
    store = Store(url, clock=lambda: utc_now() + (late[0].late if late else timedelta()))
    values = load(
        env={
            "BOT_TOKEN": defaults.TOKEN,
            "DATABASE_URL": url,
            "SUPPORT_TELEGRAM__API_URL": "http://127.0.0.1:9",
            "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
            "SUPPORT_OPERATORS__CHAT_ID": str(defaults.GROUP_ID),
            "SUPPORT_SCENARIOS__PATH": str(SHOP),
            "SUPPORT_CLASSIFIER__PAUSE_S": "0",
        }
    )
    async with store:
        parts = Parts(
            values, store, engines=await open_engines(values, store, MODEL), webhook_secret="", secret_key="k"
        )
        await parts.knowledge.seed(values.scenarios.path)
        await parts.knowledge.refresh()
        parts.courier.is_member = _is_member  # type: ignore[method-assign]  # no server is there to ask
        late.append(Inbox(store, parts))
        yield late[0]
        await parts.engines.close()
        await parts.bot.session.close()


@pytest.fixture(scope="module")
def inbox(sqlite_template: Path, trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One inbox for all examples: what one leaves behind, the next has to live with."""
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / MODEL.parent).mkdir()
    shutil.copy(trained_model, folder / MODEL)
    lend_encoder(trained_model, folder / MODEL.parent)
    shutil.copy(sqlite_template, folder / "support.db")
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        patch.chdir(folder)
        opened = _opened(folder / "support.db")
        yield runner, runner.run(opened.__aenter__())
        runner.run(opened.__aexit__(None, None, None))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(mutated(), min_size=1, max_size=6))
@pytest.mark.long
def test_every_update_ends_and_the_next_customer_is_answered(
    inbox: tuple[asyncio.Runner, Inbox], updates: list[dict[str, Any]]
) -> None:
    runner, opened = inbox
    with capture_logs() as logged:
        runner.run(opened.play(updates))
        assert runner.run(opened.answered())
    broken = [entry for entry in logged if entry["event"] in ("worker.unsettled", "worker.claim_failed")]
    assert broken == []
