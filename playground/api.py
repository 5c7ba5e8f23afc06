"""The Bot API over HTTP: token, method, faults, budget, effect, answer, record."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from playground.answers import struck
from playground.calls import Call, Calls
from playground.errors import ApiError, not_found, unauthorized
from playground.faults import Fault, Faults, Kind
from playground.limits import Limiter
from playground.methods import about, copying, editing, receiving, sending, topics
from playground.methods.receiving import get_updates
from playground.params import Params, read
from playground.webhook import Webhook
from playground.world import World

TOKEN: Final = re.compile(r"\d+:[\w-]+")
PLAIN: Final = sending.METHODS | copying.METHODS | editing.METHODS | topics.METHODS | about.METHODS
NAMES: Final = {name.lower(): name for name in [*PLAIN, *receiving.METHODS, "getUpdates"]}
COSTS: Final = re.compile(r"(?:send|copy|forward|edit)(?!ChatAction)\w+|\w+ForumTopic")
SAFE: Final = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment"}
DOWNLOAD: Final = "application/octet-stream"


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>` for one bot."""

    def __init__(
        self, *, token: str, world: World, webhook: Webhook, limiter: Limiter, faults: Faults, calls: Calls
    ) -> None:
        self._token = token
        self._world = world
        self._webhook = webhook
        self._limiter = limiter
        self._faults = faults
        self._calls = calls

    def attach(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self.download)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        try:
            name = self._door(request)
            params = await read(request)
        except web.HTTPRequestEntityTooLarge:
            return _refused(ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large"))
        except ApiError as error:
            return _refused(error)
        return await self._answer(request, name, params)

    async def download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._enter(request)
        except ApiError as error:
            return _refused(error)
        stored = self._world.files.at(request.match_info["path"])
        if stored is None:
            return _refused(not_found())
        return web.Response(body=stored.content, content_type=DOWNLOAD, headers=SAFE)

    def _door(self, request: web.Request) -> str:
        self._enter(request)
        name = NAMES.get(request.match_info["method"].lower())
        if name is None:
            raise not_found()
        return name

    def _enter(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            raise not_found()
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise unauthorized()

    async def _answer(self, request: web.Request, name: str, params: Mapping[str, Any]) -> web.StreamResponse:
        chat_id = _number(params.get("chat_id"))
        fault = self._faults.take(name, params, chat_id)
        at, status, body, carried_out = self._world.clock(), 0, None, False
        try:
            if fault and not fault.after_effect:
                early = await self._strike(request, fault, None)
                if early is not None:
                    status = early.status
                    return early
            status, body = await self._carry_out(name, params, chat_id)
            carried_out = status == HTTPStatus.OK
            late = await self._strike(request, fault, body) if fault and fault.after_effect else None
            if late is not None:
                status = late.status
            return late or web.json_response(body, status=status)
        finally:
            self._calls.add(
                Call(
                    method=name,
                    params=params,
                    chat_id=chat_id,
                    at=at,
                    status=status,
                    response=body,
                    carried_out=carried_out,
                )
            )
            self._world.tell("call")

    async def _strike(self, request: web.Request, fault: Fault, body: Any) -> web.StreamResponse | None:
        """Give the faulty answer; None when the true one follows."""
        if fault.kind is Kind.HANG:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(fault.over.wait(), fault.seconds)
            return None
        if fault.kind is Kind.RESET:
            if request.transport:
                request.transport.abort()
            raise asyncio.CancelledError
        return struck(fault, body)

    async def _carry_out(self, name: str, params: Mapping[str, Any], chat_id: int | None) -> tuple[int, dict[str, Any]]:
        try:
            self._spend(name, params, chat_id)
            result = await self._result(name, Params(params))
        except ApiError as error:
            return error.code, error.as_json()
        return HTTPStatus.OK, {"ok": True, "result": result}

    async def _result(self, name: str, params: Params) -> Any:
        if name == "getUpdates":
            return await get_updates(self._world.updates, self._webhook, params)
        if name in PLAIN:
            return PLAIN[name](self._world, params)
        return receiving.METHODS[name](self._world.updates, self._webhook, params)

    def _spend(self, name: str, params: Mapping[str, Any], chat_id: int | None) -> None:
        if chat_id is not None and COSTS.fullmatch(name):
            parts = "media" if name == "sendMediaGroup" else "message_ids"
            several = Params(params).items(parts) or [None]
            self._limiter.spend(chat_id, len(several))


def _number(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.removeprefix("-").isdecimal() else None


def _refused(error: ApiError) -> web.Response:
    return web.json_response(error.as_json(), status=error.code)
