"""What customers say of the people: asked for once, rated once, commented on once; and erased with the customer."""

from __future__ import annotations

from datetime import timedelta

from services.desk.audit import SHELL
from services.privacy.erasure import disclose, erase
from storage.address import Address
from storage.records import Customer, Ticket
from storage.store import Store
from storage.units import Unit


async def closed(store: Store) -> tuple[Customer, Ticket]:
    def act(unit: Unit) -> tuple[Customer, Ticket]:
        anna = unit.customers.add(
            Address("telegram", "1"), first_name="Анна", last_name="", username=None, language="ru"
        )
        ticket = unit.tickets.open(
            customer_id=anna.id,
            reason="asked",
            scenario="DELIVERY",
            answer="COST",
            confidence=None,
            priority="low",
            question="?",
        )
        unit.tickets.take(ticket.id, operator_id=501, operator_name="Ольга")
        unit.tickets.close(ticket.id)
        found = unit.tickets.get(ticket.id)
        assert found is not None
        return anna, found

    return await store.write(act)


async def test_a_ticket_is_rated_once_and_commented_on_once(store: Store) -> None:
    anna, ticket = await closed(store)

    def act(unit: Unit) -> None:
        ratings = unit.ratings
        assert not ratings.rate(ticket.id, 5)  # nobody has asked
        assert ratings.ask(ticket)
        assert not ratings.await_comment(ticket.id, unit.now)  # nothing is rated yet
        assert ratings.ask(ticket)  # once more, as long as it is not rated
        assert ratings.rate(ticket.id, 4)
        assert not ratings.rate(ticket.id, 1)
        assert not ratings.ask(ticket)
        assert ratings.await_comment(ticket.id, unit.now)
        line = unit.messages.add(key="k", customer_id=anna.id, author="customer", text="быстро", ticket_id=ticket.id)
        ratings.comment(ticket.id, line.id)
        assert not ratings.await_comment(ticket.id, unit.now)

    await store.write(act)
    rating = await store.read(lambda unit: unit.ratings.get(ticket.id))
    assert rating is not None
    assert (rating.score, rating.operator_id, rating.scenario, rating.answer) == (4, 501, "DELIVERY", "COST")
    told = await store.read(lambda unit: unit.ratings.satisfaction(ticket))
    assert (told.score, told.comment, told.average, told.count) == (4, "быстро", 4.0, 1)


async def test_who_was_asked_lately_is_known(store: Store) -> None:
    anna, ticket = await closed(store)
    await store.write(lambda unit: unit.ratings.ask(ticket))
    now = store.now()
    assert await store.read(lambda unit: unit.ratings.asked_since(anna.id, now - timedelta(days=1)))
    assert not await store.read(lambda unit: unit.ratings.asked_since(anna.id, now + timedelta(seconds=1)))
    told = await store.read(lambda unit: unit.ratings.satisfaction(ticket))
    assert (told.score, told.comment, told.average, told.count) == (None, None, None, 0)


async def test_ratings_are_told_and_erased_with_their_customer(store: Store) -> None:
    anna, ticket = await closed(store)
    await store.write(lambda unit: unit.ratings.ask(ticket))
    await store.write(lambda unit: unit.ratings.rate(ticket.id, 2))
    told = await disclose(store, anna)
    assert told["ratings"][0]["score"] == 2
    assert "operator_id" not in told["ratings"][0]
    await erase(store, anna, by=SHELL)
    assert await store.read(lambda unit: unit.ratings.get(ticket.id)) is None
