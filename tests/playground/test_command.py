"""`python -m playground` as a program."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE

from aiohttp import ClientSession

from playground import defaults


async def run(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", *arguments, stdout=PIPE, stderr=PIPE
    )


async def test_it_serves_until_told_to_stop(http: ClientSession) -> None:
    process = await run("--port", "0")
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    url = line.removeprefix("Playground: ").strip()
    async with http.get(f"{url}/bot{defaults.TOKEN}/getMe") as answer:
        assert (await answer.json())["result"]["is_bot"]
    poll = asyncio.create_task(http.get(f"{url}/bot{defaults.TOKEN}/getUpdates?timeout=50").__aenter__())
    await asyncio.sleep(0)
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    await asyncio.gather(poll, return_exceptions=True)


async def test_a_taken_port_is_one_clear_line() -> None:
    holder = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = holder.sockets[0].getsockname()[1]
    process = await run("--port", str(port))
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert errors.startswith(b"playground: ")
    assert errors.count(b"\n") == 1
    holder.close()


async def test_help_names_what_a_bot_needs() -> None:
    process = await run("--help")
    output, _ = await process.communicate()
    assert process.returncode == 0
    for fact in (str(defaults.GROUP_ID), str(defaults.ADMIN_ID), "--insight"):
        assert fact in output.decode()
