"""Lines on the page: what they said before, what they answer, what became of them."""

from __future__ import annotations

from typing import Any

import pytest

from services.delivery.messenger import Refused
from services.messages.shaped import shaped
from tests.dashboard.visitor import Browser, new_key
from tests.lines.world import CUSTOMER_ID, World

QUESTION = "не пришла посылка, позовите оператора"


async def test_what_a_line_said_before_stands_with_it(world: World, maria: Browser) -> None:
    await world.says(1, QUESTION)
    await world.works()
    await world.says(1, "не пришла посылка 17, позовите оператора", edited=True)
    await world.works()
    line = (await maria.lines())[0]
    assert line["text"] == "не пришла посылка 17, позовите оператора"
    assert [one["words"] for one in line["earlier"]] == [{"text": QUESTION, "entities": []}]
    assert line["earlier"][0]["until"] == line["edited_at"]


async def test_a_reply_names_the_line_it_answers(world: World, maria: Browser) -> None:
    await world.says(1, QUESTION)
    await world.works()
    first = (await maria.lines())[0]
    await world.says(
        2, "вот об этом", reply_to_message={"message_id": 1, "date": 1, "chat": {"id": CUSTOMER_ID, "type": "private"}}
    )
    await world.works()
    line = next(one for one in await maria.lines() if one["text"] == "вот об этом")
    assert line["answered"] == {
        "id": first["id"],
        "author": "customer",
        "author_name": None,
        "kind": "text",
        "text": QUESTION,
    }


async def test_a_refused_line_says_why_and_is_sent_again_once(world: World, maria: Browser) -> None:
    await world.says(1, QUESTION)
    await world.works()
    world.screen.refusing = Refused("Bad Request: MESSAGE_TOO_STRANGE")
    await maria.writes(1, "ответ")
    await world.works()
    line = (await maria.lines())[-1]
    assert (line["delivered"], line["lost"], line["again"]) == (False, True, True)
    assert "MESSAGE_TOO_STRANGE" in line["why"]
    world.screen.refusing = None
    for _ in range(2):  # by two people at once
        status, told = await maria.post(f"lines/{line['id']}/again", key=new_key())
        assert (status, told["outcome"]) == (200, "line_again")
    line = (await maria.lines())[-1]
    assert (line["lost"], line["again"]) == (False, False), "it is under way"
    await world.works()
    assert world.screen.texts(CUSTOMER_ID).count("ответ") == 1
    line = (await maria.lines())[-1]
    assert (line["delivered"], line["again"]) == (True, False)
    late = await maria.post(f"lines/{line['id']}/again", key=new_key())
    assert late[1]["outcome"] == "outdated"


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("просто &lt;текст&gt;", "просто <текст>", []),
        ("😀 <b>да</b>", "😀 да", [("bold", 3, 2, None)]),
        ('<a href="https://a.example">тут</a>', "тут", [("text_link", 0, 3, "https://a.example")]),
        ("<b>a<i>b</b>c</i>", "abc", [("bold", 0, 2, None), ("italic", 1, 2, None)]),
        ("<script>x</script></b>", "x", []),
    ],
)
def test_our_own_html_is_told_as_text_with_formatting(html: str, text: str, entities: list[Any]) -> None:
    words, found = shaped(html)
    assert words == text
    assert [(one["type"], one["offset"], one["length"], one.get("url")) for one in found] == entities
