"""What a model costs, for verdicts and for the rest, is one sum."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.reports.figures import figures
from services.reports.metrics import Counting
from storage.address import Address
from storage.records import StoredVerdict
from storage.store import Store
from storage.units import Unit

VERDICT = StoredVerdict(
    scenario="REFUND", confidence=0.9, reasoning="", engine="llm", version="1", latency_ms=1, cost_usd=0.5
)


async def test_the_day_the_figures_and_the_metrics_count_both(store: Store) -> None:
    def act(unit: Unit) -> None:
        anna = unit.customers.add(Address("telegram", "1"), first_name="", last_name="", username=None, language="ru")
        line = unit.messages.add(key="k", customer_id=anna.id, author="customer", text="?")
        unit.verdicts.add(line.id, VERDICT)
        unit.spendings.add("phrasings", cost_usd=0.25, tokens_in=900, tokens_out=120)

    now = store.now()
    before, after = now - timedelta(hours=1), now + timedelta(hours=1)
    assert await store.read(lambda unit: unit.spendings.since(before)) == 0
    await store.write(act)
    assert await store.read(lambda unit: unit.spendings.since(before)) == pytest.approx(0.75)
    assert await store.read(lambda unit: unit.spendings.since(after)) == 0
    counts = await store.read(lambda unit: unit.statistics.between(before, after))
    assert figures(counts).cost_usd == pytest.approx(0.75)
    assert (await store.read(lambda unit: unit.statistics.between(after))).spent == 0
    told = await Counting(store=store).figures()
    assert told.spendings == {"phrasings": 0.25}
    assert told.verdicts["llm"].cost_usd == pytest.approx(0.5)
