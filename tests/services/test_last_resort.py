"""A stop that hangs is ended, and its log says where it hung."""

from __future__ import annotations

import asyncio
import threading
import time

from structlog.testing import capture_logs

from bot.last_resort import stops_within


async def test_a_stop_that_hangs_is_ended_and_tells_where() -> None:
    stopping, ended = asyncio.Event(), threading.Event()
    codes: list[int] = []

    def end(code: int) -> None:
        codes.append(code)
        ended.set()

    async def waits_for_ever() -> None:
        await asyncio.Event().wait()

    with capture_logs() as logs, stops_within(stopping, 0.01, end):
        hanging = asyncio.create_task(waits_for_ever(), name="worker")
        stopping.set()
        assert await asyncio.to_thread(ended.wait, 60)
        hanging.cancel()
    assert codes == [1]
    told = [line for line in logs if line["event"] == "bot.stop_hangs"]
    assert any(
        place.startswith("worker: test_last_resort.py:") and "waits_for_ever" in place for place in told[0]["tasks"]
    )


async def test_a_loop_that_stands_still_is_no_way_out_of_it() -> None:
    stopping, ended = asyncio.Event(), threading.Event()
    with stops_within(stopping, 0.01, lambda _: ended.set()):
        stopping.set()
        await asyncio.sleep(0)  # the event is seen
        until = time.monotonic() + 60
        while not ended.is_set():
            assert time.monotonic() < until


async def test_who_stops_in_time_or_was_never_told_to_is_left_alone() -> None:
    ended = threading.Event()
    for told in (True, False):
        stopping = asyncio.Event()
        with stops_within(stopping, 0.2, lambda _: ended.set()):
            if told:
                stopping.set()
            await asyncio.sleep(0)
    assert not await asyncio.to_thread(ended.wait, 0.5)
