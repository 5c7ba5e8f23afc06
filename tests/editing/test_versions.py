"""Versions of answers: what came before what, in which order they stand; on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.editing import stored_versions
from services.editing.history import Steps, steps
from services.scenarios.knowledge import NOTE, load, replace
from services.scenarios.packs import pack_version, read_pack
from storage.store import Store
from storage.template_versions import TemplateVersion, earlier, standing
from storage.units import Unit
from tests.packs import SHOP

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def version(number: int, begun: int, ended: int | None = None, language: str = "ru") -> TemplateVersion:
    return TemplateVersion(
        id=number,
        scenario="PRICING",
        answer=None,
        language=language,
        text=f"text {number}",
        author="Olga (tg:501)",
        created_at=NOON + timedelta(hours=begun),
        retired_at=None if ended is None else NOON + timedelta(hours=ended),
    )


@pytest.mark.parametrize(
    ("versions", "before", "stand"),
    [
        ([], {}, []),
        ([version(1, 0), version(2, 0)], {}, [1, 2]),
        ([version(1, 0, 1), version(2, 0), version(3, 1)], {3: 1}, [3, 2]),
        ([version(1, 0, 1), version(2, 1, 2), version(3, 2)], {2: 1, 3: 2}, [3]),
        ([version(1, 0, 1), version(2, 0, 1), version(3, 1), version(4, 1)], {3: 1, 4: 2}, [3, 4]),
        ([version(1, 0, 1), version(2, 1, language="en")], {}, [2]),
        ([version(1, 0, 0), version(2, 0, 0), version(3, 0)], {2: 1, 3: 2}, [3]),
        ([version(1, 0, 1), version(2, 0), version(3, 2)], {}, [2, 3]),
    ],
    ids=[
        "none",
        "two variants",
        "one edited",
        "edited twice",
        "imported",
        "other language",
        "one instant",
        "taken away",
    ],
)
def test_a_version_begins_when_its_predecessor_ends(
    versions: list[TemplateVersion], before: dict[int, int], stand: list[int]
) -> None:
    assert {number: one.id for number, one in earlier(versions).items()} == before
    assert [one.id for one in standing(versions)] == stand


@pytest.mark.parametrize(
    ("texts", "back", "forward"),
    [
        ("", None, None),
        ("A", None, None),
        ("AB", "A", None),
        ("ABA", None, "B"),
        ("ABAB", "A", None),
        ("ABC", "B", None),
        ("ABCB", "A", "C"),
        ("ABCBA", None, "B"),
        ("ABCBAB", "A", "C"),
        ("ABCBABC", "B", None),
        ("AAB", "A", None),
        ("ABB", "A", None),
        ("ABAC", "A", None),
        ("ABACA", "B", "C"),
        ("ABACAB", None, "A"),
        ("ABCA", "C", None),
        ("ABCAC", "B", "A"),
    ],
)
def test_steps_lead_back_text_by_text_and_forward_again(texts: str, back: str | None, forward: str | None) -> None:
    assert steps(texts) == Steps(back=back, forward=forward)


@given(st.lists(st.sampled_from("ABCDu"), max_size=20))
def test_whatever_was_written_every_text_is_reached_by_going_back_and_forward(actions: list[str]) -> None:
    texts: list[str] = []
    for action in actions:
        text = steps(texts).back if action == "u" else action
        texts += [text] if text else []
    reached = set(texts[-1:])
    while back := steps(texts).back:
        texts.append(back)
        reached.add(back)
    while forward := steps(texts).forward:
        texts.append(forward)
        reached.add(forward)
    assert reached == set(texts)


async def test_two_who_put_the_same_back_at_once_put_it_back_once(store: Store) -> None:
    await replace(store, read_pack(SHOP), author="import scenarios")

    def act(unit: Unit) -> int | None:
        return stored_versions.put(unit, "PRICING", "ru", "Третий", instead_of=None, author="Olga (tg:501)")

    added = await store.write(act)
    assert added is not None

    def act_2(unit: Unit) -> TemplateVersion:
        third = unit.template_versions.get(added)
        assert third is not None
        assert stored_versions.remove(unit, third, author="Olga (tg:501)")
        return third

    third = await store.write(act_2)

    async def put_back() -> int | None:
        return await store.write(lambda unit: stored_versions.restore(unit, third, author="Max (tg:502)"))

    done = await asyncio.gather(*(put_back() for _ in range(4)))
    assert len([new for new in done if new is not None]) == 1
    pack = await load(store)
    pricing = next(one for one in pack.scenarios if one.key == "PRICING")
    assert [one.text for one in pricing.templates if one.language == "ru"].count("Третий") == 1


async def test_a_change_is_announced_and_variants_keep_their_places(store: Store) -> None:
    await replace(store, read_pack(SHOP), author="import scenarios")

    def act(unit: Unit) -> tuple[TemplateVersion, int | None]:
        first, second = [one for one in standing(unit.template_versions.of("PRICING")) if one.language == "ru"]
        new = stored_versions.put(unit, "PRICING", "ru", "Новый текст", instead_of=first.id, author="Olga (tg:501)")
        return second, new

    second, new = await store.write(act)
    pack = await load(store)
    pricing = next(one for one in pack.scenarios if one.key == "PRICING")
    assert [one.text for one in pricing.templates if one.language == "ru"] == ["Новый текст", second.text]
    assert pack.version == pack_version(pack.scenarios, pack.background, pack.facts)
    assert new is not None


async def test_only_one_takes_the_place_of_a_version(store: Store) -> None:
    await replace(store, read_pack(SHOP), author="import scenarios")

    def act(unit: Unit) -> tuple[TemplateVersion, int | None]:
        [first, _] = [one for one in standing(unit.template_versions.of("PRICING")) if one.language == "ru"]
        new = stored_versions.put(unit, "PRICING", "ru", "Раз", instead_of=first.id, author="Olga (tg:501)")
        return first, new

    first, new = await store.write(act)

    def act_2(unit: Unit) -> None:
        noted = unit.key_values.read(NOTE)
        assert stored_versions.put(unit, "PRICING", "ru", "Два", instead_of=first.id, author="Max (tg:502)") is None
        assert unit.key_values.read(NOTE) == noted
        now = stored_versions.successor(unit.template_versions.of("PRICING"), first.id)
        assert now is not None
        assert (now.id, now.text) == (new, "Раз")
        assert not stored_versions.remove(unit, now, author="Olga (tg:501)")

    await store.write(act_2)
