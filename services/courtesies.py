"""The standing commands of a customer: start, help, privacy, language."""

from __future__ import annotations

from typing import Literal

from services.arrivals import CustomerMessage
from services.effects import Button, Keyboard
from services.presses import OnLanguage, encode
from services.reception import Reception
from storage.store import Store

Courtesy = Literal["start", "help", "privacy", "language"]


class Courtesies:
    """Answers that need no thought and never touch the operator group."""

    def __init__(self, *, store: Store, reception: Reception) -> None:
        self._store = store
        self._reception = reception

    async def say(self, courtesy: Courtesy, said: CustomerMessage) -> None:
        async with self._store.write(said.cause) as unit:
            customer = await self._reception.customer(unit, said.person)
            await unit.messages.add(
                key=said.cause.key,
                customer_id=customer.id,
                author="customer",
                text=said.text,
                kind="command",
                telegram_id=said.telegram_id,
            )
            talk = await self._reception.conversation(unit, said.cause, customer, customer.language)
            await talk.tell(courtesy, buttons=_languages() if courtesy == "language" else ())


def _languages() -> Keyboard:
    native = {"ru": "Русский", "en": "English"}
    return (tuple(Button(text=native[code], press=encode(OnLanguage(code))) for code in ("ru", "en")),)
