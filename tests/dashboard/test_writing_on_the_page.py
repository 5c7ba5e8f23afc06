"""What is written on the page: formatting, replies to a line, corrections, lines taken back, who else is writing."""

from __future__ import annotations

from typing import Any

import pytest

from services.desk.own_lines import OwnLines
from tests.dashboard.visitor import OLGA, Browser, new_key, next_of, sign_in
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

QUESTION = "не пришла посылка, позовите оператора"
BOLD = {"type": "bold", "offset": 0, "length": 3}


async def ticket(world: World) -> int:
    await world.says(1, QUESTION)
    await world.passes(5)
    return 1


def in_group(world: World, words: str) -> list[str]:
    return [text for text in world.screen.texts(GROUP_ID) if words in text]


async def test_formatting_is_what_the_customer_and_the_group_see(world: World, maria: Browser) -> None:
    number = await ticket(world)
    link = {"type": "text_link", "offset": 4, "length": 3, "url": "https://shop.example/7"}
    body = {"text": "Уже тут", "entities": [BOLD, link], "key": new_key()}
    assert (await maria.post(f"tickets/{number}/replies", **body))[0] == 200
    await world.works()
    [words] = [one.words for one in world.screen.shown.values() if one.words.text == "Уже тут"]
    assert (words.html, words.entities) == (False, (BOLD, link))
    [shown] = [one.words for one in world.screen.shown.values() if one.words.text == "💻 Мария (web):\nУже тут"]
    assert [one["offset"] for one in shown.entities] == [0, 16, 20]
    assert (await maria.lines())[-1]["words"] == {"text": "Уже тут", "entities": [BOLD, link]}


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "bold", "offset": 5, "length": 3},
        {"type": "bold", "offset": -1, "length": 3},
        {"type": "bold", "offset": 0, "length": 0},
        {"type": "bold", "offset": 0, "length": 1, "url": "https://a.example"},
        {"type": "text_link", "offset": 0, "length": 1},
        {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"},
        {"type": "text_mention", "offset": 0, "length": 1},
        {"type": "bold", "offset": 0, "length": 1, "user": 5},
    ],
)
async def test_formatting_that_is_none_is_refused(world: World, maria: Browser, entity: dict[str, Any]) -> None:
    number = await ticket(world)
    body = {"text": "семь ч", "entities": [entity], "key": new_key()}
    assert (await maria.post(f"tickets/{number}/replies", **body))[0] == 422


async def test_a_reply_hangs_on_the_line_it_answers_and_on_no_line_of_others(world: World, maria: Browser) -> None:
    number = await ticket(world)
    first = (await maria.lines())[0]
    await maria.post(f"tickets/{number}/replies", text="про это", answers=first["id"], key=new_key())
    await world.works()
    [place] = [at for at, one in world.screen.shown.items() if one.words.text == "про это"]
    assert world.screen.targets[place].reply_to == 1
    line = (await maria.lines())[-1]
    assert line["answered"]["id"] == first["id"]
    await maria.writes_as("c-7", "позовите оператора")
    await world.works()
    _, page = await maria.get("tickets", view="open", channel="api")
    other = page["tickets"][0]["id"]
    await maria.post(f"tickets/{other}/replies", text="и это", answers=first["id"], key=new_key())
    _, said = await maria.get(f"customers/{page['tickets'][0]['customer_id']}/lines")
    assert said["lines"][-1]["answered"] is None


async def test_a_correction_reaches_the_customer_the_group_and_stands_with_what_was_said(
    world: World, maria: Browser
) -> None:
    number = await ticket(world)
    await maria.writes(number, "Завтро привезём")
    await world.works()
    line = (await maria.lines())[-1]
    assert line["mine"]
    body = {"text": "Завтра привезём", "entities": [], "key": new_key()}
    assert (await maria.put(f"lines/{line['id']}", **body))[1]["outcome"] == "line_changed"
    await world.works()
    assert world.screen.texts(CUSTOMER_ID)[-1] == "Завтра привезём"
    assert in_group(world, "привезём") == ["💻 Мария (web):\nЗавтра привезём"]
    line = (await maria.lines())[-1]
    assert [one["words"]["text"] for one in line["earlier"]] == ["Завтро привезём"]
    olga = await sign_in(world, maria, OLGA)
    assert not (await olga.lines())[-1]["mine"]
    assert (await olga.put(f"lines/{line['id']}", text="чужое", key=new_key()))[1]["outcome"] == "outdated"
    asked = (await maria.lines())[0]
    assert (await maria.put(f"lines/{asked['id']}", text="чужое", key=new_key()))[1]["outcome"] == "outdated"


async def test_a_line_taken_back_is_gone_for_the_customer_and_told_of_in_the_group(
    world: World, maria: Browser
) -> None:
    number = await ticket(world)
    await maria.writes(number, "не туда")
    await world.works()
    line = (await maria.lines())[-1]
    for outcome in ("line_withdrawn", "outdated"):
        assert (await maria.post(f"lines/{line['id']}/take-back", key=new_key()))[1]["outcome"] == outcome
    await world.works()
    assert "не туда" not in world.screen.texts(CUSTOMER_ID)
    assert in_group(world, "не туда") == []
    assert len(in_group(world, "отозвано")) == 1
    answer = next(one for one in await maria.lines() if one["author"] == "bot")
    assert (await maria.post(f"lines/{answer['id']}/take-back", key=new_key()))[1]["outcome"] in (
        "line_withdrawn",
        "outdated",
    )
    asked = (await maria.lines())[0]
    assert (await maria.post(f"lines/{asked['id']}/take-back", key=new_key()))[1]["outcome"] == "outdated"


async def test_a_note_is_changed_and_taken_back_by_its_author_alone(world: World, maria: Browser) -> None:
    number = await ticket(world)
    await maria.writes(number, "грубит", what="notes")
    await world.works()
    line = (await maria.lines())[-1]
    olga = await sign_in(world, maria, OLGA)
    assert (await olga.post(f"lines/{line['id']}/take-back", key=new_key()))[1]["outcome"] == "outdated"
    await maria.put(f"lines/{line['id']}", text="вежлив", key=new_key())
    await world.works()
    assert in_group(world, "вежлив") == ["📝 Заметка, Мария (web):\nвежлив"]
    await maria.post(f"lines/{line['id']}/take-back", key=new_key())
    await world.works()
    assert in_group(world, "вежлив") == []
    assert not world.screen.reads(CUSTOMER_ID, "вежлив")


async def test_others_are_told_that_somebody_is_writing_and_the_writer_is_not(world: World, maria: Browser) -> None:
    number = await ticket(world)
    olga = await sign_in(world, maria, OLGA)
    async with olga.events() as hers, maria.events() as own:
        await next_of(hers)
        await next_of(own)
        assert (await maria.post(f"tickets/{number}/typing"))[0] == 200
        _, told = await next_of(hers)
        assert told["typing"] == [{"ticket": number, "name": "Мария"}]
        await maria.does(number, "take")
        _, told = await next_of(own)
        assert "typing" not in told
        assert number in told["tickets"]


def test_the_service_is_the_one_of_the_desk(world: World) -> None:
    assert isinstance(world.parts.desk.own_lines, OwnLines)
