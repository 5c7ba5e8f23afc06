"""Customers and operators who do at random whatever they can, and what each of them has said."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, get_args

from handlers.http.desk.verb_requests import CardAction
from services.desk.wording import Wording
from services.messages.callbacks import OnTicket
from services.messages.choices import CHOICES
from services.messages.incoming import Cause, Operator
from tests.lines.world import GROUP_ID, World, pressed, said

OPERATORS: Final = (501, 502, 503, 504, 505)
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
    "t:1:move:-1.0",
    "m:1:again:9",
    "b:1",
    "?",
)
SIGNS: Final = ("👍", "❤", "🔥")
ALIASES: Final = ("Вера", "", "-", "<b>&amp;", "😀" * 64, "{{ name }}")
DELETES: Final[dict[str, Any]] = {"entities": [{"type": "bot_command", "offset": 0, "length": 7}]}
PICTURE: Final = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
TOKEN: Final = re.compile(r"[йцэ]\d+ю")
"""й: a customer's line; ц: an operator's; э: a note."""
CARD: Final = re.compile(r"\S+ <b>№(\d+)</b>")
Restart = Callable[[World], Awaitable[World]]


class Crowd:
    """Acts at random, and remembers who said what to whom."""

    def __init__(self, world: World, customers: Sequence[int], seed: int, restart: Restart) -> None:
        self.world = world
        self.customers = customers
        self.random = random.Random(seed)  # noqa: S311  # a play that can be played again
        self.restart = restart
        self.numbers: Counter[int] = Counter()
        self.written: dict[str, int] = {}
        """Whose line each token is."""
        self.texts: dict[tuple[int, int], str] = {}
        """What customers wrote under which number."""
        self.edited: set[str] = set()
        """Tokens of customers that they have edited."""
        self.pictures: set[tuple[int, int]] = set()
        self.lines: dict[int, tuple[int, str]] = {}
        """What operators wrote under which number, and in which group."""
        self.sent_later: set[int] = set()
        """Rows of lines that were held, or did not arrive, until somebody pressed a button."""
        self.deleted: set[str] = set()
        """Tokens of operators that were taken back."""
        self.web_lines: list[tuple[int, Operator, str]] = []
        """Row, author and token of what was written on the page."""
        self.entry = 0
        """What was done on the page last, by its row of the audit log."""
        self.torn: set[int] = set()
        """Tickets whose card somebody has deleted."""
        self.count = 0
        self.last = (0, 0)
        """Where a button was pressed last."""

    def token(self, sort: str) -> str:
        self.count += 1
        return f"{sort}{self.count}ю"

    async def act(self) -> None:
        often = (self._asks, self._presses, self._presses, self._replies)
        seldom = (self._notes, self._forges, self._judges, self._waits, self._edits, self._album, self._reacts)
        rarely = (self._rewrites, self._takes_back, self._tears, self._web, self._commands, self._aliases)
        web = (self._web_presses, self._web_presses, self._web_undoes, self._web_changes)
        actions = often * 6 + seldom * 2 + rarely + web
        action = self._restarts if self.random.random() < 0.005 else self.random.choice(actions)
        await action()

    # --- customers -------------------------------------------------------------------------------------------------

    async def _asks(self) -> None:
        await self.asks(self.random.choice(self.customers))

    async def asks(self, who: int) -> None:
        token = self.token("й")
        self.written[token] = who
        await self._says(who, f"{self.random.choice(ASKS)} {token}")

    async def _says(self, who: int, text: str, **more: Any) -> None:
        self.numbers[who] += 1
        self.texts[who, self.numbers[who]] = text
        await self._arrives("message", who, said(self.numbers[who], text, **more))

    async def _arrives(self, kind: str, who: int, body: dict[str, Any]) -> None:
        person = {"id": who, "first_name": f"К{who}"}
        body |= {"chat": person | {"type": "private"}, "from": person | {"is_bot": False, "language_code": "ru"}}
        await self.world.arrives(kind, body)
        await self.world.works()

    async def _edits(self) -> None:
        """Let a customer change what they wrote; their token stays in it."""
        known = [place for place in self.texts if TOKEN.search(self.texts[place])]
        if known:
            who, number = self.random.choice(known)
            self.texts[who, number] += f" ж{self.count}"
            self.edited |= set(TOKEN.findall(self.texts[who, number]))
            await self._arrives("edited_message", who, said(number, self.texts[who, number]))

    async def _album(self) -> None:
        who = self.random.choice(self.customers)
        for _ in range(self.random.randint(1, 3)):
            self.pictures.add((who, self.numbers[who] + 1))
            await self._says(who, photo=PICTURE, media_group_id=f"a{self.count}", text="")
        self.count += 1

    async def _commands(self) -> None:
        command = {"entities": [{"type": "bot_command", "offset": 0, "length": 9}]}
        await self._says(self.random.choice(self.customers), "/operator", **command)

    async def _judges(self) -> None:
        """Let a customer press whatever stands in their chat: what helped, whom to call, how they were helped."""
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

    async def _reacts(self) -> None:
        """Let anybody react to anything of the bot's."""
        shown = list(self.world.screen.shown.values())
        if shown:
            one = self.random.choice(shown)
            await self.world.reacts(one.chat_id, one.telegram_id, self.random.choice(SIGNS))

    # --- operators -------------------------------------------------------------------------------------------------

    async def _presses(self) -> None:
        """Press any button that stands in a group, an old or a new one."""
        found = [
            (one.chat_id, one.telegram_id, button.press)
            for one in self.world.screen.shown.values()
            if one.chat_id < 0
            for row in one.words.buttons
            for button in row
        ]
        here = [one for one in found if one[:2] == self.last]
        if found:
            await self._press(*self.random.choice(here if here and self.random.random() < AGAIN else found))

    async def _press(self, chat: int, number: int, data: str) -> None:
        body = pressed(chat, number, data)
        who, self.last = self.random.choice(OPERATORS), (chat, number)
        body["from"] = {"id": who, "is_bot": False, "first_name": f"О{who}"}
        body["id"] = self.token("x")
        if data.startswith("m:"):
            self.sent_later.add(int(data.split(":")[1]))
        await self.world.arrives("callback_query", body)
        await self.world.works()

    async def _forges(self) -> None:
        await self._press(GROUP_ID, 1, self.random.choice(FORGED))

    async def _replies(self) -> None:
        await self._writes(self.token("ц"))

    async def _notes(self) -> None:
        await self._writes(f"// {self.token('э')}")

    async def _writes(self, text: str) -> None:
        """Answer whatever stands in a group, or write in a topic."""
        places = [(one.chat_id, one.telegram_id) for one in self.world.screen.shown.values() if one.chat_id < 0]
        if not places:
            return
        chat, place = self.random.choice(places)
        target = self.world.screen.targets.get((chat, place))
        topic = target.topic_id if target else None
        self.count += 1
        number = 500_000 + self.count
        self.lines[number] = chat, text
        reply = None if topic is not None and self.random.random() < AGAIN else place
        await self.world.operator_says(number, text, reply_to=reply, topic=topic, chat_id=chat, **self._author())

    def _author(self) -> dict[str, Any]:
        who = self.random.choice(OPERATORS)
        return {"from": {"id": who, "is_bot": False, "first_name": f"О{who}"}}

    async def _rewrites(self) -> None:
        """Let an operator change a line; its token stays in it."""
        if self.lines:
            number, (chat, text) = self.random.choice(list(self.lines.items()))
            self.lines[number] = chat, f"{text} ж{self.count}"
            await self.world.operator_says(number, self.lines[number][1], edited=True, chat_id=chat, **self._author())

    async def _takes_back(self) -> None:
        """Let an operator delete a line at the customer's side."""
        if self.lines:
            number, (chat, text) = self.random.choice(list(self.lines.items()))
            self.deleted |= set(TOKEN.findall(text))
            self.count += 1
            more = DELETES | self._author()
            await self.world.operator_says(500_000 + self.count, "/delete", reply_to=number, chat_id=chat, **more)

    async def _tears(self) -> None:
        """Delete a card by hand."""
        shown = self.world.screen.shown
        cards = [(place, found) for place, one in shown.items() if (found := CARD.match(one.words.text))]
        if cards:
            place, found = self.random.choice(cards)
            self.torn.add(int(found[1]))
            del shown[place]

    async def _aliases(self) -> None:
        """Let an operator say what customers shall call them: whatever that is, it breaks no line of theirs."""
        self.count += 1
        name = self.random.choice(ALIASES)
        more = {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]} | self._author()
        await self.world.operator_says(500_000 + self.count, f"/alias {name}", **more)

    # --- the dashboard ---------------------------------------------------------------------------------------------

    def _ticket(self) -> int:
        return self.random.randint(1, len(self.customers))

    def _of_web(self, what: str) -> tuple[Cause, Operator]:
        who = self.random.choice(OPERATORS)
        self.count += 1
        return Cause(key=f"web:{who}:{what}:{self.count}"), Operator(id=who, name=f"О{who}")

    async def _web(self) -> None:
        """Answer a ticket, or leave a note in it."""
        sort = self.random.choice("ццэ")
        token = self.token(sort)
        cause, operator = self._of_web("line")
        written = self.world.parts.desk.written
        does = written.note if sort == "э" else written.reply
        line = await does(cause, operator, self._ticket(), Wording(text=token))
        if line is not None:
            self.web_lines.append((line.id, operator, token))
        await self.world.works()

    async def _web_presses(self) -> None:
        """Press any verb of the page on any ticket, with a choice that it offers or none."""
        action = self.random.choice(get_args(CardAction))
        choices = {"hand": [str(one) for one in OPERATORS], "correct": ["none"], "move": ["0.0", f"{GROUP_ID}.0"]}
        offered = choices.get(action) or sorted(CHOICES.get(action, ()))
        choice = self.random.choice([*offered, None]) if offered else None
        cause, operator = self._of_web("action")
        desk = self.world.parts.desk.desk
        said = await desk.press(cause, operator, OnTicket(self._ticket(), action, choice), on_card=False)
        self.entry = said.entry or self.entry
        await self.world.works()

    async def _web_undoes(self) -> None:
        """Take back what was done last, as whoever: only its own author may."""
        cause, operator = self._of_web("undo")
        await self.world.parts.desk.desk.undo(cause, operator, self.entry)
        await self.world.works()

    async def _web_changes(self) -> None:
        """Reword a line of the page, or delete it at the customer's side."""
        if not self.web_lines:
            return
        line, operator, token = self.random.choice(self.web_lines)
        cause, own_lines = self._of_web("change")[0], self.world.parts.desk.own_lines
        if self.random.random() < AGAIN:
            await own_lines.reword(cause, operator, line, Wording(text=f"{token} ж{self.count}"))
        else:
            self.deleted.add(token)
            await own_lines.take_back(cause, operator, line)
        await self.world.works()

    # --- the rest --------------------------------------------------------------------------------------------------

    async def _waits(self) -> None:
        await self.world.passes(self.random.choice((1, 5, 20, 90)))

    async def _restarts(self) -> None:
        self.world = await self.restart(self.world)
