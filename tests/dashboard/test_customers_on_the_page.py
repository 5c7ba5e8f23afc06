"""Customers on the page: found by whatever somebody has of them, and shown with all that is known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dashboard.visitor import Browser
from tests.lines.world import CUSTOMER_ID, World


async def names(maria: Browser, who: str) -> list[str]:
    status, told = await maria.get("customers", who=who)
    assert status == 200, told
    return [one["customer"]["name"] for one in told["customers"]]


async def test_a_customer_is_found_by_whatever_somebody_has_of_them(world: World, maria: Browser) -> None:
    await world.says(1, "позовите оператора")
    await maria.writes_as("c-1", "позовите оператора")
    for who, expected in (
        (str(CUSTOMER_ID), ["Анна"]),
        (f"telegram:{CUSTOMER_ID}", ["Анна"]),
        ("c-1", ["c-1"]),
        ("api:c-1", ["c-1"]),
        ("#1", ["Анна"]),
        ("№ 2", ["c-1"]),
        ("анна", ["Анна"]),
        (" Ан ", ["Анна"]),
        ("@nobody", []),
        ("#77", []),
        ("%", []),
        ("' OR 1=1 --", []),
    ):
        assert await names(maria, who) == expected, who
    assert await names(maria, "") == [], "nobody is banned"
    await maria.does(2, "ban", "silent")
    assert await names(maria, "  ") == ["c-1"]
    assert (await maria.get("customers", who="x" * 201))[0] == 422


async def test_the_page_of_a_customer_tells_all_that_is_known(world: World, maria: Browser) -> None:
    await world.says(1, "позовите оператора")
    await maria.put("customers/1/note", text="Постоянный покупатель", before=None, key="a" * 12)
    await maria.does(1, "close", "silent")
    await world.says(2, "опять позовите оператора")
    await maria.does(2, "ban", "silent")
    status, told = await maria.get("customers/1")
    assert status == 200
    customer: dict[str, Any] = told["customer"]
    assert (customer["external_id"], customer["note"], customer["banned"], customer["tickets_count"]) == (
        str(CUSTOMER_ID),
        "Постоянный покупатель",
        True,
        2,
    )
    assert (told["messages"], told["rated"], told["average"], told["banned_by"]) == (2, 0, None, "Мария")
    assert [(one["id"], one["state"]) for one in told["tickets"]] == [(2, "closed"), (1, "closed")]


@pytest.mark.parametrize("path", ["customers/77", "customers/x", "customers/-1"])
async def test_who_is_not_there_is_not_found(maria: Browser, path: str) -> None:
    assert (await maria.get(path))[0] == 404
