"""What a customer can choose below a line of the bot, where no messenger shows buttons: it is read with the line."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from storage.tables import offers


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of them."""

    id: str
    """By what it is named when it is taken."""
    title: str
    press: str
    """What a button would say."""


class Offers:
    """Choices by the lines that they stand under."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, message_id: int, choices: Sequence[Choice]) -> None:
        """Let these be the choices from now on; none: there is nothing to choose any more."""
        self._connection.execute(delete(offers).where(offers.c.message_id == message_id))
        if choices:
            told = json.dumps([asdict(one) for one in choices], ensure_ascii=False)
            self._connection.execute(insert(offers).values(message_id=message_id, choices=told))

    def of(self, message_ids: Collection[int]) -> dict[int, tuple[Choice, ...]]:
        rows = self._connection.execute(select(offers).where(offers.c.message_id.in_(message_ids)))
        return {row.message_id: tuple(Choice(**one) for one in json.loads(row.choices)) for row in rows}
