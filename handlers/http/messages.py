"""`/api/messages/`: for programs that speak for customers who have no messenger."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import uuid4

import structlog
from aiohttp import web

from handlers.http.bodies import MessageBody, choice_body, history_query, message_body
from handlers.http.problems import Problem
from handlers.http.reading import body_of
from handlers.http.shapes import AGAIN_S
from handlers.http.shutdown_gate import ShutdownGate
from services.api.choices import Choices
from services.api.lines import Choice, Line, Page
from services.api.messages import (
    ApiConversations,
    Banned,
    ChosenAlready,
    KeyReused,
    NoSuchChoice,
    NoSuchMessage,
    Reply,
    SentMessage,
    TooFast,
    address_of,
)
from services.health.database_log import DatabaseTrouble
from services.templates.variables import plain_words

log = structlog.get_logger()

PATH: Final = "/api/messages/"
CHOICES: Final = f"{PATH}choices"
BODY_MOST: Final = 1024 * 1024
KEY_MOST: Final = 255
NAME_MOST: Final = 256
ANSWER_S: Final = 45.0
"""Longer than any classification takes; who is told 503 may ask again under the same key."""
SLOWER_S: Final = 15


class MessagesApi:
    """The API, for programs with the token."""

    def __init__(self, *, conversations: ApiConversations, choices: Choices, shutdown: ShutdownGate) -> None:
        self._conversations = conversations
        self._choices = choices
        self._shutdown = shutdown

    def add_to(self, app: web.Application) -> None:
        for path in (PATH, PATH.rstrip("/"), CHOICES):
            app.router.add_route("*", path, self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        try:
            return await self._answer(request)
        except (Problem, DatabaseTrouble):
            raise
        except Exception:  # whatever it was, a retry under the same key is safe
            log.exception("api.failed", method=request.method)
            raise Problem(503, "try again", Retry_After=str(AGAIN_S)) from None

    async def _answer(self, request: web.Request) -> web.Response:
        async with asyncio.timeout(ANSWER_S):
            match request.method:
                case "POST" if request.path == CHOICES:
                    return await self._choose(request)
                case _ if request.path == CHOICES:
                    raise Problem(405, "use POST", Allow="OPTIONS, POST")
                case "POST":
                    return await self._write(request)
                case "GET" | "HEAD":
                    return await self._read(request)
                case _:
                    raise Problem(405, "use POST or GET", Allow="GET, HEAD, OPTIONS, POST")

    async def _write(self, request: web.Request) -> web.Response:
        self._shutdown.must_be_open()
        body = message_body(await body_of(request, BODY_MOST))
        sent = _sent(body, _key(request, body))
        try:
            reply = await self._conversations.write(sent)
        except Banned:
            raise Problem(403, "this client is banned: the message is stored, nobody is shown it") from None
        except KeyReused:
            raise Problem(409, "this key belongs to another message; choose a new one") from None
        except TooFast:
            raise Problem(429, "this client writes too fast; nothing was stored", Retry_After=str(SLOWER_S)) from None
        return web.json_response(_reply(reply))

    async def _choose(self, request: web.Request) -> web.Response:
        self._shutdown.must_be_open()
        body = choice_body(await body_of(request, BODY_MOST))
        with refusing():
            taken = await self._choices.take(address_of(body.client_id), body.message_id, body.choice)
        response = line_of(taken.reply) if taken.reply else None
        return web.json_response({"status": "success", "line": line_of(taken.line), "response": response})

    async def _read(self, request: web.Request) -> web.Response:
        query = history_query(dict(request.query))
        try:
            page = await self._conversations.read(query.client_id, after=query.after, most=query.limit)
        except NoSuchMessage:
            raise Problem(404, "after: no message of this client has this id") from None
        return web.json_response(_page(page, str(query.after) if query.after else None))


@contextmanager
def refusing() -> Iterator[None]:
    """Say why a choice is not taken."""
    try:
        yield
    except NoSuchMessage:
        raise Problem(404, "message_id: no line of the bot in this conversation has this id") from None
    except NoSuchChoice:
        raise Problem(404, "choice: nothing of this name is offered below the line") from None
    except ChosenAlready:
        raise Problem(409, "something else was chosen below this line; read the conversation again") from None


def _key(request: web.Request, body: MessageBody) -> str:
    """Return the caller's name for the message; one of our own, if none is given, makes every request a new message."""
    header = request.headers.get("Idempotency-Key")
    if header is None:
        return body.message_id or str(uuid4())
    if not header.strip() or len(header) > KEY_MOST:
        raise Problem(422, f"Idempotency-Key: write 1 to {KEY_MOST} characters")
    return header


def _sent(body: MessageBody, key: str) -> SentMessage:
    name = plain_words(body.name or "", cap=NAME_MOST)
    return SentMessage(client_id=body.client_id, key=key, content=body.content, name=name, language=body.language)


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "status": "success",
        "original_message_id": str(reply.original_message_id),
        "is_first_message": reply.is_first_message,
        "priority": reply.priority,
        "classification": {
            "scenario": reply.scenario,
            "answer": reply.answer,
            "confidence": reply.confidence,
            "reasoning": reply.reasoning,
        },
        "response": {
            "message_id": str(reply.message_id),
            "text": reply.text,
            "type": reply.type,
            "choices": choices_of(reply.choices),
        },
    }


def choices_of(choices: Sequence[Choice]) -> list[dict[str, str]]:
    return [{"id": one.id, "title": one.title} for one in choices]


def line_of(line: Line) -> dict[str, Any]:
    return {
        "message_id": str(line.message_id),
        "author": line.author,
        "author_name": line.author_name,
        "kind": line.kind,
        "text": line.text,
        "created_at": line.created_at.isoformat(),
        "choices": choices_of(line.choices),
    }


def _page(page: Page, after: str | None) -> dict[str, Any]:
    """`next` is where to go on: at once when there is more, later when somebody may have written."""
    lines = [line_of(line) for line in page.lines]
    return {
        "status": "success",
        "messages": lines,
        "next": lines[-1]["message_id"] if lines else after,
        "has_more": page.more,
    }
