"""The people of the scenario, and what they see when."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from playground.chats import Message
from playground.groups import Group
from playground.people import Customer, Operator
from playground.server import Playground

LOOK_S: Final = 0.05
ASKS: Final = "позовите живого человека, оператора"
PRESSING: Final = "у меня мошенники украли деньги с карты, позовите человека"
TO_THE_BOT: Final = "где моя посылка, когда доставят заказ?"
WORDS_AT_LEAST: Final = 25
"""So many letters of what they wrote tell a customer's words from a mere name."""


@dataclass(kw_only=True)
class Seen:
    """Seconds from the first message of the crowd."""

    began: float = field(default_factory=time.monotonic)
    visible: dict[str, float] = field(default_factory=dict)
    """By the customer's name: a card, or a line of the list."""
    cards: dict[str, float] = field(default_factory=dict)
    words: dict[str, float] = field(default_factory=dict)
    """A card, or a message with the customer's words and a button for their ticket."""
    press_to_shown: list[float] = field(default_factory=list)

    @property
    def now(self) -> float:
        return time.monotonic() - self.began

    def visible_within(self, seconds: float) -> int:
        return sum(at <= seconds for at in self.visible.values())


async def watch(group: Group, names: frozenset[str], seen: Seen) -> None:
    """Note when each name first stands in the group, for ever."""
    while True:
        for message in group.from_bot:
            for name in names - seen.cards.keys():
                if f"{name} " in message.text or f"{name}\n" in message.text or f"{name}:" in message.text:
                    _note(message, name, seen)
        await asyncio.sleep(LOOK_S)


def _note(message: Message, name: str, seen: Seen) -> None:
    seen.visible.setdefault(name, seen.now)
    if is_card(message):
        seen.cards.setdefault(name, seen.now)
    if is_card(message) or _has_words_and_button(message, name):
        seen.words.setdefault(name, seen.now)


def is_card(message: Message) -> bool:
    return "❓" in message.text


def _has_words_and_button(message: Message, name: str) -> bool:
    line = next((line for line in message.text.splitlines() if f"{name}: " in line), "")
    number = re.search(r"№(\d+)", line)
    if number is None or PRESSING[:WORDS_AT_LEAST] not in line:
        return False
    return any(re.search(rf"№{number[1]}\b", button.text) for button in message.buttons)


async def take(playground: Playground, operator: Operator, group: Group, at: float, seen: Seen) -> None:
    """Press Take on a card that nobody has taken, and note how long it takes to show."""
    await asyncio.sleep(max(0.0, at - seen.now))
    card = await playground.wait_for(lambda: next(_open_cards(group), None), 60)
    if card is None:
        return
    pressed = time.monotonic()
    operator.at(group).press(card, card.button("Взять").data or "")
    await playground.wait_for(lambda: f"взято: {operator.user.first_name}" in card.text, 120)
    seen.press_to_shown.append(time.monotonic() - pressed)


def _open_cards(group: Group) -> Iterator[Message]:
    return (m for m in group.from_bot if is_card(m) and any("Взять" in button.text for button in m.buttons))


async def chatter(customer: Customer) -> None:
    """Edit one line twice a second, for ever."""
    line = customer.send("номер заказа 1")
    for number in range(2, 10_000):
        await asyncio.sleep(0.5)
        customer.edit(line, f"номер заказа {number}")


class Asked:
    """Who asked what when, and how long the first answer took: read from the calls that the server carried out."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._at: dict[int, float] = {}

    def ask(self, customer: Customer, text: str = TO_THE_BOT) -> None:
        """Let somebody write who has not written here before."""
        self._at[customer.id] = time.time()
        customer.send(text)

    @property
    def waits(self) -> list[float]:
        """Return the seconds of those who have an answer."""
        first: dict[int, float] = {}
        for call in self._playground.calls:
            asked = self._at.get(call.chat_id or 0)
            if asked is not None and call.method == "sendMessage" and call.carried_out and call.at >= asked:
                first.setdefault(call.chat_id or 0, call.at - asked)
        return list(first.values())

    async def all_answered(self, within_s: float) -> None:
        """Wait until everybody has an answer. TimeoutError for who gets none."""
        async with asyncio.timeout(within_s):
            while len(self.waits) < len(self._at):  # noqa: ASYNC110  # calls ring no bell
                await asyncio.sleep(LOOK_S * 10)  # looking costs what it measures


async def one_by_one(asked: Asked, customers: Iterable[Customer], *, first_s: float, every_s: float) -> None:
    """Let customers ask the bot one after the other."""
    await asyncio.sleep(first_s)
    for customer in customers:
        asked.ask(customer)
        await asyncio.sleep(every_s)
