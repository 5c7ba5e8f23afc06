"""The whole product on a real file, with time in our hands and a screen instead of Telegram."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.types import User

from bot.engines import Engines
from bot.policies import configured
from bot.settings import load
from bot.wiring import Parts
from handlers.telegram.arrival import arrival
from handlers.telegram.courier import Courier
from services.classify.verdict import UNKNOWN, Classifier, Guess, Question, Verdict
from services.delivery.group_standing import GroupStanding
from services.delivery.messenger import (
    File,
    Leave,
    MessageGone,
    MessengerError,
    Part,
    Refused,
    Sent,
    Target,
    Uncopyable,
)
from services.messages.effects import Position, Words
from services.scenarios import knowledge
from storage.records import Pack, Scenario, Template
from storage.store import Store

TOKEN: Final = "700000:" + "a" * 35
GROUP_ID: Final = -1001
OPERATOR_ID: Final = 501
CUSTOMER_ID: Final = 1001
PER_MINUTE: Final = 12
BEGINNING: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _scenario(key: str, action: Any = "answer") -> Scenario:
    return Scenario(
        key=key,
        title={"ru": key},
        description="",
        priority="low",
        action=action,
        examples={},
        templates=(Template(language="ru", text=f"Ответ {key}."),) if action == "answer" else (),
    )


PACK: Final = Pack(
    scenarios=(_scenario("DELIVERY"), _scenario("PRICING"), _scenario("COMPLAINT", "escalate")),
    background=(),
    version="1",
)


async def taught(url: str) -> None:
    """Let a database know the pack before any world begins."""
    async with Store(url, clock=lambda: BEGINNING) as store:
        await knowledge.replace(store, PACK, author="test")


@dataclass
class Listener:
    """A classifier that goes by single words, and remembers what it was asked."""

    asked: list[Question] = field(default_factory=list)
    lie: str | None = None
    """The scenario that it names with full confidence, whatever is said."""
    broken: bool = False
    says: dict[str, Verdict] = field(default_factory=dict)
    """What it says of these very words."""

    async def classify(self, question: Question) -> Verdict:
        self.asked.append(question)
        if question.text in self.says:
            return self.says[question.text]
        if self.broken:
            raise RuntimeError("broken")
        scenario, confidence = next(
            (said for word, said in self._words.items() if word in question.text), (UNKNOWN, 0.1)
        )
        if self.lie is not None:
            scenario, confidence = self.lie, 1.0
        return Verdict(
            scenario=scenario,
            confidence=confidence,
            reasoning="",
            engine="local",
            version="1",
            nearest=(Guess(scenario=scenario, confidence=confidence),) if scenario != UNKNOWN else (),
        )

    _words = {  # noqa: RUF012  # a table that nobody writes to
        "жалоба": ("COMPLAINT", 0.99),
        "доставка": ("DELIVERY", 0.99),
        "цена": ("PRICING", 0.99),
        "наверное": ("PRICING", 0.6),
    }


class Taught(Engines):
    """Engines of which the listener is the only one."""

    async def teach(self, pack: Pack) -> Classifier:  # noqa: ARG002  # it goes by words
        return LISTENERS[self.saved]


LISTENERS: Final[dict[Path, Listener]] = {}


class Deaf(BaseSession):
    """A session for the answers to presses."""

    def __init__(self) -> None:
        super().__init__()
        self.toasts: list[str] = []
        self.answers: dict[str, Any] = {}
        """What a question is answered with, by the name of the method."""

    async def close(self) -> None:
        pass

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ARG002, ASYNC109  # as aiogram has it
        if method.__api_method__ in self.answers:
            return self.answers[method.__api_method__]
        self.toasts.append(getattr(method, "text", None) or "")
        return True

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


@dataclass
class MessageRef:
    """What stands somewhere."""

    chat_id: int
    telegram_id: int
    words: Words


class Screen(Courier):
    """What people see."""

    def __init__(self, bot: Bot, *, forum: bool = False) -> None:
        super().__init__(bot)
        self._ids = itertools.count(10_000)
        self.shown: dict[tuple[int, int], MessageRef] = {}
        self.everything: list[tuple[int, str]] = []
        """Every text that has ever stood in a chat."""
        self.pinned: list[tuple[int, int]] = []
        self.may_pin = True
        self.ours: set[int | None] = set()
        """What the bot has ever posted: of that, what is not shown has been deleted."""
        self.forums = {GROUP_ID} if forum else set()
        """Groups with topics."""
        self.topics: dict[tuple[int, int], str] = {}
        """Every topic that was ever opened, with its name."""
        self.named: list[str] = []
        """What topics were called after they had been opened."""
        self.icons: dict[tuple[int, int], list[str | None]] = {}
        """What each topic had for an icon, one after the other."""
        self.icon_signs = {sign: f"icon {sign}" for sign in ("❗️", "💬", "👀", "📆", "✅")}
        """The icons that there are."""
        self.swept: list[tuple[int, int]] = []
        self.turned: list[tuple[int, int, bool]] = []
        """Every topic that was closed or opened again."""
        self.gone: set[int] = set()
        """Who is no member of the groups."""
        self.leaders: dict[int, set[int]] = {}
        """Who is an administrator of a group."""
        self.mute: MessengerError | None = None
        """What a question about a group is answered with."""
        self.groups: dict[int, GroupStanding] = {}
        """What the bot is told of groups that are not as usual."""
        self.files: list[tuple[int, File]] = []
        self.albums: list[list[tuple[int, str]]] = []
        self.refuses_albums = False
        """Where files were sent as one, and what they are called."""
        self.copied: set[tuple[int, int]] = set()
        """Chat and message of what was copied into the group."""
        self.copies: list[tuple[Target, int, int]] = []
        """Every copy that was ever made: where to, of which message, and under which number."""
        self.positions: dict[tuple[int, int], Position] = {}
        self.deleted: list[tuple[int, int]] = []
        self.reactions: dict[tuple[int, int], str | None] = {}
        self.refusing: MessengerError | None = None
        """What every message into a private chat is answered with."""
        self.sent_anew: list[tuple[Target, str, str]] = []
        """Files that went without a copy: where to, of which kind, by which name."""
        self.vias: list[str | None] = []
        """Through which connection each change of a message was made."""
        self.targets: dict[tuple[int, int], Target] = {}
        """Where each message was sent: its topic, and what it answers."""

    async def say(self, target: Target, words: Words, *, leave: Leave) -> Sent:
        await leave()
        self._check(target)
        number = next(self._ids)
        self.shown[target.chat_id, number] = MessageRef(chat_id=target.chat_id, telegram_id=number, words=words)
        self.targets[target.chat_id, number] = target
        self.everything.append((target.chat_id, words.text))
        deleted = target.reply_to in self.ours and (target.chat_id, target.reply_to) not in self.shown
        self.ours.add(number)
        return Sent(telegram_id=number, hangs=not deleted)

    async def copy(
        self,
        target: Target,
        from_chat: int,
        telegram_ids: Sequence[int],
        *,
        leave: Leave,
        bare: bool = False,  # noqa: ARG002  # nothing hangs on a card here
    ) -> list[Sent]:
        await leave()
        self._check(target)
        if target.chat_id == GROUP_ID:
            self.copied |= {(from_chat, number) for number in telegram_ids}
        made = {number: next(self._ids) for number in telegram_ids}
        self.copies += [(target, number, copy) for number, copy in made.items()]
        self.targets |= {(target.chat_id, copy): target for copy in made.values()}
        return [Sent(telegram_id=copy) for copy in made.values()]

    async def send_file(self, target: Target, file: File, words: Words, *, leave: Leave) -> Sent:
        self.files.append((target.chat_id, file))
        return await self.say(target, words, leave=leave)

    async def send_files(self, target: Target, files: Sequence[tuple[File, Words]], *, leave: Leave) -> list[Sent]:
        self.albums.append([(target.chat_id, file.name) for file, _ in files])
        return [await self.send_file(target, file, words, leave=leave) for file, words in files]

    async def send_album(self, target: Target, parts: Sequence[Part], *, leave: Leave) -> list[Sent]:
        if self.refuses_albums:
            raise Uncopyable("these kinds cannot be one album")
        self.albums.append([(target.chat_id, one.file_id) for one in parts])
        return [await self.send_media(target, one.kind, one.file_id, one.words, leave=leave) for one in parts]

    async def send_media(self, target: Target, kind: str, file_id: str, words: Words, *, leave: Leave) -> Sent:
        sent = await self.say(target, words, leave=leave)
        self.sent_anew.append((target, kind, file_id))
        return sent

    async def edit(self, chat_id: int, telegram_id: int, words: Words, *, via: str | None = None) -> None:
        self.vias.append(via)
        if (chat_id, telegram_id) not in self.shown:
            raise MessageGone("not here")
        self.shown[chat_id, telegram_id].words = words
        self.everything.append((chat_id, words.text))

    async def pin(self, chat_id: int, telegram_id: int) -> None:
        if not self.may_pin:
            raise Refused("not enough rights to manage pinned messages in the chat")
        self.pinned.append((chat_id, telegram_id))

    async def locate(self, target: Target, position: Position, *, leave: Leave) -> Sent:
        await leave()
        number = next(self._ids)
        self.positions[target.chat_id, number] = position
        return Sent(telegram_id=number)

    async def move(self, chat_id: int, telegram_id: int, position: Position, *, via: str | None = None) -> None:
        self.vias.append(via)
        self.positions[chat_id, telegram_id] = position

    async def edit_caption(
        self,
        chat_id: int,
        telegram_id: int,  # noqa: ARG002  # one at a time
        words: Words,
        *,
        via: str | None = None,
    ) -> None:
        self.vias.append(via)
        self.everything.append((chat_id, words.text))

    async def stands(self, chat_id: int, telegram_id: int) -> bool:
        return (chat_id, telegram_id) in self.shown

    async def delete(self, chat_id: int, telegram_id: int, *, via: str | None = None) -> None:
        self.vias.append(via)
        copied = any(target.chat_id == chat_id and copy == telegram_id for target, _, copy in self.copies)
        if self.shown.pop((chat_id, telegram_id), None) is None and not copied:
            raise MessageGone("not here")
        self.deleted.append((chat_id, telegram_id))

    async def react(self, chat_id: int, telegram_id: int, emoji: str | None) -> None:
        self.reactions[chat_id, telegram_id] = emoji

    def _check(self, target: Target) -> None:
        if self.refusing is not None and target.chat_id > 0:
            raise self.refusing

    async def strip_buttons(self, chat_id: int, telegram_id: int, *, via: str | None = None) -> None:  # noqa: ARG002
        """Buttons are pressed here although they are gone: people are quick."""
        self.vias.append(via)

    async def is_member(self, chat_id: int, user_id: int) -> bool:  # noqa: ARG002  # of all groups alike
        return user_id not in self.gone

    async def administrators(self, chat_id: int) -> list[int]:
        if self.mute is not None:
            raise self.mute
        return sorted(self.leaders.get(chat_id, set()))

    async def is_forum(self, chat_id: int) -> bool:
        if self.mute is not None:
            raise self.mute
        return chat_id in self.forums

    async def standing(self, chat_id: int) -> GroupStanding:
        await asyncio.sleep(0)
        if self.mute is not None:
            raise self.mute
        return self.groups.get(chat_id) or GroupStanding(title="g", forum=chat_id in self.forums)

    async def open_topic(self, chat_id: int, name: str, *, leave: Leave, icon: str | None = None) -> int:
        await leave()
        topic = next(self._ids)
        self.topics[chat_id, topic] = name
        self.icons[chat_id, topic] = [icon]
        return topic

    async def edit_topic(
        self, chat_id: int, topic_id: int, *, name: str | None = None, icon: str | None = None
    ) -> None:
        if name is not None:
            self.topics[chat_id, topic_id] = name
            self.named.append(name)
        if icon is not None:
            self.icons[chat_id, topic_id].append(icon)

    async def topic_icons(self) -> Mapping[str, str]:
        return self.icon_signs

    async def sweep(self, chat_id: int, telegram_id: int) -> None:
        self.swept.append((chat_id, telegram_id))

    async def turn_topic(self, chat_id: int, topic_id: int, *, closed: bool) -> None:
        self.turned.append((chat_id, topic_id, closed))

    async def takes_messages(self) -> bool:
        return True

    def texts(self, chat_id: int) -> list[str]:
        """Return what stands in a chat now, the oldest first."""
        return [one.words.text for one in self.shown.values() if one.chat_id == chat_id]

    def sent_to(self, chat_id: int) -> list[int]:
        """Return the messages of which a chat has copies, the oldest first."""
        return [number for target, number, _ in self.copies if target.chat_id == chat_id]

    def reads(self, chat_id: int, words: str) -> bool:
        return any(words in text for chat, text in self.everything if chat == chat_id)


def said(number: int, text: str = "", **more: Any) -> dict[str, Any]:
    """Return a message of the customer; with media its words are a caption."""
    media = more.keys() & {"photo", "document", "sticker", "voice"}
    words = {"caption" if media else "text": text} if text else {}
    person = {"id": CUSTOMER_ID, "first_name": "Анна"}
    author = person | {"is_bot": False, "language_code": "ru"}
    return {"message_id": number, "date": 1, "chat": person | {"type": "private"}, "from": author} | words | more


def pressed(chat_id: int, number: int, data: str) -> dict[str, Any]:
    """Return a press, by whom the chat belongs to."""
    private = chat_id > 0
    chat = {"id": chat_id, "type": "private" if private else "supergroup", "first_name": "Анна", "title": "g"}
    return {
        "id": str(number),
        "from": {"id": chat_id if private else OPERATOR_ID, "is_bot": False, "first_name": "A"},
        "chat_instance": "1",
        "data": data,
        "message": {"message_id": number, "date": 1, "chat": chat, "text": "card"},
    }


class World:
    """Updates in, a screen out."""

    def __init__(self, url: str, home: Path, *, forum: bool = False, **more: str) -> None:
        """`more`: settings by their environment names."""
        self.now = BEGINNING
        self.numbers = itertools.count(1)
        env = {
            "BOT_TOKEN": TOKEN,
            "DATABASE_URL": url,
            "SUPPORT_OPERATORS__CHAT_ID": str(GROUP_ID),
            "SUPPORT_LIMITS__CUSTOMER_PER_MINUTE": str(PER_MINUTE),
        }
        settings = load(env=env | more)
        self.store = Store(url, clock=lambda: self.now)
        self.listener = LISTENERS[home] = Listener()
        engines = Taught(saved=home, language="ru", joining=None, store=self.store, policy=lambda: configured(settings))
        self.parts = Parts(settings, self.store, engines=engines, webhook_secret="s", secret_key="k")
        self.session = Deaf()
        bot = Bot(token=TOKEN, session=self.session)
        bot._me = User(id=700000, is_bot=True, first_name="B", username="bot")
        self.screen = self.opened_screen(bot, forum=forum)
        self.parts.__dict__.update(bot=bot, courier=self.screen)
        self.parts.outbound.clock = self.seconds

    def opened_screen(self, bot: Bot, *, forum: bool) -> Screen:
        """Return what people look at."""
        return Screen(bot, forum=forum)

    def seconds(self) -> float:
        return self.now.timestamp()

    async def open(self) -> None:
        """Let the bot know the pack; most databases of tests know it already, by `taught`."""
        if (await knowledge.load(self.store)).version != PACK.version:
            await knowledge.replace(self.store, PACK, author="test")
        await self.parts.knowledge.refresh()

    async def close(self) -> None:
        await self.store.close()

    async def arrives(self, kind: str, body: dict[str, Any]) -> None:
        raw = {"update_id": next(self.numbers), kind: body}
        await self.parts.intake.accept([arrival(raw)])

    async def says(self, number: int, text: str = "", *, edited: bool = False, **more: Any) -> None:
        """Let the customer write, or change what stands under this number, and the bot do what it can at once."""
        await self.arrives("edited_message" if edited else "message", said(number, text, **more))
        await self.works()

    async def operator_says(
        self,
        number: int,
        text: str = "",
        *,
        reply_to: int | None = None,
        topic: int | None = None,
        edited: bool = False,
        chat_id: int = GROUP_ID,
        **more: Any,
    ) -> None:
        """Let an operator write in a group, in answer to a message of the bot or to none, or change a line there."""
        chat = {"id": chat_id, "type": "supergroup", "title": "g", "is_forum": chat_id in self.screen.forums}
        where = {"message_thread_id": topic, "is_topic_message": True} if topic is not None else {}
        author = {"id": OPERATOR_ID, "is_bot": False, "first_name": "Ольга"}
        bot = {"id": 700000, "is_bot": True, "first_name": "B"}
        asked = {"reply_to_message": {"message_id": reply_to, "date": 1, "chat": chat, "from": bot, "text": "card"}}
        words = {} if "caption" in more or not text else {"text": text}
        said = {"message_id": number, "date": 1, "chat": chat, "from": author} | words | where
        kind = "edited_message" if edited else "message"
        await self.arrives(kind, said | (asked if reply_to is not None else {}) | more)
        await self.works()

    async def reacts(self, chat_id: int, number: int, *signs: str) -> None:
        """Let whom the chat belongs to react to a message there; in the group an operator."""
        private = chat_id > 0
        chat = {"id": chat_id, "type": "private" if private else "supergroup", "first_name": "Анна", "title": "g"}
        who = {"id": chat_id if private else OPERATOR_ID, "is_bot": False, "first_name": "A"}
        new = [{"type": "emoji", "emoji": sign} for sign in signs]
        body = {"chat": chat, "message_id": number, "date": 1, "user": who, "old_reaction": [], "new_reaction": new}
        await self.arrives("message_reaction", body)
        await self.works()

    async def presses(self, chat_id: int, words: str) -> None:
        """Press the newest button that says this."""
        number, button = next(
            (shown.telegram_id, button)
            for shown in reversed(self.screen.shown.values())
            if shown.chat_id == chat_id
            for row in shown.words.buttons
            for button in row
            if words in button.text
        )
        await self.presses_at(chat_id, number, button.press)

    async def presses_at(self, chat_id: int, number: int, data: str) -> None:
        """Press what once stood, or never did, under a message."""
        press = pressed(chat_id, number, data)
        press["message"]["chat"]["is_forum"] = chat_id in self.screen.forums
        await self.arrives("callback_query", press)
        await self.works()

    async def works(self) -> None:
        """Let everything happen that is due."""
        await self.parts.inbox.drain()
        await asyncio.gather(*(worker.drain() for worker in self.parts.outbound.workers))

    async def passes(self, seconds: float) -> None:
        """Let time pass in steps short enough that what rests is woken in its turn."""
        end = self.now + timedelta(seconds=seconds)
        while self.now < end:
            self.now = min(end, self.now + timedelta(seconds=max(1.0, seconds / 5)))
            await self.works()
