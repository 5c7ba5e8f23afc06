"""Keeps a playground in its archive: whatever changes is written before whoever changed it is answered."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator

from aiohttp import web
from aiohttp.typedefs import Handler

from playground import records
from playground.archive import Archive, Changes, Kept
from playground.chats import Chat, Message
from playground.elsewhere import ConnectedAccount, DirectMessages
from playground.groups import Group
from playground.people import Customer, Operator
from playground.records import Row
from playground.server import Playground
from playground.world import Change, Press


def restore(playground: Playground, kept: Kept) -> None:
    """Make an empty playground what it was."""
    world, people, updates = playground.world, kept.facts["people"], kept.facts["updates"]
    world.users.update(kept.users)
    world.accounts.update(records.accounts_of(kept.facts.get("accounts", ()), kept.users))
    for chat in kept.chats.values():
        world.remember(chat)
    for file in kept.files:
        world.files.keep(file)
    world.updates.restore(kept.updates, next_id=updates["next_id"], allowed=updates["allowed"])
    world.presses.update({press.id: press for press in kept.presses})
    world.profile.update(kept.facts["profile"])
    for number in people["customers"]:
        playground.customers[number] = Customer(world, kept.users[number], kept.chats[str(number)])
    for number in people["operators"]:
        playground.operators[number] = Operator(world, kept.users[number], kept.chats[str(number)])
    for key, chat_id, owner in people["groups"]:
        playground.groups[key] = Group(world, kept.chats[str(chat_id)], kept.users[owner])
    for account in world.accounts.values():
        playground.accounts[account.owner.id] = ConnectedAccount(world, account.owner, account)
    for chat in world.channels.values():
        if chat.channel:
            owner = next(iter(chat.channel.members.values()))
            playground.channels[chat.id] = DirectMessages(world, owner, chat=chat)
    playground.language = people["language"]
    playground.beginning = people.get("beginning", playground.beginning)


class Memory:
    """Notes what has changed and writes it, as part of the server's loop."""

    def __init__(self, playground: Playground, archive: Archive, say: Callable[[str], None]) -> None:
        world = playground.world
        self._playground = playground
        self._archive = archive
        self._say = say
        self._failing = False
        self._due = False
        self._anew = False
        self._chats: dict[Chat, None] = self._every_chat()
        self._messages: dict[Message, None] = {}
        self._presses: dict[Press, None] = {}
        self._facts: dict[str, str] = {}
        self._files = len(world.files)
        self._waiting = set(world.updates.pending)
        world.listeners.append(self._note)
        world.updates.dropped = self._soon
        self.write()

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer nobody before what they did is written."""
        response = await handler(request)
        self.write()
        return response

    def write(self) -> None:
        """Write what has changed. A disk that takes nothing is told of once; the playground goes on without."""
        self._due = False
        changes = self._changes()
        if not changes:
            return
        try:
            self._archive.write(changes)
        except sqlite3.Error as error:
            if not self._failing:
                self._say(f"the chats cannot be kept ({error}); until that is mended, a restart forgets what is said")
            self._failing = True
            return
        self._failing = False
        self._settle(changes)

    def _note(self, change: Change) -> None:
        if change.kind == "anew":
            self._begin_anew()
        if change.chat:
            self._chats[change.chat] = None
        if change.message:
            self._messages[change.message] = None
        if isinstance(press := change.detail.get("press"), Press):
            self._presses[press] = None
        self._soon()

    def _begin_anew(self) -> None:
        """Forget with the world; what has been there goes from the file in the write that brings what comes next."""
        self._anew, self._files = True, 0
        for noted in (self._chats, self._messages, self._presses, self._facts, self._waiting):
            noted.clear()

    def _soon(self) -> None:
        if not self._due:
            self._due = True
            asyncio.get_running_loop().call_soon(self.write)

    def _changes(self) -> Changes:
        world = self._playground.world
        pending = world.updates.pending
        chats = self._every_chat() if self._anew else self._chats
        return Changes(
            anew=self._anew,
            facts=[(name, body) for name, body in self._stated() if self._facts.get(name) != body],
            chats=[records.chat_row(chat) for chat in chats],
            messages=[records.message_row(message) for message in self._messages],
            files=[records.file_row(file) for file in world.files.since(self._files)],
            updates=[records.update_row(pending[number]) for number in pending.keys() - self._waiting],
            presses=[records.press_row(press) for press in self._presses],
            heard=[(number,) for number in self._waiting - pending.keys()],
        )

    def _every_chat(self) -> dict[Chat, None]:
        world = self._playground.world
        return dict.fromkeys([*world.channels.values(), *world.places])

    def _settle(self, changes: Changes) -> None:
        self._anew = False
        self._facts.update(dict(changes.facts))
        self._files += len(changes.files)
        self._waiting = set(self._playground.world.updates.pending)
        for noted in (self._chats, self._messages, self._presses):
            noted.clear()

    def _stated(self) -> Iterator[Row]:
        playground, updates = self._playground, self._playground.world.updates
        groups = [(key, group.chat.id, group.owner.id) for key, group in playground.groups.items()]
        people = {
            "customers": list(playground.customers),
            "operators": list(playground.operators),
            "groups": groups,
            "language": playground.language,
            "beginning": playground.beginning,
        }
        accounts = [records.account_row(account) for account in playground.world.accounts.values()]
        yield "accounts", records.text(accounts)
        yield "people", records.text(people)
        yield "updates", records.text({"next_id": updates.next_id, "allowed": updates.allowed})
        yield "profile", records.text(playground.world.profile)
