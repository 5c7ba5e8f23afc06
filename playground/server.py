"""The playground as a library: start the server, be its people, read what happened.

    playground = Playground()
    anna = playground.add_customer(first_name="Анна", language_code="ru")
    async with playground.serve() as url:          # Bot(token, session with TelegramAPIServer.from_base(url))
        anna.send("Где мой заказ?")
        answer = await playground.wait_for(lambda: anna.replies[-1:])

Everything runs in the event loop of the caller; what people do takes effect at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final, TypeVar

from aiohttp import web

from playground import defaults
from playground.api import BotApi
from playground.calls import Calls
from playground.chats import Chat, ChatType, User
from playground.elsewhere import ConnectedAccount, DirectMessages
from playground.faults import Faults
from playground.groups import Group
from playground.limits import Budget, Limiter
from playground.people import Customer, Operator
from playground.process import Beginning, BotProcess
from playground.webhook import Webhook
from playground.world import Change, World

LARGEST_BODY: Final = 51 * 1024 * 1024
CONNECTED_S: Final = 5.0
T = TypeVar("T")


class Playground:
    """One pretend Telegram with one bot. `budget` switches the limits on (`limits.TELEGRAM`); ids go on from `past`."""

    def __init__(
        self,
        *,
        token: str = defaults.TOKEN,
        bot_username: str = defaults.BOT_USERNAME,
        clock: Callable[[], float] = time.time,
        budget: Budget | None = None,
        webhook_scale: float = 1.0,
        past: int = 0,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        bot = User(id=bot_id, first_name=defaults.BOT_NAME, username=bot_username, is_bot=True)
        self.token = token
        self.world = World(bot=bot, clock=clock, past=past)
        self.faults = Faults()
        self.calls = Calls()
        self.limiter = Limiter(clock=clock, budget=budget)
        self.webhook = Webhook(updates=self.world.updates, clock=clock)
        self.webhook.scale = webhook_scale
        self.customers: dict[int, Customer] = {}
        self.operators: dict[int, Operator] = {}
        self.groups: dict[int, Group] = {}
        self.accounts: dict[int, ConnectedAccount] = {}
        """By their owner."""
        self.channels: dict[int, DirectMessages] = {}
        """By the chat of their direct messages."""
        self.beginning: Beginning = "example"
        """What its bot knew at first."""
        self.language: str | None = None
        """What the team is spoken to; None until somebody has said so."""
        self.widget: str | None = None
        """The script of the bot's chat for sites."""
        self.desk: str | None = None
        """Where the bot shows its desk to an operator: an address with `{id}` and `{name}`; for the header."""
        self.process: BotProcess | None = None
        """The bot's own process, where whoever opened this has started it too."""
        self._waiters: set[asyncio.Future[None]] = set()
        self.world.listeners.append(self._wake)

    def add_customer(
        self,
        first_name: str = "Anna",
        *,
        language_code: str | None = "en",
        last_name: str | None = None,
        username: str | None = None,
    ) -> Customer:
        """Add a person with a private chat; the bot may write there after they wrote."""
        user = User(
            id=self._next_id(),
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
        )
        customer = self.customers[user.id] = Customer(self.world, user, self._private(user))
        self.world.tell("chat", customer.chat)
        return customer

    def add_operator(
        self, first_name: str = "Olga", *, language_code: str | None = "ru", user_id: int | None = None
    ) -> Operator:
        """Add a person who will sit in the groups added afterwards."""
        user = User(id=user_id or self._next_id(), first_name=first_name, language_code=language_code)
        operator = self.operators[user.id] = Operator(self.world, user, self._private(user))
        return operator

    def add_group(
        self,
        title: str = defaults.GROUP_TITLE,
        *,
        forum: bool = False,
        basic: bool = False,
        chat_id: int | None = None,
        with_bot: bool = True,
    ) -> Group:
        """Add a group with all operators and the bot as an administrator; the first operator owns it.

        `with_bot`: False leaves it to somebody to bring the bot in (`Group.add_bot`).
        It is a supergroup with or without topics; `basic` makes an old-style group, which can be upgraded.
        """
        if not self.operators:
            self.add_operator()
        kind: ChatType = "group" if basic else "supergroup"
        number = len(self.groups)
        chat_id = chat_id or (-4_000_001 - number if basic else defaults.GROUP_ID - number)
        members = {operator.user.id: operator.user for operator in self.operators.values()}
        chat = Chat(id=chat_id, type=kind, title=title, is_forum=forum, members=members)
        chat.bot_status = "administrator" if with_bot else "left"
        self.world.chats[chat.id] = chat
        group = self.groups[chat.id] = Group(self.world, chat, next(iter(members.values())))
        return group

    def connect_account(self, owner: Operator) -> ConnectedAccount:
        """Let somebody connect the bot to their account: whoever writes to them there is the bot's customer, too."""
        found = self.accounts[owner.user.id] = ConnectedAccount(self.world, owner.user)
        return found

    def add_channel(self, owner: Operator, title: str = "News") -> DirectMessages:
        """Add a channel that takes direct messages, with the bot as an administrator."""
        found = DirectMessages(self.world, owner.user, title=title)
        self.channels[found.chat.id] = found
        return found

    def forget(self) -> None:
        """Begin anew with nobody; the language of the team stays, and ids go on."""
        for kept in (self.customers, self.operators, self.groups, self.accounts, self.channels):
            kept.clear()
        self.world.forget()

    def inject_update(self, raw: dict[str, Any], *, lane: int = 0) -> int:
        """Queue `raw` for the bot as it is, malformed or unknown; give its update_id."""
        return self.world.updates.inject(raw, lane=lane)

    @property
    def bot_connected(self) -> bool:
        """Whether a bot polls (or did within five seconds) or has a webhook; not one whose process has ended."""
        if self.process and not self.process.running:
            return False
        updates = self.world.updates
        recent = updates.last_poll is not None and self.world.clock() - updates.last_poll < CONNECTED_S
        return updates.polled_now or recent or self.webhook.hook is not None

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 90.0) -> T:  # noqa: ASYNC109  reads better at the call
        """Give the first true value of `predicate`, asked again at every change. TimeoutError tells all chats."""
        try:
            async with asyncio.timeout(timeout):
                while not (value := predicate()):
                    await self._change()
        except TimeoutError:
            raise TimeoutError(f"waited {timeout} s in vain; what was written:\n{self.transcript()}") from None
        return value

    def transcript(self) -> str:
        """Write down all chats, for a person to read."""
        return "\n".join(chat.shown() for chat in self.world.places if chat.messages)

    def app(self) -> web.Application:
        """Build the Bot API as an application; add routes of your own before it starts."""
        app = web.Application(client_max_size=LARGEST_BODY)
        BotApi(
            token=self.token,
            world=self.world,
            webhook=self.webhook,
            limiter=self.limiter,
            faults=self.faults,
            calls=self.calls,
        ).attach(app)
        return app

    @asynccontextmanager
    async def serve(
        self, host: str = defaults.HOST, port: int = 0, *, app: web.Application | None = None
    ) -> AsyncIterator[str]:
        """Listen, and give the base URL. Port 0 takes a free one."""
        runner = web.AppRunner(app or self.app(), handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
            bound = runner.addresses[0][1]
            yield f"http://[{host}]:{bound}" if ":" in host else f"http://{host}:{bound}"
        finally:
            await self.webhook.close()
            await runner.cleanup()

    def speak(self, language: str, *, titles: Mapping[str, str], channels: Mapping[str, str]) -> None:
        """Let the team have this language: the clients of operators, and groups and channels that are called so."""
        self.language = language
        for operator in self.operators.values():
            self._speak_to(operator, language)
        for group in self.groups.values():
            if group.chat.title in titles.values():
                group.chat.title = titles[language]
            group.chat.members = {number: self.world.users[number] for number in group.chat.members}
            self.world.tell("chat", group.chat)
        for channel in self.channels.values():
            if channel.chat.title in channels.values():
                channel.rename(channels[language])
        self.world.tell("people")

    def rename_bot(self, first_name: str) -> None:
        bot = self.world.bot = replace(self.world.bot, first_name=first_name)
        self.world.users[bot.id] = bot
        self.world.tell("bot")

    def _speak_to(self, operator: Operator, language: str) -> None:
        operator.user = replace(operator.user, language_code=language)
        self.world.users[operator.user.id] = operator.chat.person = operator.user
        if operator.id in self.accounts:
            self.accounts[operator.id].speak(language)
        self.world.tell("chat", operator.chat)

    def _next_id(self) -> int:
        return max([defaults.FIRST_CUSTOMER_ID - 1, *self.customers, *self.operators]) + 1

    def _private(self, user: User) -> Chat:
        self.world.users[user.id] = user
        chat = Chat(id=user.id, type="private", person=user, started=False, members={user.id: user})
        self.world.chats[chat.id] = chat
        return chat

    async def _change(self) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    def _wake(self, _: Change) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
