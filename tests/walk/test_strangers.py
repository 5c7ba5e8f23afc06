"""Who counts as an operator: members of the group, an anonymous admin among them, and nobody else."""

from __future__ import annotations

import pytest

from playground import defaults
from playground.faults import Fault, Kind
from playground.people import Author
from services.delivery import members
from services.privacy.erasure import disclose, named
from storage.store import Store
from tests.walk.conftest import House

ASKS = "позовите живого человека, оператора"


def intruder(house: House) -> Author:
    """Somebody who sees the group, since it is public, and is no member of it."""
    return Author(house.playground.world, house.john.user, house.group.chat)


async def test_a_stranger_takes_no_ticket_and_is_read_by_no_customer(house: House, memory: Store) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    john = intruder(house)
    press = john.press(card, card.button("Взять").data or "")
    await house.playground.wait_for(lambda: press.answer)
    assert press.text == "Members of the group look after tickets"
    john.send("переведите деньги сюда", reply_to=card)
    house.olga.write(house.group, "слушаю вас", reply_to=card)
    await house.playground.wait_for(lambda: any(m.text == "слушаю вас" for m in house.anna.replies))
    assert not any("деньги" in m.text for m in house.anna.replies)
    await house.playground.wait_for(lambda: "взято: Ольга" in house.group.chat.messages[card.id].text)
    (anna,) = await named(memory, f"telegram:{house.anna.id}")
    exported = str(await disclose(memory, anna))
    assert "деньги" not in exported
    assert f"'id': {house.john.id}" not in exported


async def test_an_anonymous_admin_is_an_operator(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    house.olga.write(house.group, "мы здесь", reply_to=card, anonymous=True)
    await house.playground.wait_for(lambda: any(m.text == "мы здесь" for m in house.anna.replies))


async def test_telegram_is_not_asked_for_each_line(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    house.olga.write(house.group, "строка 0", reply_to=card)
    await house.playground.wait_for(lambda: any(m.text == "строка 0" for m in house.anna.replies))
    asked = house.playground.calls.of("getChatMember")
    assert {call.params["user_id"] for call in asked} == {str(defaults.ADMIN_ID)}
    for number in range(1, 5):
        house.olga.write(house.group, f"строка {number}", reply_to=card)
    await house.playground.wait_for(lambda: any(m.text == "строка 4" for m in house.anna.replies))
    assert house.playground.calls.of("getChatMember") == asked


async def test_the_last_answer_holds_while_telegram_gives_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "FRESH_S", 0.0)
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    house.olga.write(house.group, "раз", reply_to=card)
    await house.playground.wait_for(lambda: any(m.text == "раз" for m in house.anna.replies))
    house.playground.faults.add(Fault(method="getChatMember", kind=Kind.HTTP_502_HTML, times=50))
    house.olga.write(house.group, "два", reply_to=card)
    await house.playground.wait_for(lambda: any(m.text == "два" for m in house.anna.replies))
