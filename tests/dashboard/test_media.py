"""Files of lines on the page: fetched through the bot, shown as what they are and as nothing else."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import GetFile, TelegramMethod
from aiohttp import ClientSession

from handlers.http.desk.content_types import DOWNLOAD, type_of
from tests.dashboard.visitor import Browser
from tests.lines.world import TOKEN, World

PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 90
MP4 = b"\x00\x00\x00\x20ftypisom" + b"v" * 90
PICTURE = [
    {"file_id": "small", "file_unique_id": "u1", "width": 320, "height": 200, "file_size": 50},
    {"file_id": "large", "file_unique_id": "u2", "width": 1280, "height": 800, "file_size": len(PNG)},
]
DOCUMENT = {"file_id": "doc", "file_unique_id": "d", "file_name": "счёт\r\nX: y.html", "mime_type": "text/html"}
ASK = "позовите оператора"


class Telegram:
    """Hands files out, as the wire of the bot's session."""

    def __init__(self, world: World) -> None:
        self.files = {"small": b"\xff\xd8\xffs", "large": PNG, "doc": b"<script>alert(1)</script>", "film": MP4}
        self.asked: list[str] = []
        self.streamed: list[str] = []
        self.trouble: Exception | None = None
        self.sizes: dict[str, int] = {}
        session = world.parts.bot.session
        session.make_request = self._answer  # type: ignore[method-assign,assignment]  # the wire's other end
        session.stream_content = self._stream  # type: ignore[method-assign,assignment]

    async def _answer(self, _bot: Any, method: TelegramMethod[Any], **_: Any) -> Any:
        if not isinstance(method, GetFile):
            return True
        if self.trouble is not None:
            raise self.trouble
        name = method.file_id
        self.asked.append(name)
        if name not in self.files:
            raise TelegramBadRequest(method=method, message="Bad Request: wrong file_id or the file is gone")
        return {"file_id": name, "file_path": f"docs/{name}", "file_size": self.sizes.get(name, len(self.files[name]))}

    async def _stream(self, url: str, **_: Any) -> AsyncGenerator[bytes, None]:
        self.streamed.append(url)
        content = self.files[url.rpartition("/")[2]]
        yield content[:10]
        yield content[10:]


@pytest.fixture
def telegram(world: World) -> Telegram:
    return Telegram(world)


async def fetch(maria: Browser, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    url = f"{maria.base}/api/desk/lines/{path}"
    async with maria.http.get(url, headers={"Cookie": f"desk_session={maria.cookie}"} | headers) as answer:
        return answer.status, dict(answer.headers), await answer.read()


async def last(maria: Browser) -> dict[str, Any]:
    return [line for line in await maria.lines() if line["author"] == "customer"][-1]


async def test_a_picture_is_shown_small_and_large_and_fetched_once(
    world: World, maria: Browser, telegram: Telegram
) -> None:
    await world.says(1, ASK, photo=PICTURE)
    line = await last(maria)
    assert line["file"] == {
        "name": None,
        "mime": None,
        "size": len(PNG),
        "seconds": None,
        "thumb": True,
        "too_big": False,
    }
    await fetch(maria, f"{line['id']}/file")
    status, headers, body = await fetch(maria, f"{line['id']}/file")
    assert (status, headers["Content-Type"], body) == (200, "image/png", PNG)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, max-age=300"
    assert (await fetch(maria, f"{line['id']}/thumb"))[1]["Content-Type"] == "image/jpeg"
    assert telegram.asked == ["large", "small"]
    assert all(TOKEN in url for url in telegram.streamed), "by the address that nobody else sees"


async def test_a_page_of_a_stranger_is_only_ever_kept(world: World, maria: Browser, telegram: Telegram) -> None:
    await world.says(1, ASK, document=DOCUMENT)
    line = await last(maria)
    status, headers, body = await fetch(maria, f"{line['id']}/file")
    assert (status, headers["Content-Type"], body) == (200, DOWNLOAD, telegram.files["doc"])
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D1%81")
    assert "X" not in headers
    assert (await fetch(maria, f"{line['id']}/thumb"))[0] == 410


async def test_a_player_may_look_into_the_middle(world: World, maria: Browser, telegram: Telegram) -> None:
    film = {"file_id": "film", "file_unique_id": "f", "width": 1, "height": 1, "duration": 7}
    await world.says(1, ASK)
    await world.says(2, video=film)
    line = await last(maria)
    assert line["file"]["seconds"] == 7
    status, headers, body = await fetch(maria, f"{line['id']}/file", Range="bytes=4-7")
    assert (status, body) == (206, b"ftyp")
    assert headers["Content-Range"] == f"bytes 4-7/{len(MP4)}"
    assert (await fetch(maria, f"{line['id']}/file", Range="bytes=-5"))[2] == MP4[-5:]
    assert (await fetch(maria, f"{line['id']}/file", Range="bytes=9999-"))[0] == 416
    assert telegram.asked == ["film"]


async def test_what_cannot_be_shown_says_why(world: World, maria: Browser, telegram: Telegram) -> None:
    await world.says(1, ASK, photo=PICTURE)
    line = await last(maria)
    telegram.trouble = TelegramNetworkError(method=GetFile(file_id="large"), message=f"/file/bot{TOKEN}/x")
    status, _, body = await fetch(maria, f"{line['id']}/file")
    assert status == 503
    assert TOKEN.encode() not in body
    telegram.trouble = TelegramBadRequest(method=GetFile(file_id="large"), message="Bad Request: file is too big")
    assert (await fetch(maria, f"{line['id']}/file"))[0] == 413
    telegram.trouble = None
    telegram.sizes["large"] = 21 * 1024 * 1024
    assert (await fetch(maria, f"{line['id']}/file"))[0] == 413
    del telegram.files["large"]
    assert (await fetch(maria, f"{line['id']}/file"))[0] == 410
    await world.says(2, "и текстом")
    assert (await fetch(maria, f"{(await last(maria))['id']}/file"))[0] == 410


async def test_a_file_that_is_known_to_be_too_big_is_not_asked_for(
    world: World, maria: Browser, telegram: Telegram
) -> None:
    await world.says(1, ASK, document=DOCUMENT | {"file_size": 30_000_000})
    line = await last(maria)
    assert line["file"]["too_big"]
    assert (await fetch(maria, f"{line['id']}/file"))[0] == 413
    assert telegram.asked == []


async def test_nobody_but_the_team_is_given_one(
    world: World, maria: Browser, telegram: Telegram, http: ClientSession
) -> None:
    await world.says(1, ASK, photo=PICTURE)
    line = await last(maria)
    async with http.get(f"{maria.base}/api/desk/lines/{line['id']}/file") as answer:
        assert answer.status == 401
    assert telegram.asked == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF0000WEBPVP8 ", "image/webp"),
        (b"RIFF0000WAVEfmt ", "audio/wav"),
        (b"OggS0", "audio/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (MP4, "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", DOWNLOAD),
        (b"<!doctype html>", DOWNLOAD),
        (b"%PDF-1.7", DOWNLOAD),
        (b"", DOWNLOAD),
    ],
)
def test_what_a_file_is_is_told_by_its_beginning(content: bytes, kind: str) -> None:
    assert type_of(content) == kind
