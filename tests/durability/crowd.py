"""Customers who write, edit and press while the bot lives and dies."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping
from typing import Any

from playground.calls import Call
from playground.chats import Message
from playground.people import Customer
from playground.server import Playground
from tests.durability.ledger import Mark, marks_of_text

QUESTIONS = (
    "где моя посылка, когда доставят заказ? {}",
    "как получить бонус за приглашённого друга? {}",
    "сколько стоит подписка в месяц? {}",
    "не могу войти в аккаунт, забыл пароль {}",
    "how do I invite a friend and get the referral bonus? {}",
)
"""The classifier is sure of these, whatever number stands in them. Who asks the same again and again gets a person."""
SENDS = ("sendMessage", "copyMessage")


class Crowd:
    """Some ask the bot, some ask for a person and then talk to people; everybody counts their lines."""

    def __init__(self, playground: Playground, *, asking: int, escalated: int, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # a story that can be told again
        self.edited: dict[int, str] = {}
        """What stood first in messages that were changed."""
        self.asking = [playground.add_customer(f"Asking{n}", language_code="ru") for n in range(asking)]
        self.escalated = [playground.add_customer(f"Calling{n}", language_code="ru") for n in range(escalated)]

    async def write(self, *, lines: int, relays: int, pause_s: float) -> None:
        """Let all of them write at once; return when the last has finished."""
        lives = [self._ask(customer, lines, pause_s) for customer in self.asking]
        lives += [self._call(customer, relays, pause_s * lines / max(relays, 1)) for customer in self.escalated]
        await asyncio.gather(*lives)

    def ask_once_more(self, *, number: int) -> None:
        """Let everybody who asks send one line; `number` is that of the first line that `write` did not reach."""
        for customer in self.asking:
            customer.send(QUESTIONS[number % len(QUESTIONS)].format(number))

    async def _ask(self, customer: Customer, lines: int, pause_s: float) -> None:
        for number in range(lines):
            said = customer.send(QUESTIONS[number % len(QUESTIONS)].format(number))
            if number % 9 == 3:  # not beside another question about the same: three in a row bring a person
                self._edit(customer, said, said.text + ", ответьте пожалуйста")
            if number % 9 == 7:
                self._press_helped(customer)
            await self._pause(pause_s)

    async def _call(self, customer: Customer, relays: int, pause_s: float) -> None:
        customer.send("/operator")
        for number in range(relays):
            await self._pause(pause_s)
            said = customer.send(f"строка {number}")
            if number % 4 == 2:
                self._edit(customer, said, f"строка {number}, исправлено")

    def _edit(self, customer: Customer, said: Message, text: str) -> None:
        self.edited[said.id] = said.text
        customer.edit(said, text)

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(self._random.uniform(0, 2 * seconds))

    @staticmethod
    def _press_helped(customer: Customer) -> None:
        answered = [message for message in customer.replies if message.buttons]
        if answered:
            customer.press(answered[-1], answered[-1].buttons[0].data or "")


def written(customer: Customer) -> list[Message]:
    return [message for message in customer.chat.messages.values() if not message.from_bot]


def marks_of_call(call: Call) -> list[Mark]:
    """Return the marks of the effects that a send carried out: several lines of one person may travel together."""
    if call.method == "copyMessage":
        return [("copy", int(call.params["message_id"]))]
    presses = _presses(call.params)
    if presses and presses[0].endswith(":show"):
        return [("list", presses)]  # of tickets, each with a button that brings up its card
    if presses and presses[0].startswith("t:"):
        return [("card", int(presses[0].split(":")[1]))]
    return [(presses,)] if presses else marks_of_text(call.params["text"])


def _presses(params: Mapping[str, Any]) -> tuple[str, ...]:
    markup = params.get("reply_markup") or {}
    markup = json.loads(markup) if isinstance(markup, str) else markup
    return tuple(button["callback_data"] for row in markup.get("inline_keyboard", []) for button in row)
