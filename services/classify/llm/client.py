"""One question over HTTP: the deadline, the retry, the dialect, and every failure by its name."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Callable
from contextlib import aclosing
from typing import Any
from urllib.parse import quote

import httpx2
import openai

from services.classify.llm.approach import NO_SUCH_MODEL, Approach
from services.classify.llm.counters import LlmTally
from services.classify.llm.dialect import ServerDialect, blames_an_option
from services.classify.llm.failures import LlmUnavailable, Reason, of_status
from services.classify.llm.prices import Usage
from services.classify.llm.prompt import Briefing
from services.classify.llm.replies import BODY_BYTES, Told, read
from services.classify.llm.settings import LlmSettings

_CONNECT_S = 5.0
_PROBES = 4
"""Connections beside those of the calls, so that a look at the health never waits for a turn."""
_RETRIED: frozenset[Reason] = frozenset({"connection", "rate_limited", "overloaded", "server_error"})
_NO_SUCH_ROUTE = (404, 405, 501)
"""Many compatible servers only know the chat: it was the server that answered, and that is what was asked."""
_COMPLAINT_SIGNS = 500
"""The error comes first; further on some servers repeat the whole request, with every option's name in it."""


class _Failed(Exception):
    """Never leaves this module."""

    def __init__(
        self,
        reason: Reason,
        *,
        status: int = 0,
        code: str | None = None,
        complaint: str = "",
        wait_s: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.status = status
        self.code = code
        self.complaint = complaint
        self.wait_s = wait_s


class _Unreadable(openai.OpenAIError):
    """A redirect, or too long an answer. The library passes on its own kind unchanged; it is caught in this module."""


class _Client(httpx2.AsyncClient):
    """Reads no more of an answer, errors included, than a good one has. Follows no redirect: the key would travel."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        response = await super().send(request, **(options | {"stream": True, "follow_redirects": False}))
        headers = httpx2.Headers(response.headers)
        try:
            body = _unpacked(await _packed(response), headers)
        except _Unreadable:
            if response.is_success:
                raise
            body = b""  # the status says enough
        for name in ("content-encoding", "content-length", "transfer-encoding"):
            headers.pop(name, None)
        return httpx2.Response(response.status_code, headers=headers, content=body, request=request)


class ModelClient:
    """The connections to one server. Its answers are bytes to be read; nothing of the library gets out of here."""

    def __init__(self, settings: LlmSettings, tally: LlmTally) -> None:
        self._settings = settings
        self._tally = tally
        self._dialect = ServerDialect()
        self._model_path = quote(settings.model, safe="")
        room = settings.max_concurrency
        self._client = openai.AsyncOpenAI(
            api_key=settings.api_key,
            base_url=settings.base_url,
            max_retries=0,  # the one retry is ours: it has to fit into the deadline
            http_client=_Client(
                timeout=httpx2.Timeout(settings.timeout_s, connect=min(_CONNECT_S, settings.timeout_s)),
                limits=httpx2.Limits(max_connections=room + _PROBES, max_keepalive_connections=room + _PROBES),
            ),
        )

    @property
    def dialect(self) -> str:
        """How the server is asked, for people."""
        return self._dialect.usual.shown

    async def ask(self, briefing: Briefing, data: str, paid: Callable[[Usage], None]) -> Told:
        """Return the verdict, or what was proposed, within `timeout_s`; `paid` hears of every answer that was paid for.

        Raises `LlmUnavailable`.
        """
        try:
            async with asyncio.timeout(self._settings.timeout_s) as deadline:
                return await self._ask(briefing, data, deadline.when() or 0.0, paid)
        except TimeoutError:
            raise LlmUnavailable("timeout") from None
        except _Failed as failed:
            raise LlmUnavailable(failed.reason) from None

    async def reach(self, within_s: float) -> Reason | None:
        """Ask for the model's name card, which costs nothing. None: all is well."""
        try:
            async with asyncio.timeout(within_s):
                await self._answer(self._client.get(f"/models/{self._model_path}", cast_to=httpx2.Response))
        except TimeoutError:
            return "timeout"
        except _Failed as failed:
            return None if failed.status in _NO_SUCH_ROUTE and failed.code != NO_SUCH_MODEL else failed.reason
        return None

    async def aclose(self) -> None:
        await self._client.close()

    async def _ask(self, briefing: Briefing, data: str, deadline: float, paid: Callable[[Usage], None]) -> Told:
        approach, retried = Approach(self._dialect), False
        echoes = data.count("{") > 1 or "scenario" in data
        while True:
            try:
                body = await self._send(approach.dialect.body(self._settings.model, briefing, data))
            except _Failed as failed:
                if not retried and _may_pass(failed):
                    retried = True
                    await self._pause(failed, deadline)
                elif not _refused(approach, failed):
                    raise
                continue
            reply = read(body, briefing.keys, echoes=echoes and not briefing.proposes, proposes=briefing.proposes)
            paid(reply.usage)
            if reply.speechless and approach.too_short():
                continue
            approach.heard(understood=not isinstance(reply.choice, str), nonsense=reply.choice == "off_schema")
            if not isinstance(reply.choice, str):
                return reply.choice
            raise LlmUnavailable(reply.choice)

    async def _send(self, fields: dict[str, Any]) -> bytes:
        self._tally.calls += 1
        return await self._answer(self._client.post("/chat/completions", cast_to=httpx2.Response, body=fields))

    async def _pause(self, failed: _Failed, deadline: float) -> None:
        """Wait as long as the server asks; one that asks for more than there is has said no."""
        wait_s = failed.wait_s if failed.wait_s is not None else self._settings.retry_pause_s * random.uniform(0.5, 1.5)  # noqa: S311 - spreads retries
        if asyncio.get_running_loop().time() + wait_s >= deadline:
            raise failed
        self._tally.retries += 1
        await asyncio.sleep(wait_s)

    @staticmethod
    async def _answer(call: Any) -> bytes:
        try:
            response: httpx2.Response = await call
        except openai.APITimeoutError:
            raise _Failed("timeout") from None
        except (openai.APIConnectionError, OSError, RuntimeError):  # RuntimeError: closed while we asked
            raise _Failed("connection") from None
        except openai.APIStatusError as error:
            raise _refusal(error) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            raise _Failed("garbled") from None
        return response.content


def _may_pass(failed: _Failed) -> bool:
    """Whether the same may well be answered in a moment."""
    return failed.reason in _RETRIED and not (failed.reason == "server_error" and blames_an_option(failed.complaint))


def _refused(approach: Approach, failed: _Failed) -> bool:
    return approach.refused(failed.reason, status=failed.status, code=failed.code, complaint=failed.complaint)


async def _packed(response: httpx2.Response) -> bytes:
    body = bytearray()
    async with aclosing(response), aclosing(response.aiter_raw()) as parts:
        async for part in parts:
            body += part
            if len(body) > BODY_BYTES:
                raise _Unreadable
    return bytes(body)


def _unpacked(packed: bytes, headers: httpx2.Headers) -> bytes:
    """Unpack piece by piece. Packed twice is refused: a megabyte could keep us busy for hours and still give little."""
    if len(headers.get_list("content-encoding", split_commas=True)) > 1:
        raise _Unreadable
    body = bytearray()
    try:
        for part in httpx2.Response(200, headers=headers, stream=httpx2.ByteStream(packed)).iter_bytes():
            body += part
            if len(body) > BODY_BYTES:
                raise _Unreadable
    except httpx2.DecodingError:
        raise _Unreadable from None
    return bytes(body)


def _refusal(error: openai.APIStatusError) -> _Failed:
    complaint = f"{error.param} {error.code} {error.body}"[:_COMPLAINT_SIGNS]
    return _Failed(
        of_status(error.status_code, error.code, complaint),
        status=error.status_code,
        code=error.code,
        complaint=complaint,
        wait_s=_retry_after(error.response.headers.get("retry-after", "")),
    )


def _retry_after(said: str) -> float | None:
    """Read seconds; a date is as good as silence, as the deadline is nearer than any clock is exact."""
    try:
        seconds = float(said)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
