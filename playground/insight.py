"""What somebody else knows of a customer's message: asked over HTTP and shown under it.

The page may be started with an address that holds `{chat_id}` and `{message_id}`, for example
`http://127.0.0.1:8081/verdicts?chat_id={chat_id}&message_id={message_id}`. After a customer's message the server
gets that address. Answers:

* 200 with `{"scenario": "REFERRAL", "confidence": 0.95, "engine": "local", "reasoning": "…"}`: shown;
  any field may be missing, further ones are ignored;
* 404, or nobody there: nothing is known yet; asked again for some seconds, then never;
* anything else: nothing is shown.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Final, Self

from aiohttp import ClientError, ClientSession, ClientTimeout

from playground.chats import Message
from playground.world import Change, World

WAITS_S: Final = (0.1, 0.2, 0.3, 0.5, 0.5, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0)
ANSWER_WITHIN_S: Final = 2.0
AT_ONCE: Final = 8
LONGEST: Final = 2_000


class Insights:
    """Asks for every message of a customer; use as a context while the page is up."""

    def __init__(self, *, world: World, address: str, customers: dict[int, Any]) -> None:
        self._world = world
        self._address = address
        self._customers = customers
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._session = ClientSession(timeout=ClientTimeout(total=ANSWER_WITHIN_S))

    async def __aenter__(self) -> Self:
        self._world.listeners.append(self._listen)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._world.listeners.remove(self._listen)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    def _listen(self, change: Change) -> None:
        message = change.message
        if change.kind == "message" and message and message.sender_id in self._customers:
            task = asyncio.create_task(self._ask(message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _ask(self, message: Message) -> None:
        for wait in WAITS_S:
            await asyncio.sleep(wait)
            status, answer = await self._get(message)
            if status == HTTPStatus.OK:
                message.insight = _known(answer)
                self._world.tell("insight", message.chat, message)
            if status not in (None, HTTPStatus.NOT_FOUND):
                return

    async def _get(self, message: Message) -> tuple[int | None, Any]:
        address = self._address.replace("{chat_id}", str(message.chat.id)).replace("{message_id}", str(message.id))
        try:
            async with self._places, self._session.get(address) as answer:
                return answer.status, await answer.json() if answer.status == HTTPStatus.OK else None
        except (ClientError, TimeoutError, OSError):
            return None, None
        except ValueError:
            return HTTPStatus.NO_CONTENT, None


def _known(answer: Any) -> dict[str, Any] | None:
    """Keep the fields that are shown, if they are what they should be."""
    if not isinstance(answer, dict):
        return None
    words = {key: answer.get(key) for key in ("scenario", "engine", "reasoning")}
    found: dict[str, Any] = {key: value[:LONGEST] for key, value in words.items() if isinstance(value, str)}
    confidence = answer.get("confidence")
    if isinstance(confidence, (int, float)) and not isinstance(confidence, bool):
        found["confidence"] = min(max(float(confidence), 0.0), 1.0)
    return found or None
