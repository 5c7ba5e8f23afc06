"""The playground on the pack that ships, with the facts of its invented shop: five questions of different kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.chats import Message
from playground.people import Customer
from tests.walk.conftest import House, opened

SHIPPED = Path(__file__).parents[2] / "scenarios"
STARTING_S = 120
"""The pack is read, stored and learned first: a few seconds on an idle machine."""


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'shipped.db'}"


@pytest.mark.long
async def test_five_questions(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(empty_url, SUPPORT_SCENARIOS__PATH=str(SHIPPED), SUPPORT_PLAYGROUND__BEGIN="example") as house:
        # One that a text with a fact of the business answers.
        reply = await _asks(house, house.anna, "Сколько стоит доставка?")
        assert "300" in reply.text
        assert _labels(reply) == ["✅ Помогло", "🙋 Позвать человека"]
        # The same kind in the other language.
        reply = await _asks(house, house.john, "what payment methods do you accept?")
        assert reply.text.startswith("Hello, John!")
        assert reply.buttons
        # A topic, and no single question: its answers are offered.
        olga = house.playground.add_customer("Ольга", language_code="ru")
        reply = await _asks(house, olga, "у меня вопрос по подписке")
        assert "что именно" in reply.text
        assert "Отключить подписку" in _labels(reply)
        # What is declined calls nobody.
        pavel = house.playground.add_customer("Павел", language_code="ru")
        reply = await _asks(house, pavel, "чек не нужен")
        assert "Хорошо, понял" in reply.text
        assert not house.group.chat.messages
        # What presses goes to people, with the reason.
        vera = house.playground.add_customer("Вера", language_code="ru")
        reply = await _asks(house, vera, "после вашего крема у меня сыпь на лице")
        assert "обращение №1" in reply.text
        card = await house.in_group("№1")
        assert "вред здоровью" in card.text


async def _asks(house: House, customer: Customer, text: str) -> Message:
    customer.send(text)
    return await house.answer(customer, within_s=STARTING_S)


def _labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]
