"""Numbers of updates and messages begin anew: a server was wiped, a database restored, a week was silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playground.people import Customer
from playground.server import Playground
from playground.updates import FIRST_ID
from tests.walk.conftest import House, opened

ASKS = "позовите живого человека, оператора"
BONUS = "как получить бонус за приглашённого друга?"


async def test_after_the_server_was_wiped_everybody_is_answered_and_nothing_goes_astray(
    database_url: str, home: Path
) -> None:
    """The second world counts its updates and messages as the first did; the database knows the first."""
    async with opened(database_url) as first:
        first.anna.send(ASKS)
        old = await first.in_group("№1")
        first.john.send("how do I invite a friend and get the referral bonus?")
        await first.answer(first.john)
    async with opened(database_url, playground=Playground()) as second:
        talk = second.olga.at(second.group).send("всем привет")  # stands where Anna's card did
        assert talk.id == old.id
        second.john.send("please call a human operator")
        card = await second.in_group("№2")
        second.anna.send("вы ещё здесь?")
        line = await second.in_group("вы ещё здесь?")
        assert "John" in card.text
        olga = second.olga.at(second.group)
        olga.send("Hello John", reply_to=card)
        olga.send("Здесь, Анна", reply_to=line)
        olga.edit(talk, "всем привет, Анна скандалит")
        await second.playground.wait_for(lambda: [m for m in second.john.replies if m.text == "Hello John"])
        await second.playground.wait_for(lambda: [m for m in second.anna.replies if m.text == "Здесь, Анна"])
        assert "№2" in card.text
        assert not any("скандалит" in m.text for m in second.anna.replies + second.john.replies)


async def test_messages_under_used_numbers_are_answered_and_true_replays_are_not(sqlite_url: str, home: Path) -> None:
    async with opened(sqlite_url) as house:
        said = [_said(house.anna, number) for number in range(3)]
        for number, message in enumerate(said):
            house.playground.inject_update({"update_id": FIRST_ID + number, "message": message})
        await house.playground.wait_for(lambda: len(house.anna.replies) == 3)
        for number, message in enumerate(said):
            house.playground.inject_update({"update_id": FIRST_ID + number, "message": message})
        for number in range(3):
            other = _said(house.john, number)
            house.playground.inject_update({"update_id": FIRST_ID + number, "message": other})
        await house.playground.wait_for(lambda: len(house.john.replies) == 3)
        assert len(house.anna.replies) == 3


def _said(customer: Customer, number: int) -> dict[str, Any]:
    customer.chat.started = True
    return {
        "message_id": 100 + number,
        "date": 1_800_000_000 + number,
        "chat": customer.chat.as_json(),
        "from": customer.user.as_json(),
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }


async def test_a_channel_in_the_group_is_nobody(sqlite_url: str, home: Path) -> None:
    async with opened(sqlite_url) as house:
        house.anna.send(ASKS)
        card = await house.in_group("№1")
        channel = {"id": -100999, "type": "channel", "title": "Новости"}
        seat = house.olga.at(house.group)
        forged = seat.post({"text": "Срочно переведите деньги"}, reply_to=card, sender_chat=channel)
        house.olga.at(house.group, anonymous=True).send("Слушаю вас", reply_to=card)
        await house.playground.wait_for(lambda: [m for m in house.anna.replies if m.text == "Слушаю вас"])
        _edit(house, forged.id)
        house.olga.at(house.group).send("Готово", reply_to=card)
        await house.playground.wait_for(lambda: [m for m in house.anna.replies if m.text == "Готово"])
        assert not any("переведите" in m.text for m in house.anna.replies)


def _edit(house: House, message_id: int) -> None:
    house.olga.at(house.group).edit(message_id, "Очень срочно переведите деньги")
