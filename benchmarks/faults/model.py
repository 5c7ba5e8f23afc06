"""The language model lies, fails and hangs behind the cascade: everybody is answered all the same."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from benchmarks.faults.figures import Figures, measured
from benchmarks.faults.scene import staged

SEED = 20_264


async def chaos(database: str) -> Figures:
    """Answer each question in one of ten wrong ways, or right."""
    async with _model() as address, staged(database) as scene:
        await scene.bot(
            OPENAI_API_KEY="sk-test-of-no-account",
            OPENAI_BASE_URL=address,
            SUPPORT_OPENAI__TIMEOUT_S="2",
            SUPPORT_CLASSIFIER__MODE="llm",
        )
        await scene.write(200, per_second=10)
        await scene.all_served(within_s=120)
        return measured(scene, "model chaos, mode llm")


@asynccontextmanager
async def _model() -> AsyncIterator[str]:
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again
    app = web.Application()

    async def chat(request: web.Request) -> web.StreamResponse:
        await request.read()
        return await _answer(request, chance)

    app.router.add_post("/v1/chat/completions", chat)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()


WRONG = (
    "I think this is about delivery.",
    "",
    json.dumps({"reasoning": "so", "scenario": "NO_SUCH", "confidence": 2, "urgency": "low"}),
    '{"scenario": "DELI',
)
RIGHT = json.dumps({"reasoning": "so", "scenario": "DELIVERY", "confidence": 1.0, "urgency": "low"})


async def _answer(request: web.Request, chance: random.Random) -> web.StreamResponse:
    match chance.randrange(6):
        case 0:
            return web.json_response({"error": {"message": "overloaded"}}, status=529)
        case 1:
            return web.Response(text="<html>Bad Gateway</html>", status=502, content_type="text/html")
        case 2:
            return web.json_response({"error": {"message": "insufficient balance"}}, status=402)
        case 3:
            await asyncio.sleep(5)  # longer than the bot waits
        case 4 if request.transport:
            request.transport.abort()
    return _said(chance.choice((*WRONG, RIGHT)))


def _said(content: str) -> web.Response:
    message = {"role": "assistant", "content": content}
    usage = {"prompt_tokens": 2500, "completion_tokens": 60}
    return web.json_response({"choices": [{"finish_reason": "stop", "message": message}], "usage": usage})
