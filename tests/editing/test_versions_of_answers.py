"""What is done to the versions of one answer of a scenario leaves the others as they are; on both databases."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from services.editing import stored_versions
from services.editing.drafts import Draft, draft_of, drop, keep
from services.editing.history import possible_actions
from services.scenarios.knowledge import replace
from services.scenarios.packs import read_pack
from storage.store import Store
from storage.template_versions import TemplateVersion, standing
from storage.units import Unit

OLGA = "Olga (tg:501)"
DELIVERY = """
key = "DELIVERY"
title = { ru = "Доставка", en = "Delivery" }
description = "Getting the parcel."
priority = "low"
action = "answer"
[examples]
ru = ["доставка"]
en = ["delivery"]
[[answers]]
key = "COST"
title = { ru = "Сколько стоит", en = "What it costs" }
examples = { ru = ["сколько стоит доставка"], en = ["how much is delivery"] }
templates = [{ language = "ru", text = "Уточните у нас." }]
[[answers]]
key = "TIME"
title = { ru = "Сколько ждать", en = "How long it takes" }
examples = { ru = ["когда привезут"], en = ["when will it arrive"] }
templates = [{ language = "ru", text = "Уточните у нас." }]
"""
"""Both answers begin with the same words: only the answer tells their versions apart."""


@pytest.fixture
async def taught(store: Store, tmp_path: Path) -> Store:
    (tmp_path / "delivery.toml").write_text(DELIVERY, encoding="utf-8")
    await replace(store, read_pack(tmp_path), author="import mine")
    return store


def only(unit: Unit, answer: str) -> TemplateVersion:
    [one] = standing(unit.template_versions.of_answer("DELIVERY", answer))
    return one


def texts(unit: Unit, answer: str) -> list[str]:
    return [one.text for one in standing(unit.template_versions.of_answer("DELIVERY", answer))]


def rewrite(unit: Unit, answer: str, text: str) -> int:
    new = stored_versions.put(
        unit, "DELIVERY", "ru", text, instead_of=only(unit, answer).id, author=OLGA, answer=answer
    )
    assert new is not None
    return new


async def test_of_two_answers_changed_in_the_same_moment_each_has_its_own_past(taught: Store) -> None:
    def change(unit: Unit) -> tuple[int, int]:
        return rewrite(unit, "TIME", "Три дня."), rewrite(unit, "COST", "300 ₽.")

    def undo(unit: Unit) -> None:
        done = stored_versions.step(unit, only(unit, "COST"), "undo", author=OLGA)
        assert done is not None
        assert done[0] == "Уточните у нас."
        assert only(unit, "COST").id == done[1]
        assert only(unit, "COST").answer == "COST"
        assert texts(unit, "TIME") == ["Три дня."]
        assert possible_actions(unit.template_versions.of_answer("DELIVERY", "COST"), done[1]) == ("redo",)
        assert possible_actions(unit.template_versions.of_answer("DELIVERY", "TIME"), only(unit, "TIME").id) == (
            "undo",
        )

    def redo(unit: Unit) -> None:
        done = stored_versions.step(unit, only(unit, "COST"), "redo", author=OLGA)
        assert done is not None
        assert texts(unit, "COST") == ["300 ₽."]
        assert texts(unit, "TIME") == ["Три дня."]

    await taught.write(change)
    await taught.write(undo)
    await taught.write(redo)


async def test_a_successor_is_of_the_same_answer(taught: Store) -> None:
    def change(unit: Unit) -> tuple[int, int]:
        first = only(unit, "COST").id
        rewrite(unit, "TIME", "Три дня.")
        return first, rewrite(unit, "COST", "300 ₽.")

    def look(unit: Unit) -> None:
        now = stored_versions.successor(unit.template_versions.of_answer("DELIVERY", "COST"), first)
        assert now is not None
        assert (now.id, now.answer) == (new, "COST")

    first, new = await taught.write(change)
    await taught.write(look)


async def test_what_was_taken_away_returns_to_its_answer_though_another_says_the_same(taught: Store) -> None:
    def add(unit: Unit) -> int:
        new = stored_versions.put(unit, "DELIVERY", "ru", "Бесплатно.", instead_of=None, author=OLGA, answer="COST")
        rewrite(unit, "TIME", "Бесплатно.")
        assert new is not None
        return new

    def take_away(unit: Unit) -> None:
        wording = unit.template_versions.get(added)
        assert wording is not None
        assert stored_versions.remove(unit, wording, author=OLGA)
        assert texts(unit, "COST") == ["Уточните у нас."]
        assert texts(unit, "TIME") == ["Бесплатно."]

    def put_back(unit: Unit) -> None:
        wording = unit.template_versions.get(added)
        assert wording is not None
        assert stored_versions.restore(unit, wording, author=OLGA) is not None
        assert stored_versions.restore(unit, wording, author=OLGA) is None, "customers read it again already"
        assert texts(unit, "COST") == ["Уточните у нас.", "Бесплатно."]
        assert texts(unit, "TIME") == ["Бесплатно."]

    added = await taught.write(add)
    await taught.write(take_away)
    await taught.write(put_back)


async def test_a_draft_carries_its_answer_and_one_from_before_there_were_answers_is_read(store: Store) -> None:
    def act(unit: Unit) -> None:
        draft = Draft(
            mark="m",
            where="private",
            scenario="DELIVERY",
            answer="COST",
            language="ru",
            wording_id=None,
            touched_at=unit.now - timedelta(minutes=1),
        )
        keep(unit, "501", draft)
        assert draft_of(unit, "501") == draft
        older = json.loads(unit.key_values.read("draft:501") or "")
        del older["answer"]
        unit.key_values.write("draft:501", json.dumps(older))
        read = draft_of(unit, "501")
        assert read is not None
        assert (read.scenario, read.answer) == ("DELIVERY", None)
        drop(unit, "501")
        assert draft_of(unit, "501") is None

    await store.write(act)
