"""Replicas that start in the same moment on an empty database."""

from __future__ import annotations

import asyncio

import pytest

from services.classify.verdict import Classifier
from services.scenarios.knowledge import Knowledge
from storage.records import Pack
from storage.store import Store
from storage.units import Unit
from tests.packs import SHOP


class NoSchool:
    """Teaches nobody: seeding needs no engine."""

    wants_context = False

    async def teach(self, pack: Pack) -> Classifier:
        raise NotImplementedError


@pytest.mark.parametrize("replicas", [1, 4])
async def test_one_of_them_fills_it_and_none_fails(store: Store, replicas: int) -> None:
    knowing = [Knowledge(store=store, engines=NoSchool()) for _ in range(replicas)]
    seeded = await asyncio.gather(*(one.seed(SHOP) for one in knowing))
    assert sorted(seeded) == [False] * (replicas - 1) + [True]

    def look(unit: Unit) -> None:
        assert unit.scenarios.count() == 12

    await store.read(look)
