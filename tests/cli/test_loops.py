"""The event loop that `support-bot run` runs on."""

from __future__ import annotations

import asyncio
import sys
from importlib.util import find_spec

import pytest

from bot.loops import fastest, run_on_fastest


async def _loop() -> type[asyncio.AbstractEventLoop]:
    return type(asyncio.get_running_loop())


@pytest.mark.skipif(find_spec("uvloop") is None, reason="no package of uvloop for this platform")
def test_uvloop_where_it_is_installed() -> None:
    assert run_on_fastest(_loop()).__module__ == "uvloop"


def test_the_loop_of_asyncio_where_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)  # as if it were not installed
    assert fastest() is None
    assert run_on_fastest(_loop()).__module__.startswith("asyncio")
