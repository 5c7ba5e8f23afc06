"""Replicas that start in the same moment on an empty database."""

from __future__ import annotations

import asyncio

import pytest

from services.classify.verdict import Classifier, Question, Verdict
from services.scenarios.fact_values import fill_with_examples, load_facts, put, remove
from services.scenarios.knowledge import NOTE, Knowledge
from services.setup.planning import bare
from storage.records import Pack
from storage.store import Store
from storage.units import Unit
from tests.packs import SHOP


class NoSchool:
    """Teaches nobody: seeding needs no engine."""

    wants_context = False

    async def teach(self, pack: Pack) -> Classifier:
        raise NotImplementedError


class CountingSchool(NoSchool):
    """Notes what there was to learn."""

    def __init__(self) -> None:
        self.lessons: list[str] = []

    async def teach(self, pack: Pack) -> Classifier:
        self.lessons.append(pack.version)
        return Silent()


class Silent:
    async def classify(self, question: Question) -> Verdict:
        raise NotImplementedError


@pytest.mark.parametrize("replicas", [1, 4])
async def test_one_of_them_fills_it_and_none_fails(store: Store, replicas: int) -> None:
    knowing = [Knowledge(store=store, engines=NoSchool()) for _ in range(replicas)]
    seeded = await asyncio.gather(*(one.seed(SHOP) for one in knowing))
    assert sorted(seeded) == [False] * (replicas - 1) + [True]

    def look(unit: Unit) -> None:
        assert unit.scenarios.count() == 12

    await store.read(look)


async def test_the_facts_of_an_invented_business_are_the_examples_and_those_of_a_real_one_are_asked_for(
    store: Store,
) -> None:
    knowledge = Knowledge(store=store, engines=NoSchool())
    await knowledge.seed(SHOP)
    real = await load_facts(store)
    assert real.definitions["hours"].type == "text"
    assert real.stored == {}

    def act(unit: Unit) -> None:
        fill_with_examples(unit, unit.facts.definitions(), author="example")

    await store.write(act)
    invented = await load_facts(store)
    for language in ("ru", "en"):
        assert invented.values(language).keys() == real.definitions.keys()
    assert invented.value("phone", "ru") == "+7 495 000-00-12"


async def test_facts_are_learned_without_training_anew(store: Store) -> None:
    school = CountingSchool()
    knowledge = Knowledge(store=store, engines=school, settings={"hours": "9–18"})
    await knowledge.seed(SHOP, invented=True)
    assert await knowledge.refresh()
    assert knowledge.facts.value("returns.days", "ru") == "14"
    assert not await knowledge.refresh()

    await store.write(lambda unit: put(unit, "returns.days", "ru", "30", author="test"))
    assert await knowledge.refresh()
    assert knowledge.facts.value("returns.days", "ru") == "30"
    assert knowledge.facts.value("returns.days", "en") == "14"
    assert not await knowledge.refresh()
    assert len(school.lessons) == 1

    await store.write(lambda unit: remove(unit, "hours"))
    await knowledge.refresh()
    assert knowledge.facts.value("hours", "ru") == "ежедневно 9:00–18:00"


async def test_what_begins_with_nothing_is_learned_once(store: Store) -> None:
    """A pack that was cut down has no version of its own; without one it was learned again and again."""
    school = CountingSchool()
    knowledge = Knowledge(store=store, engines=school)
    await knowledge.seed(SHOP, choose=bare)
    assert await knowledge.refresh()
    assert not await knowledge.refresh()
    assert len(school.lessons) == 1
    await store.write(lambda unit: unit.key_values.write(NOTE, ""))  # as a database that began so before has it
    await knowledge.seed(SHOP)
    assert not await knowledge.refresh()


class SlowSchool(NoSchool):
    """Takes its time."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def teach(self, pack: Pack) -> Classifier:  # noqa: ARG002  # it is about when, not what
        self.begun.set()
        await self.may_end.wait()
        return Silent()


async def test_what_is_still_being_learned_has_its_title(store: Store) -> None:
    school = SlowSchool()
    knowledge = Knowledge(store=store, engines=school)
    await knowledge.seed(SHOP)
    learning = asyncio.create_task(knowledge.refresh())
    await school.begun.wait()
    assert knowledge.title("DELIVERY", "ru") is not None
    assert knowledge.scenario("DELIVERY") is None, "nothing is answered by it yet"
    school.may_end.set()
    assert await learning


async def test_who_fills_in_the_same_at_once_leaves_one_value(store: Store) -> None:
    values = [f"{number} days" for number in range(8)]

    async def fill(value: str) -> None:
        await store.write(lambda unit: put(unit, "returns.days", "en", value, author="test"))

    await asyncio.gather(*map(fill, values))
    versions = await store.read(lambda unit: unit.facts.of("returns.days"))
    assert sorted(one.value for one in versions) == values
    assert len([one for one in versions if one.retired_at is None]) == 1
