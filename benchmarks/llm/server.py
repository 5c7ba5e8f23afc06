"""A server that takes its time, in a process of its own, so that memory and CPU of the engine are the engine's."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Final

CONTENT: Final = json.dumps({"reasoning": "so", "scenario": "REFUND", "confidence": 0.9, "urgency": "low"})
BODY: Final = {
    "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": CONTENT}}],
    "usage": {"prompt_tokens": 2500, "completion_tokens": 60},
}


@contextmanager
def server(answers_in_s: float) -> Iterator[str]:
    """Give its address."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, answers_in_s), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/v1"
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, answers_in_s: float) -> None:
    asyncio.run(_listen(pipe, answers_in_s))


async def _listen(pipe: Connection, answers_in_s: float) -> None:
    from aiohttp import web

    async def chat(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(answers_in_s)
        return web.json_response(BODY)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", chat)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    pipe.send(runner.addresses[0][1])
    await asyncio.Event().wait()
