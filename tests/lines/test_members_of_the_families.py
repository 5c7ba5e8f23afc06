"""Members of the families of `tests/cases`, kind by kind: what comes alone, with a command, forwarded."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.lines.first_ticket import opened, ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

CALLS = "позовите оператора"
FILE: Final = {"file_id": "f", "file_unique_id": "u"}
SIZE: Final = {"width": 1, "height": 1}
WITH_CAPTION: Final[dict[str, dict[str, Any]]] = {
    "photo": {"photo": [FILE | SIZE]},
    "video": {"video": FILE | SIZE | {"duration": 1}},
    "animation": {"animation": FILE | SIZE | {"duration": 1}, "document": FILE},
    "document": {"document": FILE},
    "audio": {"audio": FILE | {"duration": 1}},
    "voice": {"voice": FILE | {"duration": 1}},
}
BARE: Final[dict[str, dict[str, Any]]] = {
    "video note": {"video_note": FILE | {"length": 1, "duration": 1}},
    "location": {"location": {"latitude": 1.0, "longitude": 2.0}},
    "contact": {"contact": {"phone_number": "+70000000000", "first_name": "Б"}},
    "venue": {
        "venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "Т", "address": "А"},
        "location": {"latitude": 1.0, "longitude": 2.0},
    },
}
HIDDEN: Final[dict[str, Any]] = {
    "forward_origin": {"type": "hidden_user", "sender_user_name": "Пётр Тайный", "date": 1}
}
ALL: Final = WITH_CAPTION | BARE


@pytest.mark.parametrize("kind", ALL)
async def test_what_comes_alone_reaches_people(either: World, kind: str) -> None:
    await either.says(1, **ALL[kind])
    await either.passes(20)
    assert either.screen.sent_to(GROUP_ID) == [1]
    await either.says(2, **ALL[kind])
    await either.passes(20)
    assert either.screen.sent_to(GROUP_ID) == [1, 2], "and the next one follows in the same ticket"


@pytest.mark.parametrize("kind", WITH_CAPTION)
async def test_a_file_that_the_bot_answered_follows_the_card(either: World, kind: str) -> None:
    await either.says(1, caption="доставка когда?", **WITH_CAPTION[kind])
    await either.passes(20)
    assert either.screen.texts(CUSTOMER_ID)[-1].endswith("Ответ DELIVERY.")
    await either.says(2, CALLS)
    await either.passes(20)
    assert either.screen.sent_to(GROUP_ID) == [1]


@pytest.mark.parametrize("kind", WITH_CAPTION)
async def test_a_caption_that_calls_a_person_brings_its_file(either: World, kind: str) -> None:
    await either.says(1, caption="/operator сломалось", **WITH_CAPTION[kind])
    await either.passes(20)
    assert (await ticket(either)).reason == "asked"
    assert either.screen.sent_to(GROUP_ID) == [1]
    assert either.screen.reads(GROUP_ID, "сломалось")


@pytest.mark.parametrize("kind", ALL)
async def test_what_is_forwarded_names_its_author(either: World, kind: str) -> None:
    await opened(either)
    await either.says(2, **(ALL[kind] | HIDDEN))
    await either.passes(20)
    assert either.screen.sent_to(GROUP_ID) == [2]
    assert either.screen.reads(GROUP_ID, "Пётр")


@pytest.mark.parametrize("kind", WITH_CAPTION)
async def test_a_caption_that_is_changed_in_a_ticket_is_told(either: World, kind: str) -> None:
    await opened(either)
    await either.says(2, caption="чек на 100", **WITH_CAPTION[kind])
    await either.passes(20)
    await either.says(2, caption="чек на 200", edited=True, **WITH_CAPTION[kind])
    await either.passes(20)
    assert either.screen.reads(GROUP_ID, "чек на 200")
    assert (await ticket(either)).id == 1
