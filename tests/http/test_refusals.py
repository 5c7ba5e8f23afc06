"""What is no request, or one too many: refused in one shape, cheaply, and without a word of it in the log."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import logging
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.running import LAST_REQUESTS_S
from bot.surface import pages
from handlers.http.listener import listening
from tests.http.conftest import SECRET, SECRET_HEADER, hooked
from tests.http.test_api import BEARER, TOKEN
from tests.lines.world import World
from tests.ports import free_port

SAID = {"client_id": "c-1", "content": "Где моя посылка? Когда доставят заказ?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the bot serves, at the door it serves it through; nothing else of a bot is asked here."""

    http: str


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    world = World(sqlite_url, tmp_path, SUPPORT_HTTP__API_TOKEN=TOKEN, SUPPORT_PLAYGROUND__INSIGHT="true")
    await world.open()
    port = free_port()
    async with listening(pages(world.parts), host="127.0.0.1", port=port, last_requests_s=LAST_REQUESTS_S):
        yield Served(http=f"http://127.0.0.1:{port}")
    await world.close()


def bomb(millions: int) -> bytes:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(millions)) + packer.flush()


async def asked(house: Served, raw: bytes) -> tuple[int, bytes]:
    """Send bytes as they are; give the status and the body of what comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(house.http.rpartition(":")[2]))
    writer.write(raw)
    async with asyncio.timeout(90):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        body = await reader.readexactly(int(head.lower().partition("content-length: ")[2].split()[0]))
    writer.close()
    await writer.wait_closed()
    return int(head.split()[1]), body


def refused(body: bytes) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(body)
    assert said.keys() == {"status", "code", "detail"}
    assert said["status"] == "error"
    return said


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/nothing", 404),
        ("POST", "/nothing/", 404),
        ("OPTIONS", "/nothing", 404),
        ("GET", "//health", 404),
        ("GET", "/health/other", 404),
        ("GET", "/api", 404),
        ("GET", "/api/", 404),
        ("GET", "/%ff%00", 404),
        ("POST", "/health", 405),
        ("DELETE", "/metrics", 405),
        ("BREW", "/health", 400),
        ("GET", "/telegram/webhook", 404),
        ("GET", "/playground/verdicts", 400),
        ("PUT", "/api/messages", 405),
    ],
)
async def test_every_refusal_has_one_shape(
    house: Served, http: ClientSession, method: str, path: str, status: int
) -> None:
    async with http.request(method, house.http + path, headers=BEARER) as answer:
        assert (answer.status, answer.content_type) == (status, "application/json")
        refused(await answer.read())
        assert (status == 405) == ("Allow" in answer.headers)


async def test_what_asks_without_wanting_the_answer(house: Served, http: ClientSession) -> None:
    for path in ("/health", "/health/", "/health/live/", "/metrics/", "/api/messages?client_id=c"):
        async with http.head(house.http + path, headers=BEARER) as answer:
            assert (answer.status, await answer.read()) == (200, b"")
    async with http.options(house.http + "/health") as answer:
        assert (answer.status, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03secret-words\r\n\r\n", 400),
        (b"secret-words\r\n\r\n", 400),
        (b"GET / HTTP/9.9 secret-words\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nsecret words\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nA: \x00secret-words\r\n\r\n", 400),
        (b"GET /" + b"secret-words" * 1000 + b" HTTP/1.1\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nA: " + b"secret-words" * 1000 + b"\r\n\r\n", 400),
        (b"POST /api/messages/ HTTP/1.1\r\nContent-Length: secret-words\r\n\r\n", 400),
        (b"POST /health HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nsecret-words", 400),
        (b"GET /health HTTP/1.1\r\nHost: x\r\nExpect: secret-words\r\n\r\n", 417),
        (b"GET /secret-words HTTP/1.1\r\nHost: [::1\r\n\r\n", 404),
        (b"GET http://[::1/secret-words HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"CONNECT secret-words:80 HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (
            b"POST /api/messages/ HTTP/1.1\r\nAuthorization: Bearer " + TOKEN.encode() + b"\r\n"
            b"Transfer-Encoding: chunked\r\n\r\nsecret-words\r\n",
            400,
        ),
    ],
)
async def test_what_is_no_request_leaves_no_trace(
    house: Served, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], raw: bytes, status: int
) -> None:
    with caplog.at_level(logging.DEBUG):
        got, body = await asked(house, raw)
    assert got == status
    assert "secret-words" not in refused(body)["detail"]
    out, err = capfd.readouterr()
    logged = caplog.text + out + err
    assert "secret-words" not in logged
    assert "Traceback" not in logged


GOOD = json.dumps(SAID).encode()


@pytest.mark.parametrize(
    ("encoding", "body", "status"),
    [
        ("gzip", gzip.compress(GOOD), 200),
        ("GZIP", gzip.compress(GOOD), 200),
        ("deflate", zlib.compress(GOOD), 200),
        ("identity", GOOD, 200),
        ("gzip", partial(bomb, 100), 413),
        ("gzip", lambda: gzip.compress(bomb(100)), 400),
        ("gzip", gzip.compress(b"x" * 1_100_000), 413),
        ("gzip", b"not packed at all", 400),
        ("gzip", GOOD, 400),
        ("gzip", gzip.compress(GOOD)[:-9], 400),
        ("gzip", gzip.compress(GOOD) + b"more", 400),
        ("gzip", b"", 400),
        ("deflate", b"\xff" * 100, 400),
        ("gzip, gzip", gzip.compress(gzip.compress(GOOD)), 415),
        ("br", b"\x0b\x02\x80", 415),
        ("zstd", b"(\xb5/\xfd", 415),
        ("pigeon", GOOD, 415),
    ],
)
async def test_a_packed_body_is_unpacked_as_far_as_it_is_one(
    house: Served, http: ClientSession, encoding: str, body: bytes | Callable[[], bytes], status: int
) -> None:
    """A large body is a function, which packs it when its test runs."""
    headers = BEARER | {"Content-Encoding": encoding}
    packed = io.BytesIO(body if isinstance(body, bytes) else body())
    async with http.post(f"{house.http}/api/messages/", data=packed, headers=headers) as answer:
        assert answer.status == status
        if status != 200:
            refused(await answer.read())


async def test_telegram_too_may_pack(sqlite_url: str, home: object, http: ClientSession) -> None:
    headers = {SECRET_HEADER: SECRET, "Content-Encoding": "gzip"}
    async with hooked(sqlite_url) as house:
        for body, status in ((gzip.compress(b'{"update_id": 1}'), 200), (bomb(100), 413), (b"x", 400)):
            async with http.post(f"{house.http}/telegram/webhook", data=io.BytesIO(body), headers=headers) as answer:
                assert answer.status == status


async def test_who_leaves_in_the_middle_leaves_no_trace(house: Served, capfd: pytest.CaptureFixture[str]) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", int(house.http.rpartition(":")[2]))
    head = f"POST /api/messages/ HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 500\r\n\r\n"
    writer.write(head.encode() + b'{"secret-words": ')
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    async with ClientSession() as http, http.get(f"{house.http}/health/live") as answer:
        assert answer.status == 200
    assert "Traceback" not in "".join(capfd.readouterr())


async def test_an_upload_in_drops_is_given_up(house: Served) -> None:
    """Whoever has no token is not even listened to; the connection ends soon after the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(house.http.rpartition(":")[2]))
    writer.write(b"POST /api/messages/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    async with asyncio.timeout(30):
        answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 401")
    writer.close()
