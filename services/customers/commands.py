"""The standing commands of a customer: start, help, privacy, language. What is said with them is heard as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from services.customers.answering import First
from services.customers.conversation import Conversation
from services.customers.reception import Reception
from services.customers.sessions import Sessions
from services.messages import customer_lines
from services.messages.callbacks import OnLanguage, encode
from services.messages.effects import Button, Keyboard
from services.messages.incoming import CustomerMessage
from storage.closed_sets import LANGUAGES, SpokenLanguage
from storage.store import Store
from storage.units import Unit

NATIVE: Final[Mapping[SpokenLanguage, str]] = {"ru": "Русский", "en": "English"}
"""What speakers call their language."""
CommandName = Literal["start", "help", "privacy", "language"]
_LINK: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link to the bot hands over with `/start`: the words of who made the link."""


class Commands:
    """Answers that need no thought. By themselves they never touch the operator group."""

    def __init__(self, *, store: Store, reception: Reception, sessions: Sessions) -> None:
        self._store = store
        self._reception = reception
        self._sessions = sessions

    async def say(self, command: CommandName, said: CustomerMessage) -> None:
        """Do what a command asks for; words and pictures beside it are received like any others."""

        def tell(talk: Conversation) -> None:
            talk.tell(command, buttons=_languages() if command == "language" else ())

        if await self._is_bare(command, said):
            await self._oblige(replace(said, kind="command"), tell)
        else:
            await self._reception.receive(said, first=tell)

    async def guess(self, said: CustomerMessage) -> None:
        """Answer a command that nobody knows: it may be meant for the people who look after the customer."""
        if await self._looked_after(said):
            await self._reception.receive(replace(said, kind="text"))
        else:
            await self.say("help", said)

    async def _is_bare(self, command: CommandName, said: CustomerMessage) -> bool:
        if said.kind != "text" or command != "start" or not _LINK.fullmatch(said.text):
            return said.kind == "command"
        return not await self._looked_after(said)

    async def _looked_after(self, said: CustomerMessage) -> bool:
        def look(unit: Unit) -> bool:
            customer = unit.customers.find(said.person.address)
            return customer is not None and unit.tickets.open_of(customer.id) is not None

        return await self._store.read(look)

    async def _oblige(self, said: CustomerMessage, tell: First) -> None:
        def act(unit: Unit) -> None:
            customer = self._sessions.customer(unit, said.person)
            if customer.banned_at is not None:
                customer_lines.keep(unit, said, customer)
                return
            crowded = self._sessions.situations.crowded(unit, customer)
            customer_lines.keep(unit, said, customer)
            talk = self._sessions.conversation(unit, said.cause, customer, customer.language)
            (talk.slow_down() if crowded else tell(talk))

        await self._store.write(act, said.cause)


def _languages() -> Keyboard:
    return (tuple(Button(text=NATIVE[code], press=encode(OnLanguage(code))) for code in LANGUAGES),)
