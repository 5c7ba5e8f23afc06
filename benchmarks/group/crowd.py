"""The people of the scenario, and what they see when."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from playground.chats import Message
from playground.groups import Group
from playground.people import Customer, Operator
from playground.server import Playground

LOOK_S: Final = 0.05
ASKS: Final = "позовите живого человека, оператора"
PRESSING: Final = "у меня мошенники украли деньги с карты, позовите человека"
TO_THE_BOT: Final = "где моя посылка, когда доставят заказ?"


@dataclass(kw_only=True)
class Seen:
    """Seconds from the first message of the crowd."""

    began: float = field(default_factory=time.monotonic)
    visible: dict[str, float] = field(default_factory=dict)
    """By the customer's name: a card, or a line of the list."""
    cards: dict[str, float] = field(default_factory=dict)
    press_to_shown: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    """How long each customer of the bot waited for an answer."""

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
                    seen.visible.setdefault(name, seen.now)
                    if _is_card(message):
                        seen.cards.setdefault(name, seen.now)
        await asyncio.sleep(LOOK_S)


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


async def chatter(customer: Customer) -> None:
    """Edit one line twice a second, for ever."""
    line = customer.send("номер заказа 1")
    for number in range(2, 10_000):
        await asyncio.sleep(0.5)
        customer.edit(line, f"номер заказа {number}")


async def converse(playground: Playground, customer: Customer, pause_s: float, seen: Seen) -> None:
    """Ask the bot again and again, and note how long each answer takes."""
    while True:
        await ask(playground, customer, seen)
        await asyncio.sleep(pause_s)


async def ask(playground: Playground, customer: Customer, seen: Seen) -> None:
    """Ask the bot once, and note how long the answer takes."""
    said = customer.send(TO_THE_BOT)
    asked = time.monotonic()
    await playground.wait_for(partial(_answered, customer, said.id), 60)
    seen.answers.append(time.monotonic() - asked)


def _answered(customer: Customer, past: int) -> bool:
    return any(message.id > past for message in customer.replies)


def _open_cards(group: Group) -> Iterator[Message]:
    return (m for m in group.from_bot if any("Взять" in button.text for button in m.buttons))


def _is_card(message: Message) -> bool:
    return "❓" in message.text
