"""The search above the list: tickets, customers and lines, narrowed by the same filters as the list."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dashboard.visitor import Browser
from tests.lines.world import World


@pytest.fixture
async def talked(world: World, maria: Browser) -> Browser:
    """A customer with a ticket that was answered, and one of the API."""
    await world.says(1, "не пришла посылка <b>с самоваром</b>, позовите оператора")
    await maria.writes_as("c-1", "доставка самовара")
    await maria.writes(1, "Самовар уже нашли")
    await maria.does(1, "priority", "high")
    await world.works()
    await world.store.write(lambda unit: unit.search.add(unit.search.unread(most=100)))
    return maria


async def found(browser: Browser, words: str, **more: Any) -> dict[str, Any]:
    status, told = await browser.get("search", words=words, **more)
    assert status == 200, told
    answer: dict[str, Any] = told
    return answer


async def test_lines_are_found_in_any_form_with_their_words_marked(talked: Browser) -> None:
    told = await found(talked, "самовары")
    assert [(hit["customer"], hit["author"], hit["ticket_id"]) for hit in told["hits"]] == [
        ("Анна", "operator", 1),
        ("c-1", "customer", None),
        ("Анна", "customer", 1),
    ]
    marked = [piece["text"] for hit in told["hits"] for piece in hit["pieces"] if piece["hit"]]
    assert marked == ["Самовар", "самовара", "самоваром"]
    assert "".join(piece["text"] for piece in told["hits"][-1]["pieces"]).startswith("не пришла посылка <b>")
    assert not told["more"]
    _, lines = await talked.get("customers/1/lines")
    assert told["hits"][0]["line_id"] in [line["id"] for line in lines["lines"]]


async def test_numbers_names_and_ids_lead_to_tickets_and_customers(talked: Browser) -> None:
    for words, tickets, customers in (
        ("#1", [1], ["Анна"]),
        ("1001", [], ["Анна"]),
        ("анна", [], ["Анна"]),
        ("c-1", [], ["c-1"]),
        ("#99", [], []),
        ('" OR *:', [], []),
        ("'; --", [], []),
    ):
        told = await found(talked, words)
        assert [one["id"] for one in told["tickets"]] == tickets, words
        assert [one["customer"]["name"] for one in told["customers"]] == customers, words


async def test_filters_narrow_lines_by_their_tickets(talked: Browser) -> None:
    for narrowed, expected in (({"priority": "high"}, 2), ({"channel": "api"}, 0), ({"place": "-1.0"}, 0)):
        assert len((await found(talked, "самовар", **narrowed))["hits"]) == expected, narrowed
    assert (await found(talked, "самовар", page=1))["hits"] == []
    assert (await found(talked, " "))["hits"] == []
    assert (await talked.get("search"))[0] == 422
    assert (await talked.get("search", words="x", page=1000))[0] == 422
