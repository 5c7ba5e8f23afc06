"""The schema goes up and down on both databases, and the migrations say what the tables say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Uuid, bindparam, inspect, text

from storage import engines
from storage.address import Address
from storage.customers import Customers
from storage.errors import DatabaseTaken, DatabaseUnusable
from storage.messages import Messages
from storage.migrate import downgrade, schema_state, steps, upgrade
from storage.opening import Database
from storage.records import StoredVerdict, Ticket
from storage.store import Store
from storage.tables import Moment, metadata
from storage.tickets import Tickets
from storage.verdicts import Verdicts
from tests.house.papers import REPOSITORY
from tests.raw import raw

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
VERDICT = StoredVerdict(
    scenario="DELIVERY",
    confidence=0.5,
    reasoning="",
    engine="llm",
    version="1",
    latency_ms=1,
    cost_usd=0.25,
    tokens_in=10,
    tokens_out=2,
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        async with raw(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}") as database:
            yield database
        return
    server: str = request.getfixturevalue("postgresql_server")
    admin = engines.postgresql(server, pool_size=1, max_overflow=0)
    async with admin.connect() as fresh:
        connection = await fresh.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("CREATE DATABASE empty"))
        async with raw(admin.url.set(database="empty").render_as_string(hide_password=False)) as database:
            yield database
        await connection.execute(text("DROP DATABASE empty"))
    await admin.dispose()


def tables(connection: Connection) -> set[str]:
    found = inspect(connection).get_table_names()
    return {name for name in found if not name.startswith("search_index")} - {"alembic_version"}


def test_steps_are_in_the_order_of_their_names() -> None:
    chain = ScriptDirectory(str(REPOSITORY / "storage" / "migrations")).walk_revisions()
    assert list(steps()) == [step.revision for step in reversed(list(chain))]


async def test_where_a_database_stands_is_seen_without_taking_a_step(empty: Database) -> None:
    assert await empty.read(schema_state) == "empty"
    await empty.write(partial(upgrade, revision=steps()[-2]))
    assert await empty.read(schema_state) == "older"
    await empty.write(upgrade)
    assert await empty.read(schema_state) == "newest"
    await empty.write(lambda found: found.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    assert await empty.read(schema_state) == "newer"


async def test_the_schema_goes_up_down_and_up_again(empty: Database) -> None:
    for _ in range(2):
        await empty.write(upgrade)
        assert await empty.read(tables) == set(metadata.tables)
        await empty.write(downgrade)
        assert await empty.read(tables) == set()


@pytest.mark.parametrize("empty", ["postgresql"], indirect=True)
async def test_a_step_may_reckon_for_long_and_a_unit_may_not(empty: Database) -> None:
    def limits(connection: Connection) -> list[str]:
        names = ("idle_in_transaction_session_timeout", "transaction_timeout")
        return [str(connection.execute(text(f"SHOW {name}")).scalar_one()) for name in names]

    def step(connection: Connection) -> list[str]:
        upgrade(connection)
        return limits(connection)

    assert await empty.write(step) == ["0", "0"]
    assert await empty.write(limits) == ["6s", "30s"]


# Each database writes an index over expressions anew: `test_inbox_plans.py` sees that this one is used.
@pytest.mark.filterwarnings(r"ignore:.*expression-based index")
async def test_migrations_say_what_the_tables_say(empty: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        opts = {
            "compare_type": True,
            "include_name": lambda name, *_: not str(name).startswith("search_index"),
            "include_object": lambda _found, name, *_: name != "ix_tickets_inbox",
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=opts), metadata))

    await empty.write(upgrade)
    assert await empty.read(differences) == []


async def test_verdicts_stand_when_their_tokens_come_and_go(empty: Database) -> None:
    def tell(connection: Connection) -> int:
        anna = Customers(connection, NOW).add(
            Address("api", "1"), first_name="", last_name="", username=None, language="ru"
        )
        line = Messages(connection, NOW).add(key="k", customer_id=anna.id, author="customer", text="где заказ?")
        Verdicts(connection, NOW).add(line.id, VERDICT)
        return line.id

    await empty.write(upgrade)
    line = await empty.write(tell)
    await empty.write(lambda connection: downgrade(connection, "0001"))
    await empty.write(upgrade)
    kept = await empty.read(lambda connection: Verdicts(connection, NOW).of_message(line))
    assert kept == replace(VERDICT, tokens_in=0, tokens_out=0)


async def test_tickets_that_stood_before_know_who_waits_in_them(empty: Database) -> None:
    """Each as (status, who wrote when after the opening): c a customer, o an operator, n an operator's note."""
    stood = [("open", ""), ("taken", "c1 o2"), ("taken", "c1 o2 c3 c4"), ("open", "c1 n2"), ("closed", "c1 o2 c3")]

    def tell(connection: Connection) -> None:
        for number, (status, lines) in enumerate(stood, start=1):
            ids = {"number": number, "opened": _minute(0)}
            connection.execute(OLD_CUSTOMER, ids | {"outside": str(number), "no": False, "yes": True})
            connection.execute(OLD_TICKET, ids | {"status": status})
            for place, line in enumerate(lines.split()):
                public = UUID(int=number * 100 + place)
                author = "customer" if line[0] == "c" else "operator"
                kind = "note" if line[0] == "n" else "text"
                said = {"id": public, "key": str(public), "author": author, "kind": kind, "at": _minute(int(line[1:]))}
                connection.execute(OLD_LINE, {"number": number} | said)

    await empty.write(lambda connection: upgrade(connection, "0006"))
    await empty.write(tell)
    await empty.write(upgrade)
    found = [await empty.read(partial(_ticket, number)) for number in range(1, len(stood) + 1)]
    waits = [one.waiting_since and one.waiting_since.minute for one in found]
    assert waits == [0, None, 3, 0, None]
    assert [one.state for one in found] == ["waiting", "awaiting_customer", "waiting", "waiting", "closed"]
    assert [one.replied_at and one.replied_at.minute for one in found] == [None, 2, 2, None, 2]


