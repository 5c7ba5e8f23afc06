"""A scenario with several answers: read with every mistake named, written back, kept in the database, compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.differences import differences
from services.scenarios.knowledge import load
from services.scenarios.knowledge import replace as put
from services.scenarios.modes import with_modes
from services.scenarios.packs import inspect_pack, pack_version, read_pack, write_pack
from storage.records import Pack
from storage.store import Store

DELIVERY = """
key = "DELIVERY"
title = { ru = "Доставка", en = "Delivery" }
description = "Getting the parcel."
priority = "medium"
action = "answer"

[examples]
ru = ["доставка"]
en = ["delivery"]

[[answers]]
key = "COST"
title = { ru = "Сколько стоит", en = "What it costs" }
priority = "low"
examples = { ru = [
  "сколько стоит доставка",
], en = ["how much is delivery"] }
[[answers.templates]]
language = "ru"
text = "Доставка стоит 300 ₽."
[[answers.templates]]
language = "en"
text = "Delivery is $5."

[[answers]]
key = "STATUS"
title = { ru = "Где заказ", en = "Where it is" }
action = "answer_and_escalate"
examples = { ru = ["где мой заказ"], en = ["where is my order"] }
templates = [{ language = "ru", text = "Смотрим." }, { language = "en", text = "We are looking." }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "delivery.toml").write_text(DELIVERY, encoding="utf-8")
    (tmp_path / "background.jsonl").write_text('{"language": "en", "text": "nice weather"}\n', encoding="utf-8")
    return tmp_path


def test_answers_are_read(folder: Path) -> None:
    (delivery,) = read_pack(folder).scenarios
    assert [answer.key for answer in delivery.answers] == ["COST", "STATUS"]
    cost, status = delivery.answers
    assert (cost.priority, cost.action, cost.examples["ru"]) == ("low", None, ("сколько стоит доставка",))
    assert (status.priority, status.action, status.templates[1].text) == (
        None,
        "answer_and_escalate",
        "We are looking.",
    )
    assert delivery.phrases["en"] == ("delivery", "how much is delivery", "where is my order")


def test_what_is_written_reads_the_same(folder: Path, tmp_path: Path) -> None:
    pack = read_pack(folder)
    again = tmp_path / "again"
    write_pack(pack, again)
    assert read_pack(again) == pack


async def test_the_database_keeps_answers(folder: Path, store: Store) -> None:
    pack = read_pack(folder)
    await put(store, pack, author="test")
    kept = await load(store)
    assert kept.scenarios == with_modes(pack.scenarios, (), start="auto")
    assert pack_version(kept.scenarios, kept.background) == pack.version
    (outline,) = await store.read(lambda unit: unit.scenarios.outlines())
    assert [answer.key for answer in outline.answers] == ["COST", "STATUS"]


async def test_an_answer_that_is_gone_takes_its_phrases_and_texts_along(folder: Path, store: Store) -> None:
    pack = read_pack(folder)
    await put(store, pack, author="test")
    (delivery,) = pack.scenarios
    fewer = replace(delivery, answers=delivery.answers[:1])
    await put(store, Pack(scenarios=(fewer,), background=pack.background, version="2"), author="test")
    assert (await load(store)).scenarios == with_modes((fewer,), (), start="auto")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "STATUS"', 'key = "COST"', "COST stands already in line"),
        ('key = "STATUS"', 'key = "where"', "cannot be a key"),
        ('action = "answer_and_escalate"', 'action = "maybe"', "answers.1.action cannot be 'maybe'"),
        ('title = { ru = "Где заказ", en = "Where it is" }', 'title = { ru = "Где заказ" }', "title.en is missing"),
        ('examples = { ru = ["где мой заказ"], en = ["where is my order"] }', "", "no examples"),
        ('ru = ["где мой заказ"]', 'ru = ["сколько стоит доставка"]', "teaches DELIVERY.STATUS here and DELIVERY.COST"),
        ('text = "Delivery is $5."', 'text = "Delivery is {{ price }}."', "price"),
        ('priority = "low"', 'prioriti = "low"', "unknown key answers.0.prioriti"),
        ('en = "What it costs"', f'en = "{"What it costs " * 4}"', "at most 40"),
    ],
)
def test_each_mistake_in_an_answer_is_named(folder: Path, old: str, new: str, message: str) -> None:
    assert old in DELIVERY
    (folder / "delivery.toml").write_text(DELIVERY.replace(old, new, 1), encoding="utf-8")
    reading = inspect_pack(folder)
    assert reading.pack is None
    assert any(message in str(problem) for problem in reading.problems), [str(one) for one in reading.problems]
    assert all(problem.line > 1 for problem in reading.problems)


def test_texts_belong_to_answers_where_there_are_several(folder: Path) -> None:
    more = DELIVERY.replace("[examples]", '[[templates]]\nlanguage = "ru"\ntext = "Всё о доставке."\n\n[examples]', 1)
    (folder / "delivery.toml").write_text(more, encoding="utf-8")
    assert any("has no templates of its own" in str(problem) for problem in inspect_pack(folder).problems)


def test_a_long_key_leaves_no_room_on_a_button(folder: Path) -> None:
    longer = DELIVERY.replace('key = "STATUS"', f'key = "{"S" * 40}"').replace(
        'key = "DELIVERY"', f'key = "{"D" * 30}"'
    )
    (folder / "delivery.toml").write_text(longer, encoding="utf-8")
    assert any("56" in str(problem) for problem in inspect_pack(folder).problems)


def test_a_comparison_names_what_changes_in_answers(folder: Path, tmp_path: Path) -> None:
    old = read_pack(folder)
    (delivery,) = old.scenarios
    cost, _ = delivery.answers
    cheaper = replace(cost, priority=None, examples={"ru": ("почём доставка",), "en": cost.examples["en"]})
    changed = replace(delivery, answers=(cheaper, replace(cost, key="PRICE", examples={})))
    new = Pack(scenarios=(changed,), background=old.background, version="2")
    lines = differences(old, new, details=True)
    assert "answers +PRICE -STATUS" in lines[0]
    assert "COST changed" in lines[0]
    assert any("+ COST ru: почём доставка" in line for line in lines)
