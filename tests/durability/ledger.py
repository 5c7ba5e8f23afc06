"""What the database says happened, for comparing it with what people did and saw."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from services.messages.effects import Copy, Say, ShowCard, decode
from storage.queue_statements import DONE, WAITING
from storage.tables import customers, inbox, messages, outbox, verdicts

HEADS = ("👤", "✏️")
"""What a customer has said, and what they have corrected."""
Mark = tuple[object, ...]
"""What a call has in common with the effect that it carries out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Rows as they are at one moment."""

    inbox: list[Any]
    outbox: list[Any]
    messages: list[Any]
    customers: list[Any]
    verdicts: list[Any]

    @property
    def updates(self) -> list[Any]:
        """What came in, without what the bot has promised itself to do about it."""
        return [row for row in self.inbox if row.key.startswith("tg:")]

    @property
    def settled(self) -> bool:
        return not any(row.state == WAITING for row in (*self.inbox, *self.outbox))

    @property
    def not_done(self) -> list[tuple[str, int | None, str | None]]:
        """Keys of what is not done, with the number of calls made for it, and why."""
        rows = [row for row in (*self.inbox, *self.outbox) if row.state != DONE]
        return [(row.key, getattr(row, "calls", None), row.error) for row in rows]

    @property
    def all_done(self) -> bool:
        return not self.not_done

    def waiting_marks(self) -> set[Mark]:
        return {mark for row in self.outbox if row.state == WAITING for mark in marks_of_effect(row.payload)}

    def person(self, external_id: int) -> int:
        """Return the row of a Telegram user."""
        found: int = next(row.id for row in self.customers if row.external_id == str(external_id))
        return found


async def read(url: str) -> Ledger:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            tables = {"inbox": inbox, "outbox": outbox, "messages": messages, "customers": customers}
            tables["verdicts"] = verdicts
            rows = {
                name: list((await connection.execute(select(table).order_by(table.c.id))).all())
                for name, table in tables.items()
            }
    finally:
        await engine.dispose()
    return Ledger(**rows)


async def wait_until(url: str, true: Callable[[Ledger], bool], *, within_s: float = 90) -> Ledger:
    """Read until it says so."""
    async with asyncio.timeout(within_s):
        while not true(found := await read(url)):  # noqa: ASYNC110  # a database has no bell for who only looks
            await asyncio.sleep(0.2)
    return found


def marks_of_effect(payload: str) -> list[Mark]:
    effect = decode(payload)
    match effect:
        case Say():
            presses = tuple(button.press for row in effect.words.buttons for button in row)
            whole = f"{effect.head}\n{effect.words.text}" if effect.head else effect.words.text
            return [(presses,)] if presses else marks_of_text(whole)
        case ShowCard():
            return [("card", effect.ticket_id)]
        case Copy():
            return [("copy", effect.telegram_id)]
        case _:
            return [(payload,)]


def marks_of_text(text: str) -> list[Mark]:
    """Return one mark a line where a person's words, and what they have corrected, stand under their name."""
    if not text.startswith(HEADS):
        return [(text,)]
    head, marks = "", list[Mark]()
    for line in text.split("\n"):
        if line.startswith(HEADS):
            head = line
        else:
            marks.append((head, line))
    return marks