OLD_CUSTOMER: Final = text(
    "INSERT INTO customers (id, channel, external_id, first_name, last_name, language, language_chosen, reachable,"
    " created_at) VALUES (:number, 'api', :outside, '', '', 'ru', :no, :yes, :opened)"
).bindparams(bindparam("opened", type_=Moment))
OLD_TICKET: Final = text(
    "INSERT INTO tickets (id, customer_id, status, reason, priority, question, opened_at)"
    " VALUES (:number, :number, :status, 'unsure', 'low', '?', :opened)"
).bindparams(bindparam("opened", type_=Moment))
OLD_LINE: Final = text(
    "INSERT INTO messages (public_id, key, customer_id, ticket_id, author, kind, text, created_at)"
    " VALUES (:id, :key, :number, :number, :author, :kind, '', :at)"
).bindparams(bindparam("at", type_=Moment), bindparam("id", type_=Uuid))


def _minute(number: int) -> datetime:
    return NOW.replace(minute=number, second=0)


def _ticket(number: int, connection: Connection) -> Ticket:
    found = Tickets(connection, NOW).get(number)
    assert found is not None
    return found


async def test_a_file_that_is_no_database_is_named_with_the_fix(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Sir or Madam, " * 100)
    async with Store(f"sqlite+aiosqlite:///{file}") as store:
        with pytest.raises(DatabaseUnusable, match=r"database\.url: .*letter\.db .*not a database.*name another file"):
            await store.migrate()
    assert file.read_text().startswith("Dear Sir")


async def test_a_second_process_is_told_who_owns_the_file(sqlite_url: str) -> None:
    async with Store(sqlite_url) as first, Store(sqlite_url) as second, first.working():
        with pytest.raises(DatabaseTaken, match="another support-bot"):
            async with second.working():
                pass
