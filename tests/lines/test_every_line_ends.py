"""Customers and operators at random: every line ends in an answer, on the operators' screen, or in "we could not"."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from services.messages.addresses import on_telegram
from services.messages.callbacks import OnTicket, encode
from storage.units import Unit
from tests.lines.world import GROUP_ID, OPERATOR_ID, World

CUSTOMERS: Final = st.sampled_from((1001, 1002))
MEANINGS: Final = st.sampled_from(("доставка", "цена", "наверное", "жалоба", "непонятно", "позовите оператора"))
COMMANDS: Final = st.sampled_from(("/operator", "/help", "/start", "/language", "/privacy", "/order"))
TEMPLATE: Final[dict[str, Path]] = {}
PICTURE: Final = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]


@dataclass
class Line:
    """What a customer has said, as it stands now."""

    chat: int
    number: int
    at: datetime
    token: str
    """A word that is in this line only; empty when it has no words."""
    media: bool = False
    album: str | None = None
    kind: dict[str, Any] = field(default_factory=dict)


class Desk(RuleBasedStateMachine):
    """Rules are what people do; the check comes when all has had its time."""

    @initialize()
    def opens(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lines"))
        file = self.folder / "support.db"
        shutil.copy(TEMPLATE["file"], file)
        self.runner = asyncio.Runner()
        self.world = World(f"sqlite+aiosqlite:///{file}", self.folder)
        self.lines: list[Line] = []
        self.numbers = itertools.count(1)
        self.tokens = itertools.count(1)
        self.run(self.world.open())

    def run(self, what: Any) -> Any:
        return self.runner.run(what)

    # --- customers -------------------------------------------------------------------------------------------------

    @rule(chat=CUSTOMERS, meaning=MEANINGS)
    def writes_a_short_line(self, chat: int, meaning: str) -> None:
        self._says(chat, self._words(meaning))

    @rule(chat=CUSTOMERS, meaning=MEANINGS)
    def writes_a_long_line(self, chat: int, meaning: str) -> None:
        self._says(chat, self._words(f"{meaning}, {'и так далее ' * 20}"))

    @rule(chat=CUSTOMERS, meaning=MEANINGS, count=st.integers(3, 7))
    def writes_lines_in_a_row(self, chat: int, meaning: str, count: int) -> None:
        for _ in range(count):
            self._says(chat, self._words(meaning))

    @rule(chat=CUSTOMERS, meaning=st.one_of(st.none(), MEANINGS))
    def sends_a_picture(self, chat: int, meaning: str | None) -> None:
        self._says(chat, self._words(meaning) if meaning else "", photo=PICTURE)

    @rule(
        chat=CUSTOMERS, meanings=st.lists(st.one_of(st.none(), MEANINGS), min_size=2, max_size=3), works=st.booleans()
    )
    def sends_an_album(self, chat: int, meanings: list[str | None], works: bool) -> None:  # noqa: FBT001  # drawn
        album = f"a{next(self.tokens)}"
        for meaning in meanings:
            self._says(chat, self._words(meaning) if meaning else "", photo=PICTURE, media_group_id=album)
            if works:
                self.run(self.world.works())

    @rule(chat=CUSTOMERS, command=COMMANDS, meaning=st.one_of(st.none(), MEANINGS), picture=st.booleans())
    def gives_a_command(self, chat: int, command: str, meaning: str | None, picture: bool) -> None:  # noqa: FBT001  # drawn
        words = self._words(meaning) if meaning else ""
        self._says(chat, words, before=f"{command} " if words else command, **({"photo": PICTURE} if picture else {}))

    @precondition(lambda self: self.lines)
    @rule(pick=st.integers(0, 5), meaning=MEANINGS)
    def changes_a_line(self, pick: int, meaning: str) -> None:
        line = self.lines[-1 - pick % len(self.lines)]
        words = self._words(meaning)
        line.token, line.at = words.rpartition(" ")[2], self.world.now
        self.run(self.world.arrives("edited_message", self._body(line, words)))

    @rule(chat=CUSTOMERS, pick=st.integers(0, 3))
    def presses(self, chat: int, pick: int) -> None:
        buttons = [
            (shown.telegram_id, button.press)
            for shown in self.world.screen.shown.values()
            if shown.chat_id == chat
            for row in shown.words.buttons
            for button in row
        ]
        if buttons:
            number, data = buttons[-1 - pick % len(buttons)]
            self._presses(chat, chat, number, data)

    # --- operators -------------------------------------------------------------------------------------------------

    @precondition(lambda self: self._cards())
    @rule(pick=st.integers(0, 1), action=st.sampled_from(("take", "close", "close", "reopen")))
    def operator_presses(self, pick: int, action: Any) -> None:
        cards = self._cards()
        number, ticket = cards[-1 - pick % len(cards)]
        self._presses(OPERATOR_ID, GROUP_ID, number, encode(OnTicket(ticket, action)))

    @precondition(lambda self: self._cards())
    @rule(pick=st.integers(0, 1))
    def operator_replies(self, pick: int) -> None:
        cards = self._cards()
        number, _ = cards[-1 - pick % len(cards)]
        body = {
            "message_id": next(self.numbers) + 50_000,
            "date": 1,
            "chat": {"id": GROUP_ID, "type": "supergroup", "title": "g"},
            "from": {"id": OPERATOR_ID, "is_bot": False, "first_name": "O"},
            "text": "смотрю",
            "reply_to_message": {
                "message_id": number,
                "date": 1,
                "chat": {"id": GROUP_ID, "type": "supergroup", "title": "g"},
                "from": {"id": 700000, "is_bot": True, "first_name": "B"},
                "text": "card",
            },
        }
        self.run(self.world.arrives("message", body))
        self.run(self.world.works())

    # --- time ------------------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from((0.4, 2.0, 17.0, 70.0)))
    def time_passes(self, seconds: float) -> None:
        self.run(self.world.passes(seconds))

    @rule()
    def the_bot_works(self) -> None:
        self.run(self.world.works())

    # --- what must hold ---------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            self.run(self.world.passes(120))
            lost = [line for line in self.lines if not self.run(self._ends(line))]
            assert not lost, lost
        finally:
            self.run(self.world.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    async def _ends(self, line: Line) -> bool:
        seen = line.token and self.world.screen.reads(GROUP_ID, line.token)
        copied = (line.chat, line.number) in self.world.screen.copied
        if line.media and await self._people_came_after(line):
            return copied
        return bool(seen) or copied or await self._answered(line) or self._told_to_wait(line)

    async def _answered(self, line: Line) -> bool:
        """Whether the classifier has read the line, or what it is one question with, and the bot has said something."""
        tokens = {line.token} if line.token else {one.token for one in self.lines if one.album == line.album} - {""}
        keys = [
            question.key
            for question in self.world.listener.asked
            if any(token in question.text.split() for token in tokens)
        ]

        def look(unit: Unit) -> bool:
            found = [message for key in keys if (message := unit.messages.caused_by(key))]
            customer = unit.customers.find(on_telegram(line.chat))
            if customer is not None and not line.token:
                stored = unit.messages.in_private_chat(customer.id, line.number)
                found += [stored] if stored is not None and stored.question_id is not None else []
            return any(unit.messages.answer_to(message.question_id or message.id) for message in found)

        return await self.world.store.read(look)

    def _told_to_wait(self, line: Line) -> bool:
        """Too many lines at once: the customer has been told that they are not answered one by one."""
        return self.world.screen.reads(line.chat, "быстрее, чем")

    async def _people_came_after(self, line: Line) -> bool:
        def look(unit: Unit) -> bool:
            customer = unit.customers.find(on_telegram(line.chat))
            ticket = unit.tickets.open_of(customer.id) if customer else None
            return ticket is not None and line.at > self.world.now - timedelta(hours=20)

        return await self.world.store.read(look)

    # --- how it is done ----------------------------------------------------------------------------------------------

    def _words(self, meaning: str) -> str:
        return f"{meaning} т{next(self.tokens)}т"

    def _says(self, chat: int, words: str, *, before: str = "", **kind: Any) -> None:
        line = Line(
            chat=chat,
            number=next(self.numbers),
            at=self.world.now,
            token=words.rpartition(" ")[2],
            media=bool(kind),
            album=kind.get("media_group_id"),
            kind=kind,
        )
        if words or kind:
            self.lines.append(line)
        self.run(self.world.arrives("message", self._body(line, before + words)))

    def _body(self, line: Line, words: str) -> dict[str, Any]:
        spoken = {"caption" if line.kind else "text": words} if words else {}
        return {
            "message_id": line.number,
            "date": 1,
            "chat": {"id": line.chat, "type": "private", "first_name": "A"},
            "from": {"id": line.chat, "is_bot": False, "first_name": "A", "language_code": "ru"},
            **spoken,
            **line.kind,
        }

    def _presses(self, person: int, chat: int, number: int, data: str) -> None:
        place = {"id": chat, "type": "private" if chat > 0 else "supergroup", "first_name": "A", "title": "g"}
        body = {
            "id": str(next(self.numbers)),
            "from": {"id": person, "is_bot": False, "first_name": "A"},
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": number, "date": 1, "chat": place, "text": "card"},
        }
        self.run(self.world.arrives("callback_query", body))
        self.run(self.world.works())

    def _cards(self) -> list[tuple[int, int]]:
        """Return where cards stand, with their tickets."""
        return [
            (shown.telegram_id, int(shown.words.buttons[0][0].press.split(":")[1]))
            for shown in self.world.screen.shown.values()
            if shown.chat_id == GROUP_ID and shown.words.buttons
        ]


@pytest.fixture(autouse=True)
def template(sqlite_template: Path) -> None:
    TEMPLATE["file"] = sqlite_template


Desk.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),  # the log of a failing run tells its steps; to shorten them takes minutes
    suppress_health_check=list(HealthCheck),
)
TestEveryLineEnds = pytest.mark.long(Desk.TestCase)
