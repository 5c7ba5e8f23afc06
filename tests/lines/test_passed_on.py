"""What customers pass on or paste is no question of theirs; and what Telegram does not let be copied goes in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from services.delivery.messenger import Leave, MessageGone, Sent, Target, Uncopyable
from tests.lines.test_both_directions import PICTURE, answer, at, group, ticket
from tests.lines.world import CUSTOMER_ID, World

FORWARDED: dict[str, Any] = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Пётр"}}
LONG = "Очень подробная история о том, что было с заказом. " * 12


async def test_a_forward_alone_goes_to_people_although_it_could_be_answered(either: World) -> None:
    await either.says(1, "доставка когда?", **FORWARDED)
    await either.passes(5)
    assert "DELIVERY" not in "".join(either.screen.texts(CUSTOMER_ID))
    assert "обращение №1" in either.screen.texts(CUSTOMER_ID)[-1]
    assert "автор: Пётр" in group(either)[0]
    assert "пересылает чужие слова" in group(either)[0]
    assert either.listener.asked == []


async def test_own_words_beside_a_forward_are_the_question(either: World) -> None:
    await either.says(1, "доставка когда?")
    await either.says(2, "жалоба соседа на магазин", **FORWARDED)
    await either.passes(5)
    assert [question.text for question in either.listener.asked] == ["доставка когда?"]
    assert "DELIVERY" in either.screen.texts(CUSTOMER_ID)[-1]
    assert group(either) == []


@pytest.mark.parametrize("words", ["?", "это правда"])
async def test_a_question_about_a_forward_goes_to_people_with_it(either: World, words: str) -> None:
    await either.says(1, words)
    await either.says(2, "доставка теперь платная", **FORWARDED)
    await either.passes(5)
    assert "обращение №1" in either.screen.texts(CUSTOMER_ID)[-1]
    assert "автор: Пётр\nдоставка теперь платная" in group(either)[0]


async def test_several_forwards_and_pasted_texts_are_one_question(either: World) -> None:
    for number in range(1, 4):
        await either.says(number, f"переписка, часть {number}", **FORWARDED)
        await either.passes(1)
    await either.passes(5)
    assert [text for text in either.screen.texts(CUSTOMER_ID) if "обращение" in text] == [
        either.screen.texts(CUSTOMER_ID)[-1]
    ]
    assert all(f"часть {number}" in group(either)[0] for number in range(1, 4))


async def test_texts_pasted_in_pieces_are_one_question(world: World) -> None:
    for number in range(1, 4):
        await world.says(number, f"{LONG}часть {number}")
    await world.passes(5)
    assert len(world.screen.texts(CUSTOMER_ID)) == 1
    assert [all(f"часть {n}" in one.text for n in (1, 2, 3)) for one in world.listener.asked] == [True]


# --- what cannot be copied -----------------------------------------------------------------------------------------


def refuse_copies(world: World, error: Exception) -> None:
    async def refuses(
        _target: Target, _chat: int, _ids: Sequence[int], *, leave: Leave, bare: bool = False
    ) -> list[Sent]:
        del bare
        await leave()
        raise error

    world.screen.copy = refuses  # type: ignore[assignment,method-assign]  # as a server does with protected content


POLL = {
    "id": "1",
    "question": "Когда везти?",
    "options": [
        {"persistent_id": "0", "text": "Сегодня", "voter_count": 0},
        {"persistent_id": "1", "text": "Завтра", "voter_count": 0},
    ],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "quiz",
    "allows_multiple_answers": False,
}


async def test_what_a_customer_sends_and_nobody_can_copy_is_read_by_people_and_both_know(either: World) -> None:
    await ticket(either)
    refuse_copies(either, Uncopyable("Bad Request: message can't be copied"))
    await either.says(2, "вот фильм", photo=PICTURE)
    await either.passes(10)
    assert any("вот фильм" in text and "не даёт" in text for text in group(either))
    told = either.screen.texts(CUSTOMER_ID)[-1]
    assert "только слова" in told
    assert either.screen.targets[CUSTOMER_ID, at(either, CUSTOMER_ID, "только слова")].reply_to == 2
    await either.says(3, poll=POLL)
    await either.passes(10)
    assert any("Когда везти?\n• Сегодня\n• Завтра" in text for text in group(either))


async def test_what_an_operator_sends_and_nobody_can_copy_goes_in_words(either: World) -> None:
    await ticket(either)
    refuse_copies(either, Uncopyable("Bad Request: message can't be copied"))
    await answer(either, 50, photo=PICTURE, caption="вот счёт 111")
    await either.works()
    assert either.screen.texts(CUSTOMER_ID)[-1].startswith("вот счёт 111\n\n")
    assert "только слова" in group(either)[-1]


async def test_what_an_operator_has_deleted_does_not_go_in_words(either: World) -> None:
    await ticket(either)
    before = either.screen.texts(CUSTOMER_ID)
    refuse_copies(either, MessageGone("Bad Request: message to copy not found"))
    await answer(either, 50, photo=PICTURE, caption="ошибся чатом")
    await either.works()
    assert either.screen.texts(CUSTOMER_ID) == before
    assert "клиент этого не получит" in group(either)[-1].lower()


async def test_the_card_says_what_a_contact_says(either: World) -> None:
    await either.says(1, contact={"phone_number": "+7 900 1", "first_name": "Иван"})
    await either.passes(5)
    assert "Иван, +7 900 1" in group(either)[0]
    assert either.screen.copied == {(CUSTOMER_ID, 1)}
