"""Five operators press thirty buttons a minute: lines of customers are not late for it, and critical cards come first.

A group takes 20 calls a minute, so some menus wait then; their pressers are told for how long.
"""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.lines.metered import Metered, MeteredScreen
from tests.lines.world import GROUP_ID, Deaf, pressed, said

OPERATORS: Final = (501, 502, 503, 504, 505)
CUSTOMERS: Final = 8
MINUTES: Final = 2
PRESS_EVERY_S: Final = 2
LINE_EVERY_S: Final = 8
CRITICAL_EVERY_S: Final = 70
SOON_S: Final = 5.0
MINUTE_S: Final = 61.0
OVER: Final = re.compile(r":(clos|ban|reopen|send|note|hand|release)")
"""Buttons that end a conversation, begin another, or take it from a colleague, who is told."""


@dataclass
class Seen:
    """How long, in seconds, things took to be seen in the group."""

    lines: list[float] = field(default_factory=list)
    critical: list[float] = field(default_factory=list)


class Play:
    """Presses and lines by the clock."""

    def __init__(self, world: Metered, screen: MeteredScreen, deaf: Deaf) -> None:
        self.world = world
        self.screen = screen
        self.deaf = deaf
        self.random = random.Random(7)  # noqa: S311  # a play that can be played again
        self.seen = Seen()
        self.numbers = 0
        self.cards: dict[int, int] = {}
        """Which card each operator works on."""
        self.waiting: dict[str, tuple[float, list[float]]] = {}
        """What has been written and is not seen yet, since when, and where it counts."""
        self.pressed: list[tuple[float, int]] = []

    async def writes(self, who: int, text: str) -> None:
        self.numbers += 1
        person = {"id": who, "first_name": f"К{who}"}
        body = said(self.numbers, text)
        body |= {"chat": person | {"type": "private"}, "from": person | {"is_bot": False, "language_code": "ru"}}
        await self.world.arrives("message", body)

    async def line(self, who: int) -> None:
        token = f"й{self.numbers}ю"
        self.waiting[token] = self.world.seconds(), self.seen.lines
        await self.writes(who, f"ещё вот что хочу сказать {token}")

    async def critical(self, who: int) -> None:
        token = f"ц{self.numbers}ю"
        self.waiting[token] = self.world.seconds(), self.seen.critical
        await self.writes(who, f"мошенники украли деньги с карты, позовите оператора {token}")

    async def press(self, who: int) -> None:
        shown = self.world.screen.shown
        cards = [number for (chat, number), one in shown.items() if chat == GROUP_ID and one.words.buttons]
        card = self.cards.get(who, 0)
        if (GROUP_ID, card) not in shown or self.random.random() < 0.2:
            card = self.cards[who] = self.random.choice(cards)
        buttons = [button.press for row in shown[GROUP_ID, card].words.buttons for button in row]
        data = self.random.choice([one for one in buttons if one.startswith("t:") and not OVER.search(one)])
        body = pressed(GROUP_ID, card, data)
        body["from"] = {"id": who, "is_bot": False, "first_name": f"О{who}"}
        self.numbers += 1
        body["id"] = str(self.numbers)
        await self.world.arrives("callback_query", body)
        self.pressed.append((self.world.seconds(), card))

    def look(self) -> None:
        """Note what can be seen by now."""
        now, everything = self.world.seconds(), "\n".join(t for c, t in self.world.screen.everything if c == GROUP_ID)
        for token, (since, seconds) in list(self.waiting.items()):
            if token in everything:
                seconds.append(now - since)
                del self.waiting[token]

    async def second(self) -> None:
        self.world.now += timedelta(seconds=1)
        await self.world.works()
        self.look()

    def shown_after(self) -> list[float]:
        """Return after how many seconds each press was seen on its card."""
        return [
            min(at - since for at, one in self.screen.edited if one == card and at >= since)
            for since, card in self.pressed
        ]


@pytest.fixture(params=[False, True], ids=["plain", "forum"])
async def play(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    world = Metered(sqlite_url, tmp_path, forum=request.param)
    await world.open()
    screen, deaf = world.screen, world.parts.bot.session
    assert isinstance(screen, MeteredScreen)
    assert isinstance(deaf, Deaf)
    yield Play(world, screen, deaf)
    await world.close()


@pytest.mark.long
async def test_lines_are_not_late_while_menus_are_opened(play: Play) -> None:
    world = play.world
    for who in range(CUSTOMERS):
        await play.writes(1000 + who, "позовите оператора")
        await world.passes(8)
    await world.passes(60)
    for at in range(MINUTES * 60):
        if at % PRESS_EVERY_S == 0:
            await play.press(OPERATORS[at // PRESS_EVERY_S % len(OPERATORS)])
        if at % LINE_EVERY_S == 3:
            await play.line(1000 + play.random.randrange(CUSTOMERS))
        if at % CRITICAL_EVERY_S == 40:
            await play.critical(2000 + at)
        await play.second()
    while play.waiting:
        await play.second()
    await world.passes(60)
    assert max(play.seen.lines) <= SOON_S
    assert max(play.seen.critical) <= SOON_S
    assert max(play.shown_after()) <= 2 * MINUTE_S, "each press is seen in the end, joined with others of its card"


async def test_who_presses_in_a_full_minute_is_told_when_the_menu_comes(play: Play) -> None:
    world = play.world
    await play.writes(1000, "позовите оператора")
    await world.passes(20)
    for _ in range(20):
        await play.press(501)
        await play.second()
    await world.passes(MINUTE_S)
    assert any("Откроется через" in text for text in play.deaf.toasts)
    assert max(play.shown_after()) <= 2 * MINUTE_S
