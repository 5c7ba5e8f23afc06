"""Reads what a request brings: so much and no more, packed or not, in bounded time."""

from __future__ import annotations

import asyncio
import zlib
from typing import Final

from aiohttp import web

from handlers.http.problems import Problem

BODY_S: Final = 20.0
_PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32


async def body_of(request: web.Request, most: int, *, within_s: float = BODY_S) -> bytes:
    """Return the body. Raises Problem as soon as it grows too long, also by being unpacked."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in _PACKED | {"identity", ""}:
        raise Problem(415, "Content-Encoding: send the body as it is, or as gzip or deflate")
    try:
        async with asyncio.timeout(within_s):
            raw = await _received(request, most)
    except TimeoutError:
        raise Problem(408, f"the body did not come within {within_s:.0f} s") from None
    except (web.RequestPayloadError, ConnectionError, EOFError):
        raise Problem(400, "the body ends before its end") from None
    return _unpacked(raw, most) if encoding in _PACKED else raw


async def _received(request: web.Request, most: int) -> bytes:
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > most:
            raise _too_long(most)
    return bytes(raw)


def _unpacked(packed: bytes, most: int) -> bytes:
    """Unpack one body, whole and without anything behind it."""
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        body = unpacker.decompress(packed, most + 1)
    except zlib.error:
        raise Problem(400, "the body cannot be unpacked") from None
    if len(body) > most:
        raise _too_long(most)
    if not unpacker.eof or unpacker.unused_data:
        raise Problem(400, "the body cannot be unpacked")
    return body


def _too_long(most: int) -> Problem:
    return Problem(413, f"the body may have {most} bytes")
