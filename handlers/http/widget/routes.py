"""What a visitor's page asks for: a token, the conversation, a line, a picture, a choice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

from aiohttp import web

from handlers.http.desk.content_types import DOWNLOAD, type_of
from handlers.http.desk.media import HEADERS as FILE_HEADERS
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.uploads import PICTURE_MOST, PICTURES
from handlers.http.messages import SLOWER_S, refusing
from handlers.http.problems import Problem
from handlers.http.reading import body_of
from handlers.http.shutdown_gate import ShutdownGate
from handlers.http.widget import bodies, serializers
from handlers.http.widget.bodies import About, Accepted, SiteLines, SiteWelcome
from handlers.http.widget.gate import Gate
from services.api.choices import Choices
from services.api.messages import NoSuchMessage, TooFast
from services.api.site_chat import Picture, Said, SiteChat, SiteVisitor, address_of
from services.api.visitors import LASTS
from services.dashboard.media import FileAway, FileGone, FileTooBig, Media
from services.dashboard.site_news import SiteNews
from services.templates.variables import plain_words

HERE: Final = "/api/widget"
NAME_MOST: Final = 64
LASTS_S: Final = 120.0
AT_ONCE: Final = 3
"""Pictures that come at the same time: each is held in memory as a whole."""
AWAY_S: Final = 5


class WidgetRoutes:
    """Answers for one visitor, whom the token names."""

    def __init__(
        self,
        *,
        gate: Gate,
        chat: SiteChat,
        choices: Choices,
        news: SiteNews,
        media: Media,
        shutdown: ShutdownGate,
        title: str,
        ask: str,
    ) -> None:
        self._gate = gate
        self._chat = chat
        self._choices = choices
        self._news = news
        self._media = media
        self._shutdown = shutdown
        self._title = title
        self._ask = ask
        self._turns = asyncio.Semaphore(AT_ONCE)

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="POST",
            path=f"{HERE}/session",
            summary="A token for a visitor of a site, new or in the place of an older one",
            does=self.session,
            body=bodies.SessionBody,
            answer=SiteWelcome,
            access="sites",
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/messages",
            summary="What was said, from a line on",
            does=self.read,
            query=bodies.LinesQuery,
            answer=SiteLines,
            access="sites",
            refusals=(404,),
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/messages",
            summary="Write; the answer is the line and what has come after it",
            does=self.write,
            body=bodies.WrittenBody,
            answer=SiteLines,
            access="sites",
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/pictures",
            summary="Send a picture: its bytes as application/octet-stream, JPEG, PNG or WebP",
            does=self.picture,
            query=bodies.PictureQuery,
            answer=SiteLines,
            access="sites",
            takes_bytes=True,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/file",
            summary="The file of a line: a picture as such, all else to keep",
            does=self.file,
            query=bodies.FileOfLine,
            answer=None,
            media=DOWNLOAD,
            access="sites",
            refusals=(404, 410, 413),
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/choices",
            summary="Choose below a line of the bot; the answer is what came of it",
            does=self.choose,
            body=bodies.TakenBody,
            answer=SiteLines,
            access="sites",
            refusals=(404, 409),
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/typing",
            summary="Tell the team that the visitor is writing",
            does=self.typing,
            answer=Accepted,
            access="sites",
        )

    async def session(self, ask: Ask) -> SiteWelcome:
        found = self._gate.welcome(ask.request, ask.body.token)
        return SiteWelcome(
            token=found.token,
            lasts_s=int(LASTS.total_seconds()),
            new=found.new,
            title=self._title,
            ask=self._ask,  # type: ignore[arg-type]  # of the settings
            pictures=bodies.Pictures(types=sorted(PICTURES), most_bytes=PICTURE_MOST),
            text_most=bodies.TEXT_MOST,
        )

    async def read(self, ask: Ask) -> SiteLines:
        visitor, query = self._gate.visitor(ask.request), ask.query
        try:
            page = await self._chat.read(visitor, after=query.after, most=query.limit)
        except NoSuchMessage:
            raise Problem(404, "after: no message of this conversation has this id") from None
        return serializers.lines(page.lines, more=page.more)

    async def write(self, ask: Ask) -> SiteLines:
        self._shutdown.must_be_open()
        visitor, body = self._gate.writer(ask.request), ask.body
        return await self._said(_said(visitor, body.key, body.text, body))

    async def picture(self, ask: Ask) -> SiteLines:
        self._shutdown.must_be_open()
        visitor, query = self._gate.writer(ask.request, picture=True), ask.query
        if ask.request.content_type != DOWNLOAD:
            raise Problem(415, f"send the bytes with Content-Type: {DOWNLOAD}")
        if (ask.request.content_length or 0) > PICTURE_MOST:
            raise _too_large()
        async with self._turns:
            content = await body_of(ask.request, PICTURE_MOST, within_s=LASTS_S)
            if type_of(content) not in PICTURES:
                raise Problem(415, "only JPEG, PNG and WebP pictures are taken here")
            picture = Picture(name=query.file, content=content)
            return await self._said(_said(visitor, query.key, query.text.strip(), query, picture))

    async def file(self, ask: Ask) -> web.StreamResponse:
        row = await self._chat.showing(self._gate.visitor(ask.request), ask.query.line)
        if row is None:
            raise Problem(404, "line: no message of this conversation has this id")
        try:
            found = await self._media.of(row)
        except FileGone:
            raise Problem(410, "this file is not kept any longer") from None
        except FileTooBig:
            raise Problem(413, "this file is too large to be shown here") from None
        except FileAway:
            raise Problem(503, "the file cannot be fetched just now; try again", Retry_After=str(AWAY_S)) from None
        kind = type_of(found.bytes)
        headers = FILE_HEADERS | {"Cross-Origin-Resource-Policy": "cross-origin", "Content-Type": kind}
        way = "inline" if kind in PICTURES else "attachment"
        return web.Response(body=found.bytes, headers=headers | {"Content-Disposition": way})

    async def choose(self, ask: Ask) -> SiteLines:
        self._shutdown.must_be_open()
        visitor, body = self._gate.writer(ask.request), ask.body
        with refusing():
            taken = await self._choices.take(address_of(visitor), body.message_id, body.choice)
        return serializers.lines([taken.line, *([taken.reply] if taken.reply else [])])

    async def typing(self, ask: Ask) -> Accepted:
        await self._news.typing(self._gate.typist(ask.request))
        return Accepted()

    async def _said(self, said: Said) -> SiteLines:
        try:
            return serializers.lines(await self._chat.write(said))
        except TooFast:
            raise Problem(429, "you write too fast; nothing was stored", Retry_After=str(SLOWER_S)) from None


def _said(visitor: str, key: str, text: str, about: About, picture: Picture | None = None) -> Said:
    return Said(
        visitor=visitor,
        key=key,
        content=text,
        name=plain_words(about.name, cap=NAME_MOST),
        language=about.language,
        about=SiteVisitor(
            page_url=plain_words(about.page_url, cap=2000),
            page_title=plain_words(about.page_title, cap=300),
            email=about.email,
        ),
        picture=picture,
    )


def _too_large() -> Problem:
    return Problem(413, f"a picture may have {PICTURE_MOST // 1024 // 1024} MB")
