"""Every handler and filter gets what it asks for by name: a missing collaborator fails here, not on a customer."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.types import TelegramObject

from bot.engines import open_engines
from bot.settings import load
from bot.wiring import Parts
from handlers.telegram.gate import Gate
from services.messages.incoming import Cause
from storage.store import Store

TOKEN: Final = "700000:" + "a" * 35
PACKAGES: Final = ("bot.", "handlers.", "services.")
MESSAGE: Final = (
    '{"update_id": 1, "message": {"message_id": 1, "date": 1, "text": "hello", "chat": {"id": 7, "type": "private"},'
    ' "from": {"id": 7, "is_bot": false, "first_name": "A"}}}'
)


@pytest.fixture
async def parts(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Parts]:
    """Build the whole product as it is run, without running it."""
    settings = load(env={"BOT_TOKEN": TOKEN, "DATABASE_URL": sqlite_url, "SUPPORT_OPERATORS__CHAT_ID": "-1001"})
    async with Store(sqlite_url) as store:
        engines = await open_engines(settings, store, tmp_path / "model.npz")
        made = Parts(settings, store, engines=engines, webhook_secret="secret", secret_key="k")
        yield made
        await made.bot.session.close()
        await engines.close()


@pytest.fixture
def dispatcher(parts: Parts) -> Dispatcher:
    """The one behind the gate of the inbox."""
    (gate,) = [one for one in _reached(parts.inbox, set()) if isinstance(one, Gate)]
    return gate._dispatcher


def _reached(thing: Any, seen: set[int]) -> Iterator[Any]:
    """Yield our own objects that an object holds, directly or through others."""
    thing = getattr(thing, "__self__", thing)
    if id(thing) in seen or not type(thing).__module__.startswith(PACKAGES):
        return
    seen.add(id(thing))
    yield thing
    for inner in vars(thing).values() if hasattr(thing, "__dict__") else ():
        yield from _reached(inner, seen)


class Spy(Dispatcher):
    """Notes what aiogram and the gate give to every handler."""

    def __init__(self) -> None:
        super().__init__(disable_fsm=True)
        self.names: set[str] = set()
        self.message.register(self.look)

    async def look(self, _event: TelegramObject, **given: Any) -> None:
        self.names |= given.keys()


async def given_to_all(bot: Bot) -> set[str]:
    spy = Spy()
    gate = Gate(bot=bot, dispatcher=spy)
    await gate.play(Cause(key="tg:1", task=None), MESSAGE, last_try=False)
    return spy.names


def callables(router: Router) -> Iterator[tuple[str, CallableObject, set[str]]]:
    """Yield every handler and filter, with the place where it is registered and what filters before it find out."""
    for each in router.chain_tail:
        for kind, observer in each.observers.items():
            for_all = observer._handler.filters or []
            yield from ((f"{each.name}.{kind} filter", one, set()) for one in for_all)
            for handler in observer.handlers:
                own = handler.filters or []
                found = {name for one in [*for_all, *own] for name in _found_by(one)}
                yield f"{each.name}.{kind} {handler.callback}", handler, found
                yield from ((f"{each.name}.{kind} filter", one, set()) for one in own)


def _found_by(one: CallableObject) -> list[str]:
    """Return the names that a filter of ours hands on: what it returns a dict of."""
    if not inspect.isfunction(one.callback) or "dict" not in str(inspect.signature(one.callback).return_annotation):
        return []
    return re.findall(r'"(\w+)":', inspect.getsource(one.callback))


def asked_by(one: CallableObject) -> set[str]:
    """Return what must be given by name; the first parameter is the event."""
    _event, *named = inspect.signature(one.callback).parameters.values()
    return {each.name for each in named if each.default is each.empty and each.kind is not each.VAR_KEYWORD}


async def test_every_handler_gets_what_it_asks_for(parts: Parts, dispatcher: Dispatcher) -> None:
    provided = await given_to_all(parts.bot) | dispatcher.workflow_data.keys()
    found = list(callables(dispatcher))
    assert len(found) > 20
    assert {place: lacking for place, one, more in found if (lacking := asked_by(one) - provided - more)} == {}


async def test_nothing_is_given_that_nobody_asks_for(dispatcher: Dispatcher) -> None:
    asked = {name for _, one, _ in callables(dispatcher) for name in inspect.signature(one.callback).parameters}
    assert set(dispatcher.workflow_data) - asked == set()
