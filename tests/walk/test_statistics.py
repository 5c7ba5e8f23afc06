"""`/stats`: operators in the group, admins in private, nobody else."""

from __future__ import annotations

import pytest

from playground import defaults
from tests.walk.conftest import House


@pytest.mark.long
async def test_the_team_reads_what_happened(house: House) -> None:
    answer = await house.answer(house.anna, house.anna.send("где моя посылка, когда доставят заказ?"))
    house.anna.press(answer, answer.button("Помогло").data or "")
    await house.playground.wait_for(lambda: not answer.buttons)
    house.john.send("/operator")
    card = await house.in_group("№1")
    house.olga.write(house.group, "Слушаю", reply_to=card)
    await house.playground.wait_for(lambda: any(m.text == "Слушаю" for m in house.john.replies))

    house.playground.operators[defaults.OPERATOR_ID].write(house.group, "/stats")
    shown = await house.in_group("Статистика")
    for line in (
        "Открытых обращений сейчас: 1",
        "💬 от клиентов: 1",
        "🤖 бот ответил сам: 1 (50 % без людей)",
        "🙋 обращений: 1\n   · просит человека: 1",
        "👍 помогло: 1 · позвали человека: 0",
        "🧠 решали: встроенный движок 100 %",
        "⏱ первый ответ оператора, медиана:",
    ):
        assert shown.text.count(line) == 1, line
    assert [one.kind for one in house.group.from_bot if one.kind == "photo"] == ["photo"], "the chart"

    house.olga.send("/stats")
    private = await house.playground.wait_for(lambda: [m for m in house.olga.chat.from_bot if m.text])
    assert "Статистика" in private[0].text


async def test_a_customer_who_asks_for_figures_asks_a_question(house: House) -> None:
    assert "Статистика" not in (await house.answer(house.anna, house.anna.send("/stats"))).text
