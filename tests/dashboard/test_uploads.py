"""Files from the page: the customer gets them, the group sees who sent them, and nothing of them stays for long."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from services.delivery.messenger import Refused
from services.delivery.uploaded import uploaded
from services.privacy.erasure import exported
from storage.uploads import MARK
from tests.dashboard.visitor import Browser, new_key, sign_in, visited
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 90
BYTES = {"Content-Type": "application/octet-stream"}


async def ticket(world: World) -> int:
    await world.says(1, "не пришла посылка, позовите оператора")
    await world.passes(5)
    return 1


async def sends(maria: Browser, number: int, content: bytes, **query: str) -> tuple[int, Any]:
    asked = {"name": "счёт.png", "key": new_key()} | query
    url = f"{maria.base}/api/desk/tickets/{number}/files"
    headers = {"Cookie": f"desk_session={maria.cookie}", "X-CSRF-Token": maria.csrf} | BYTES
    async with maria.http.post(url, params=asked, data=BytesIO(content), headers=headers) as answer:
        return answer.status, await answer.json()


async def last(maria: Browser) -> dict[str, Any]:
    return (await maria.lines())[-1]


async def test_a_file_reaches_the_customer_and_stands_in_the_group_under_its_authors_name(
    world: World, maria: Browser
) -> None:
    number = await ticket(world)
    bold = json.dumps([{"type": "bold", "offset": 0, "length": 3}])
    query = {"text": "Ваш счёт", "entities": bold, "key": new_key()}
    for _ in range(2):  # the same once more
        assert (await sends(maria, number, PNG, **query))[0] == 200
    await world.works()
    sent = sorted((chat, file.name, file.content, file.is_picture) for chat, file in world.screen.files)
    assert sent == [(GROUP_ID, "счёт.png", PNG, True), (CUSTOMER_ID, "счёт.png", PNG, True)]
    assert "Ваш счёт" in world.screen.texts(CUSTOMER_ID)
    assert "💻 Мария (web):\nВаш счёт" in world.screen.texts(GROUP_ID)
    line = await last(maria)
    assert (line["kind"], line["delivered"], line["mine"]) == ("photo", True, True)
    assert line["file"]["name"] == "счёт.png"
    url = f"{maria.base}/api/desk/lines/{line['id']}/file"
    async with maria.http.get(url, headers={"Cookie": f"desk_session={maria.cookie}"}) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PNG)
    _, found = await maria.get(f"tickets/{number}")
    assert found["ticket"]["state"] == "awaiting_customer"


async def test_several_files_are_one_album(world: World, maria: Browser) -> None:
    number = await ticket(world)
    album = {"album": new_key(), "parts": "3"}
    for part in range(2):
        more = {"name": f"{part}.png", "part": str(part)} | ({"text": "Снимки"} if part == 0 else {})
        assert (await sends(maria, number, PNG, **album, **more))[0] == 200
        await world.works()
    assert world.screen.files == [], "the third is on its way"
    assert (await sends(maria, number, PNG, **album, name="2.png", part="2"))[0] == 200
    async with asyncio.timeout(90):
        while len(world.screen.albums) < 2:  # queues of PostgreSQL go by its own clock
            await world.passes(1)
            await asyncio.sleep(0.05)
    names = ["0.png", "1.png", "2.png"]
    assert sorted(world.screen.albums) == [[(chat, name) for name in names] for chat in (GROUP_ID, CUSTOMER_ID)]
    assert [text for text in world.screen.texts(GROUP_ID) if "Мария (web)" in text] == ["💻 Мария (web):\nСнимки"]
    lines = (await maria.lines())[-3:]
    assert len({line["album"] for line in lines}) == 1
    assert [line["delivered"] for line in lines] == [True] * 3


async def test_an_album_that_never_gets_whole_is_sent_as_far_as_it_is_here(
    sqlite_url: str, tmp_path: Path, http: ClientSession
) -> None:
    world = World(sqlite_url, tmp_path, SUPPORT_CLASSIFIER__PAUSE_S="0")  # whose queues go by the clock of the test
    await world.open()
    async with visited(world, http) as browser:
        await _sent_in_part(world, await sign_in(world, browser))
    await world.close()


async def _sent_in_part(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await sends(maria, number, PNG, album=new_key(), parts="2", part="0"))[0] == 200
    await world.passes(5)
    assert world.screen.files == []
    await world.passes(30)
    assert len(world.screen.files) == 2, "with the customer and in the group"


async def test_a_file_can_answer_a_line_on_both_sides(world: World, maria: Browser) -> None:
    number = await ticket(world)
    await world.says(2, "где счёт?")
    await world.passes(5)
    asked = next(line for line in await maria.lines() if line["text"] == "где счёт?")
    assert (await sends(maria, number, PNG, answers=str(asked["id"])))[0] == 200
    await world.works()
    assert (await last(maria))["answered"]["id"] == asked["id"]
    file = max(at for chat, at in world.screen.shown if chat == CUSTOMER_ID)
    assert world.screen.targets[CUSTOMER_ID, file].reply_to == 2
    assert (await sends(maria, number, PNG, answers="x"))[0] == 422


async def test_what_does_not_fit_is_refused(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await sends(maria, number, b""))[0] == 422
    assert (await sends(maria, number, PNG, name="a/b"))[0] == 422
    assert (await sends(maria, number, PNG, text="x" * 901))[0] == 422
    assert (await sends(maria, number, PNG, entities='[{"type":"bold","offset":0,"length":9}]'))[0] == 422
    assert (await sends(maria, number, PNG, entities="{"))[0] == 400
    assert (await sends(maria, 77, PNG))[0] == 404
    await maria.writes_as("c-7", "позовите оператора")
    await world.works()
    _, page = await maria.get("tickets", view="open", channel="api")
    assert (await sends(maria, page["tickets"][0]["id"], PNG))[0] == 409
    assert world.screen.files == []


async def test_one_that_is_too_large_is_refused_before_it_is_read(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await sends(maria, number, b"x" * (20 * 1024 * 1024 + 1)))[0] == 413


async def test_a_refused_file_can_be_sent_again_and_a_page_is_no_picture(world: World, maria: Browser) -> None:
    number = await ticket(world)
    world.screen.refusing = Refused("Bad Request: PHOTO_INVALID")
    say = world.screen.send_file

    async def refuses(target: Any, *told: Any, **more: Any) -> Any:
        if target.chat_id == CUSTOMER_ID and world.screen.refusing is not None:
            raise world.screen.refusing
        return await say(target, *told, **more)

    world.screen.send_file = refuses  # type: ignore[method-assign]  # as a server that takes no such picture
    await sends(maria, number, b"<svg/>", name="x.svg")
    await world.works()
    line = await last(maria)
    assert (line["kind"], line["lost"], line["again"]) == ("document", True, True)
    assert "PHOTO_INVALID" in line["why"]
    world.screen.refusing = None
    assert (await maria.post(f"lines/{line['id']}/again", key=new_key()))[1]["outcome"] == "line_again"
    await world.works()
    assert (CUSTOMER_ID, b"<svg/>") in [(chat, file.content) for chat, file in world.screen.files]
    assert (await last(maria))["delivered"]


async def test_the_bytes_go_with_time_and_with_the_line(world: World, maria: Browser) -> None:
    number = await ticket(world)
    await sends(maria, number, PNG)
    await world.works()
    line = await last(maria)
    assert '"uploads"' in (await exported(world.store, 1) or "")
    assert await uploaded(world.store, str(line["id"])) is not None
    await maria.post(f"lines/{line['id']}/take-back", key=new_key())
    assert await uploaded(world.store, str(line["id"])) is None
    await sends(maria, number, PNG)
    line = await last(maria)
    world.now += timedelta(days=2)
    await world.parts.retention.tidy()
    assert await uploaded(world.store, str(line["id"])) is None


async def test_the_name_that_telegram_gives_a_file_takes_the_place_of_the_bytes(world: World, maria: Browser) -> None:
    number = await ticket(world)
    await sends(maria, number, PNG)
    line = await last(maria)
    kept = await world.store.read(lambda unit: unit.attachments.get(line["id"]))
    assert kept is not None
    assert kept.file_id.startswith(MARK)
    await world.store.write(lambda unit: unit.attachments.name(line["id"], "tg-7"))
    kept = await world.store.read(lambda unit: unit.attachments.get(line["id"]))
    assert kept is not None
    assert (kept.file_id, kept.name) == ("tg-7", "счёт.png")
