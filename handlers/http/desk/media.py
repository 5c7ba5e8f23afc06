"""The files that lines show: pictures, sound and film as such, all else to keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal
from urllib.parse import quote

from aiohttp import hdrs, web

from handlers.http.desk.content_types import DOWNLOAD, type_of
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import FileQuery
from handlers.http.problems import Problem
from services.dashboard.media import FileAway, FileGone, FileTooBig, Media

CACHED_S: Final = 300
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": f"private, max-age={CACHED_S}",
    "Referrer-Policy": "no-referrer",
    "Accept-Ranges": "bytes",
}
AWAY_S: Final = 5
Part = Literal["file", "thumb"]


class MediaRoutes:
    """Serves them to who is signed in."""

    def __init__(self, *, media: Media) -> None:
        self._media = media

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/lines/{{line}}/file",
            summary="What a line shows: a picture, sound or film as such, other files as a download; ranges are served",
            does=self.file,
            query=FileQuery,
            answer=None,
            media=DOWNLOAD,
            refusals=(410, 413, 416),
            headers=(("Range", "which bytes of it"),),
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/lines/{{line}}/thumb",
            summary="A small picture of what a line shows",
            does=self.thumb,
            answer=None,
            media=DOWNLOAD,
            refusals=(410,),
        )

    async def file(self, ask: Ask) -> web.StreamResponse:
        query: FileQuery = ask.query
        return await self._served(ask, small=False, keep=query.keep)

    async def thumb(self, ask: Ask) -> web.StreamResponse:
        return await self._served(ask, small=True, keep=False)

    async def _served(self, ask: Ask, *, small: bool, keep: bool) -> web.StreamResponse:
        try:
            found = await self._media.of(ask.number("line"), small=small)
        except FileGone:
            raise Problem(410, "Telegram no longer has this file; ask the customer to send it again") from None
        except FileTooBig:
            raise Problem(413, "Telegram gives bots no files over 20 MB; open it in the group") from None
        except FileAway:
            raise Problem(503, "Telegram does not answer; try again", Retry_After=str(AWAY_S)) from None
        kind = DOWNLOAD if keep else type_of(found.bytes)
        headers = HEADERS | {hdrs.CONTENT_DISPOSITION: _disposition(found.name, keep=kind == DOWNLOAD)}
        return _ranged(ask.request, found.bytes, headers | {hdrs.CONTENT_TYPE: kind})


def _disposition(name: str | None, *, keep: bool) -> str:
    """Name the file as its sender did, in letters that cannot end the header."""
    way = "attachment" if keep else "inline"
    return f"{way}; filename*=UTF-8''{quote(name, safe='')}" if name else way


def _ranged(request: web.Request, content: bytes, headers: dict[str, str]) -> web.Response:
    """Serve the bytes that are asked for: players look into the middle of a film before they show its beginning."""
    try:
        wanted = request.http_range
    except ValueError:
        wanted = slice(None)
    if wanted.start is None and wanted.stop is None:
        return web.Response(body=content, headers=headers)
    start, stop, _ = wanted.indices(len(content))
    if start >= stop:
        return web.Response(status=416, headers=headers | {hdrs.CONTENT_RANGE: f"bytes */{len(content)}"})
    told = {hdrs.CONTENT_RANGE: f"bytes {start}-{stop - 1}/{len(content)}"}
    return web.Response(status=206, body=content[start:stop], headers=headers | told)
