"""What somebody else knows of a customer's message: asked over HTTP and shown under it.

The page may be started with an address that holds `{chat_id}` and `{message_id}`, for example
`http://127.0.0.1:8081/verdicts?chat_id={chat_id}&message_id={message_id}`. Of a chat in somebody's account,
`{owner_id}` tells whose; of direct messages of a channel, `{topic_id}` tells the topic; else they are empty. After a
customer's message, and after each edit of it, the server gets that address. Answers:

* 200 with `{"scenario": "REFERRAL", "confidence": 0.95, "engine": "local", "reasoning": "…"}`: shown;
  any field may be missing, further ones are ignored; `reasoning` may be an object with the words of several languages
  (`{"en": "…", "ru": "…"}`), of which the page shows its own; with `text`, an edited message shows it only when these
  are its words now;
* 404: nothing is known yet; asked again for some seconds, then never;
* nobody there: asked until somebody is;
* anything else: nothing is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, Final, Self

from aiohttp import ClientError, ClientSession, ClientTimeout

from playground.chats import Message
from playground.people import Customer
from playground.world import Change, World

WAITS_S: Final = (0.1, 0.2, 0.3, 0.5, 0.5, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0)
ANSWER_WITHIN_S: Final = 2.0
AWAY_S: Final = 1.0
"""Between two questions while nobody is there to answer."""
AT_ONCE: Final = 8
NEWEST: Final = 5
LONGEST: Final = 2_000
LANGUAGE_MOST: Final = 16


class Insights:
    """Asks for every message of a customer; use as a context while the page is up."""

    def __init__(self, *, world: World, address: str, customers: Mapping[int, Customer]) -> None:
        self._world = world
        self._address = address
        self._customers = customers
        self._tasks: dict[Message, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._session = ClientSession(timeout=ClientTimeout(total=ANSWER_WITHIN_S))

    async def __aenter__(self) -> Self:
        """Ask also for the newest messages of an earlier time that nothing is known of."""
        self._world.listeners.append(self._listen)
        for chat in self._world.places:
            theirs = [message for message in chat.history if message.sender_id in self._customers]
            for message in theirs[-NEWEST:]:
                if message.insight is None:
                    self._begin(message)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._world.listeners.remove(self._listen)
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()

    def _listen(self, change: Change) -> None:
        message = change.message
        if message is None or message.sender_id not in self._customers:
            return
        if change.kind == "edit":
            message.insight = None  # it was about other words
        if change.kind in {"message", "edit"}:
            self._begin(message)

    def _begin(self, message: Message) -> None:
        if former := self._tasks.get(message):
            former.cancel()
        task = self._tasks[message] = asyncio.create_task(self._ask(message))
        task.add_done_callback(partial(self._end, message))

    def _end(self, message: Message, task: asyncio.Task[None]) -> None:
        if self._tasks.get(message) is task:
            del self._tasks[message]

    async def _ask(self, message: Message) -> None:
        for wait in WAITS_S:
            await asyncio.sleep(wait)
            status, answer = await self._patiently(message)
            if status == HTTPStatus.OK and not _outdated(message, answer):
                message.insight = _known(answer)
                self._world.tell("insight", message.chat, message)
                return
            if status not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
                return

    async def _patiently(self, message: Message) -> tuple[int, Any]:
        while True:
            status, answer = await self._get(message)
            if status is not None:
                return status, answer
            await asyncio.sleep(AWAY_S)

    async def _get(self, message: Message) -> tuple[int | None, Any]:
        address = self._address_of(message)
        try:
            async with self._places, self._session.get(address) as answer:
                return answer.status, await answer.json() if answer.status == HTTPStatus.OK else None
        except (ClientError, TimeoutError, OSError):
            return None, None
        except ValueError:
            return HTTPStatus.NO_CONTENT, None

    def _address_of(self, message: Message) -> str:
        chat = message.chat
        told = {
            "chat_id": chat.id,
            "message_id": message.id,
            "owner_id": chat.owner.id if chat.owner else "",
            "topic_id": message.direct_topic or "",
        }
        address = self._address
        for name, value in told.items():
            address = address.replace(f"{{{name}}}", str(value))
        return address


def _outdated(message: Message, answer: Any) -> bool:
    """Whether what is known is of the words before an edit."""
    text = answer.get("text") if message.edited and isinstance(answer, dict) else None
    return isinstance(text, str) and text != message.text


def _known(answer: Any) -> dict[str, Any] | None:
    """Keep the fields that are shown, if they are what they should be."""
    if not isinstance(answer, dict):
        return None
    words = {key: answer.get(key) for key in ("scenario", "engine", "reasoning")}
    found: dict[str, Any] = {key: value[:LONGEST] for key, value in words.items() if isinstance(value, str)}
    if isinstance(several := answer.get("reasoning"), dict):
        found["reasoning"] = {
            str(language)[:LANGUAGE_MOST]: told[:LONGEST] for language, told in several.items() if isinstance(told, str)
        }
    confidence = answer.get("confidence")
    if isinstance(confidence, (int, float)) and not isinstance(confidence, bool):
        found["confidence"] = min(max(float(confidence), 0.0), 1.0)
    return found or None
