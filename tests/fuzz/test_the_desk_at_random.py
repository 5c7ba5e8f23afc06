"""Two hundred customers and five operators do at random whatever they can; what must always hold, holds in the end.

Nothing is lost, nothing reaches the wrong person, a ticket has one owner and one card, lines keep their order.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from services.messages.callbacks import decode
from storage.records import Customer, Message, Ticket
from storage.units import Unit
from tests.lines.world import GROUP_ID, World, pressed, said

CUSTOMERS: Final = tuple(range(10_001, 10_201))
OPERATORS: Final = (501, 502, 503, 504, 505)
DEEDS: Final = 500
"""At most, once everybody has written; a slow machine does fewer within the time."""
SECONDS: Final = 25.0
AGAIN: Final = 0.6
"""How often the next press is on the same card: who has opened a menu goes on in it."""
ASKS: Final = (
    "доставка",
    "цена",
    "жалоба",
    "позовите оператора",
    "а как же",
    "наверное",
    "спасибо",
    "двойное списание",
)
FORGED: Final = (
    "t:1:hand:666",
    "t:9999:take",
    "t:1:send:0123456789",
    "t:2:ban:told",
    "t:1:answer:a0123456789",
    "b:1",
    "?",
)
TOKEN: Final = re.compile(r"[йцэ]\d+ю")
"""й: a customer's line; ц: an operator's; э: a note."""


class Crowd:
    """Acts at random, and remembers who said what to whom."""

    def __init__(self, world: World, customers: Sequence[int], seed: int) -> None:
        self.world = world
        self.customers = customers
        self.random = random.Random(seed)  # noqa: S311  # a play that can be played again
        self.numbers: Counter[int] = Counter()
        self.written: dict[str, int] = {}
        """Whose line each token is."""
        self.count = 0
        self.last = 0
        """Whose button was pressed last."""

    def token(self, sort: str) -> str:
        self.count += 1
        return f"{sort}{self.count}ю"

    async def act(self) -> None:
        deeds = (self._asks, self._asks, self._asks, self._presses, self._presses, self._presses, self._presses)
        more = (self._replies, self._replies, self._notes, self._forges, self._judges, self._waits)
        await self.random.choice(deeds + more)()

    async def _asks(self) -> None:
        await self.asks(self.random.choice(self.customers))

    async def asks(self, who: int) -> None:
        token = self.token("й")
        self.written[token] = who
        self.numbers[who] += 1
        person = {"id": who, "first_name": f"К{who}"}
        body = said(self.numbers[who], f"{self.random.choice(ASKS)} {token}")
        body |= {"chat": person | {"type": "private"}, "from": person | {"is_bot": False, "language_code": "ru"}}
        await self.world.arrives("message", body)
        await self.world.works()

    async def _presses(self) -> None:
        """Press any button that stands in the group, an old or a new one."""
        found = [
            (one.telegram_id, button.press)
            for one in self.world.screen.shown.values()
            if one.chat_id == GROUP_ID
            for row in one.words.buttons
            for button in row
        ]
        here = [one for one in found if one[0] == self.last]
        if found:
            await self._press(*self.random.choice(here if here and self.random.random() < AGAIN else found))

    async def _press(self, number: int, data: str) -> None:
        body = pressed(GROUP_ID, number, data)
        who, self.last = self.random.choice(OPERATORS), number
        body["from"] = {"id": who, "is_bot": False, "first_name": f"О{who}"}
        body["id"] = self.token("x")
        await self.world.arrives("callback_query", body)
        await self.world.works()

    async def _forges(self) -> None:
        await self._press(1, self.random.choice(FORGED))

    async def _replies(self) -> None:
        await self._writes(self.token("ц"))

    async def _notes(self) -> None:
        await self._writes(f"// {self.token('э')}")

    async def _writes(self, text: str) -> None:
        places = [one.telegram_id for one in self.world.screen.shown.values() if one.chat_id == GROUP_ID]
        if not places:
            return
        who, self.count = self.random.choice(OPERATORS), self.count + 1
        author = {"id": who, "is_bot": False, "first_name": f"О{who}"}
        more: dict[str, Any] = {"from": author}
        await self.world.operator_says(500_000 + self.count, text, reply_to=self.random.choice(places), **more)

    async def _judges(self) -> None:
        """Let a customer press whatever stands in their chat."""
        found = [
            (one, button.press)
            for one in self.world.screen.shown.values()
            if one.chat_id > 0
            for row in one.words.buttons
            for button in row
        ]
        if found:
            shown, data = self.random.choice(found)
            await self.world.arrives("callback_query", pressed(shown.chat_id, shown.telegram_id, data))
            await self.world.works()

    async def _waits(self) -> None:
        await self.world.passes(self.random.choice((1, 5, 20, 90)))


@pytest.fixture(params=[False, True], ids=["plain", "forum"])
async def crowd(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Crowd]:
    """Two hundred customers before a plain group, fifty before one with topics."""
    world = World(sqlite_url, tmp_path, forum=request.param)
    await world.open()
    yield Crowd(world, CUSTOMERS[:50] if request.param else CUSTOMERS, seed=10)
    await world.close()


async def test_what_must_hold_holds_whatever_people_do(crowd: Crowd) -> None:
    world, until = crowd.world, time.monotonic() + SECONDS
    for who in crowd.customers:
        await crowd.asks(who)
    for _ in range(DEEDS):
        await crowd.act()
        if time.monotonic() > until:
            break
    await settled(world)
    customers, lines, tickets = await world.store.read(_all)
    assert len(customers) == len(crowd.customers)
    by_id = {customer.id: customer for customer in customers}
    nothing_is_lost(crowd, lines, by_id)
    nothing_reaches_the_wrong_person(crowd, lines, by_id)
    one_owner_and_one_card(world, tickets)
    order_is_kept(world, lines, by_id)


async def settled(world: World) -> None:
    """Let all that is under way arrive; the group takes twenty messages a minute."""
    for _ in range(400):
        await world.passes(61)
        waiting = await world.store.read(lambda unit: unit.outbox.backlog()[0] + unit.inbox.backlog()[0])
        if not waiting:
            return
    pytest.fail("something never arrives")


def _all(unit: Unit) -> tuple[list[Customer], list[Message], list[Ticket]]:
    customers = [one for number in range(1, len(CUSTOMERS) + 1) if (one := unit.customers.get(number)) is not None]
    lines = [line for one in customers for line in unit.messages.history(one.id, most=1000)]
    tickets: list[Ticket] = []
    while (ticket := unit.tickets.get(len(tickets) + 1)) is not None:
        tickets.append(ticket)
    return customers, lines, tickets


def nothing_is_lost(crowd: Crowd, lines: list[Message], by_id: dict[int, Customer]) -> None:
    """Every line is stored once, under who wrote it; what has a ticket stands before people."""
    stored = Counter(token for line in lines if line.author == "customer" for token in TOKEN.findall(line.text))
    assert stored == Counter(dict.fromkeys(crowd.written, 1))
    group = "\n".join(text for chat, text in crowd.world.screen.everything if chat == GROUP_ID)
    for line in lines:
        for token in TOKEN.findall(line.text) if line.author == "customer" else ():
            assert by_id[line.customer_id].external_id == str(crowd.written[token])
            if line.ticket_id is not None:
                assert token in group, f"people never saw {line.text}"


def nothing_reaches_the_wrong_person(crowd: Crowd, lines: list[Message], by_id: dict[int, Customer]) -> None:
    """A customer reads what was written to them, once, and no note."""
    meant = {
        token: int(by_id[line.customer_id].external_id)
        for line in lines
        if line.author == "operator"
        for token in TOKEN.findall(line.text)
    }
    read = Counter(
        (token, chat) for chat, text in crowd.world.screen.everything if chat > 0 for token in TOKEN.findall(text)
    )
    assert set(read.values()) <= {1}
    assert dict(read.keys()) == meant
    assert not any(token.startswith("э") for token in meant)


def one_owner_and_one_card(world: World, tickets: list[Ticket]) -> None:
    open_of = Counter(ticket.customer_id for ticket in tickets if ticket.status != "closed")
    assert set(open_of.values()) <= {1}
    standing = Counter(
        int(found[1])
        for one in world.screen.shown.values()
        if one.chat_id == GROUP_ID and any(_is_of_card(button.press) for row in one.words.buttons for button in row)
        if (found := re.match(r"\S+ <b>№(\d+)</b>", one.words.text)) is not None
    )
    for ticket in tickets:
        assert (ticket.status == "taken") <= (ticket.operator_id in OPERATORS), ticket
        assert (ticket.status == "open") <= (ticket.operator_id is None), ticket
        assert standing[ticket.id] <= 1, f"two cards of {ticket.id}"
        if ticket.status != "closed":
            assert standing[ticket.id] == 1, f"no card of {ticket.id}"


def _is_of_card(data: str) -> bool:
    return decode(data) is not None and data.startswith("t:")


def order_is_kept(world: World, lines: list[Message], by_id: dict[int, Customer]) -> None:
    """Customers read operators' lines in the order in which they were written."""
    written: dict[int, list[str]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: one.id):
        if line.author == "operator":
            written[int(by_id[line.customer_id].external_id)] += TOKEN.findall(line.text)
    read: dict[int, list[str]] = defaultdict(list)
    for chat, text in world.screen.everything:
        if chat > 0:
            read[chat] += TOKEN.findall(text)
    assert {chat: tokens for chat, tokens in read.items() if tokens} == {
        chat: tokens for chat, tokens in written.items() if tokens
    }
