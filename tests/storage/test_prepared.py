"""Prepared statements say and find exactly what SQLAlchemy's ordinary way does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.address import Address
from storage.prepared import Prepared
from storage.queue_statements import among, list_of
from storage.records import Message, StoredVerdict
from storage.store import Store
from storage.tables import customers, messages, verdicts
from storage.units import Unit

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
_COLUMNS = [messages.c[name] for name in Message.__slots__]
_ADD = insert(messages).returning(*_COLUMNS)
_ALL = select(*_COLUMNS).where(messages.c.id >= bindparam("first")).order_by(messages.c.id)
_WORDS = update(messages).where(messages.c.id == bindparam("row"), messages.c.author == "bot").values(kind="answer")


def _connection(unit: Unit) -> Connection:
    return unit._connection  # below the nouns is what is tested here


def _customer(unit: Unit) -> int:
    added = unit.customers.add(Address("telegram", "7"), first_name="Анна", last_name="", username=None, language="ru")
    return added.id


def _line(customer: int, key: str, *, edited: datetime | None = None) -> dict[str, object]:
    return {
        "public_id": uuid4(),
        "key": key,
        "customer_id": customer,
        "author": "bot",
        "kind": "text",
        "text": "it's 5 > 4, \\n «ёж» 🦔 :name ? %s",
        "telegram_id": 2**40,
        "created_at": NOON,
        "edited_at": edited,
    }


async def test_values_go_in_and_come_out_as_the_ordinary_way_has_them(store: Store) -> None:
    def act(unit: Unit) -> None:
        connection, customer = _connection(unit), _customer(unit)
        line = _line(customer, "a", edited=NOON + timedelta(days=1))
        [new] = Prepared(_ADD).records(connection, line, Message)
        ordinary = connection.execute(_ADD, _line(customer, "b")).mappings().one()
        found = Prepared(_ALL).records(connection, {"first": 0}, Message)
        assert found == [Message(**row) for row in connection.execute(_ALL, {"first": 0}).mappings()]
        assert found == [new, Message(**ordinary)]
        assert (new.public_id, new.text, new.created_at) == (line["public_id"], line["text"], NOON)
        assert new.created_at.tzinfo is UTC or new.created_at.utcoffset() == timedelta(0)
        assert (new.edited_at, found[1].edited_at) == (NOON + timedelta(days=1), None)

    await store.write(act)


async def test_truth_and_fractions_keep_their_types(store: Store) -> None:
    told = StoredVerdict(
        scenario="PRICING", confidence=0.1, reasoning="", engine="local", version="1", latency_ms=0.5, cost_usd=0.0
    )
    names = [verdicts.c[name] for name in StoredVerdict.__slots__]
    reachable = select(customers.c.reachable, customers.c.language_chosen).where(customers.c.id == bindparam("who"))

    def act(unit: Unit) -> None:
        customer = _customer(unit)
        [line] = Prepared(_ADD).records(_connection(unit), _line(customer, "a"), Message)
        unit.verdicts.add(line.id, told)
        assert Prepared(select(*names)).records(_connection(unit), {}, StoredVerdict) == [told]
        [(yes, no)] = Prepared(reachable).rows(_connection(unit), {"who": customer})
        assert yes is True
        assert no is False

    await store.write(act)


async def test_changes_are_counted_and_what_is_fixed_in_the_statement_counts(store: Store) -> None:
    some = [{"row": number} for number in (1, 2)]

    def act(unit: Unit) -> tuple[int, int, list[str]]:
        connection, customer = _connection(unit), _customer(unit)
        for key in ("a", "b", "c"):
            connection.execute(_ADD, _line(customer, key))
        words = Prepared(_WORDS)
        words.each(connection, some)
        kinds: list[str] = [line.kind for line in Prepared(_ALL).records(connection, {"first": 0}, Message)]
        return words.run(connection, {"row": 3}), words.run(connection, {"row": 4}), kinds

    assert await store.write(act) == (1, 0, ["answer", "answer", "text"])


async def test_a_list_is_one_parameter_whatever_its_length(store: Store) -> None:
    def act(unit: Unit) -> list[list[str]]:
        connection, customer = _connection(unit), _customer(unit)
        for key in ("a", "b", "c"):
            connection.execute(_ADD, _line(customer, key))
        dialect = connection.dialect.name
        of = Prepared(select(messages.c.key).where(among(messages.c.id, "ids", dialect)).order_by(messages.c.id))
        return [[key for (key,) in of.rows(connection, {"ids": list_of(ids, dialect)})] for ids in ([], [2], [3, 1, 9])]

    assert await store.write(act) == [[], ["b"], ["a", "c"]]


async def test_one_whose_text_depends_on_its_values_is_refused(store: Store) -> None:
    several = Prepared(select(messages.c.id).where(messages.c.kind.in_(["text", "answer"])))
    with pytest.raises(TypeError, match="depends on its values"):
        await store.read(lambda unit: several.rows(_connection(unit), {}))


async def test_an_error_is_told_as_the_ordinary_way_tells_it(store: Store) -> None:
    def act(unit: Unit) -> None:
        line = _line(_customer(unit), "a")
        for _ in range(2):
            Prepared(_ADD).rows(_connection(unit), line)

    with pytest.raises(IntegrityError) as told:
        await store.write(act)
    assert "ёж" not in str(told.value)
