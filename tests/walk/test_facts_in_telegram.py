"""Admins fill in facts in Telegram: list, question, value, history; customers read the result within seconds."""

from __future__ import annotations

import asyncio

from playground.chats import Message
from services.editing import stored_versions
from services.scenarios import fact_values
from storage.facts import EVERY, FactVersion
from storage.store import Store
from storage.template_versions import standing
from storage.units import Unit
from tests.walk.conftest import House
from tests.walk.test_editing import BONUS, brisk, hears, labels, max_of, memory, pair, pressing, soon, turns

__all__ = ["brisk", "memory", "pair", "soon"]
KEY = "address"
"""A fact of the pack."""
QUESTION = "Где вас найти"
ASKED = "Пришлите ответ"


async def empty(store: Store) -> None:
    """Take the invented shop's facts away: nobody has filled in anything."""

    def act(unit: Unit) -> None:
        for fact in unit.facts.definitions():
            fact_values.remove(unit, fact.key)

    await store.write(act)


async def answer_with(store: Store, source: str) -> None:
    """Let the one Russian answer about friends say this."""

    def act(unit: Unit) -> None:
        first, *others = [one for one in standing(unit.template_versions.of("REFERRAL")) if one.language == "ru"]
        for one in others:
            unit.template_versions.retire(one.id)
        stored_versions.put(unit, "REFERRAL", "ru", source, instead_of=first.id, author="test")

    await store.write(act)


async def page(house: House) -> Message:
    """Return the page of the fact, under the list it was picked from."""
    listed = await hears(house, house.olga, "Факты о вашем деле", lambda: house.olga.send("/facts"))
    return await turns(house, house.olga, listed, QUESTION, KEY)


async def said(house: House, value: str, button: str = "все языки") -> Message:
    """Fill in the fact; return the page with what was saved."""
    shown = await page(house)
    await hears(house, house.olga, ASKED, pressing(house.olga, shown, button))
    return await hears(house, house.olga, "Сохранено", lambda: house.olga.send(value))


async def read(house: House, words: str) -> None:
    """Wait until a new customer reads these words: a change is learned within seconds."""
    for _ in range(40):
        vera = house.playground.add_customer("Вера", language_code="ru")
        if words in (await house.answer(vera, vera.send(BONUS))).text:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(house.playground.transcript())


async def test_a_fact_is_asked_for_filled_in_read_by_customers_and_taken_back(
    soon: None, pair: House, memory: Store
) -> None:
    olga = pair.olga
    await empty(memory)
    await answer_with(memory, "Мы здесь: {{ facts.address }}. Ждём!")
    shown = await page(pair)
    assert "Ещё не заполнено" in shown.text
    assert "Например: Москва, Тихая улица, 5" in shown.text
    assert labels(shown)[:4] == ["✏️ все языки", "✏️ русский", "♻️ Вернуть: русский", "✏️ английский"]
    assert labels(shown)[-1] == "⬅️ Все факты"
    await read(pair, "Передал ваш вопрос")

    asked = await hears(pair, olga, ASKED, pressing(pair.olga, shown, "все языки"))
    assert "все языки, текст" in asked.text
    done = await hears(pair, olga, "Сохранено", lambda: olga.send("Тверь, Речная, 1."))
    assert "все языки · Ольга (tg:501)" in done.text
    assert "Тверь, Речная, 1." in done.text
    await read(pair, "Мы здесь: Тверь, Речная, 1. Ждём!")

    await said(pair, "Тверь,\nРечная, 2", "русский")
    await read(pair, "Мы здесь: Тверь,\nРечная, 2. Ждём!")
    shown = await page(pair)
    assert "все языки · Ольга" in shown.text
    assert "русский · Ольга" in shown.text


async def test_a_value_goes_back_and_forward_away_and_returns(pair: House, memory: Store) -> None:
    olga = pair.olga
    await empty(memory)
    await said(pair, "Тверь")
    shown = await said(pair, "Псков")
    assert labels(shown)[:3] == ["✏️ все языки: изменить", "↩️ Как было", "🗑 Убрать"]
    outdated = shown.button("Как было").data or ""
    await turns(pair, olga, shown, "Как было", "Тверь")
    assert labels(shown)[:3] == ["✏️ все языки: изменить", "↪️ Как стало", "🗑 Убрать"]
    await turns(pair, olga, shown, "Как стало", "Псков")
    await turns(pair, olga, shown, "Убрать", "Ещё не заполнено")
    await turns(pair, olga, shown, "Вернуть", "Псков")
    press = olga.press(shown, outdated)
    await pair.playground.wait_for(lambda: press.answer)
    assert press.text == "Этот факт тем временем изменился"

    def look(unit: Unit) -> list[FactVersion]:
        return [one for one in unit.facts.of(KEY) if "tg:" in one.author]

    versions = await memory.read(look)
    assert [one.value for one in versions] == ["Тверь", "Псков", "Тверь", "Псков", "Псков"]
    assert [one.retired_at is None for one in versions] == [False, False, False, False, True]
    assert {one.language for one in versions} == {EVERY}


async def test_a_value_that_will_not_do_is_explained_and_may_be_sent_again(pair: House, memory: Store) -> None:
    olga = pair.olga
    await empty(memory)
    listed = await hears(pair, olga, "Факты о вашем деле", lambda: olga.send("/facts"))
    assert "Заполнено 0 из 48" in listed.text
    while "на какую почту" not in " ".join(labels(listed)).lower():
        await turns(pair, olga, listed, "➡️", "Страница")
    shown = await turns(pair, olga, listed, "почту", "email")
    await hears(pair, olga, "электронная почта", pressing(olga, shown, "✏️ все языки"))
    wrong = await hears(pair, olga, "это не адрес почты", lambda: olga.send("пишите нам"))
    assert "hello@shop.example" in wrong.text
    await hears(pair, olga, "Нужен текст", lambda: olga.send_photo(caption="почта"))
    assert (
        "hello@lavka.example" in (await hears(pair, olga, "Сохранено", lambda: olga.send("hello@lavka.example"))).text
    )
    listed = await hears(pair, olga, "Факты о вашем деле", lambda: olga.send("/facts"))
    assert "Заполнено 1 из 48" in listed.text


async def test_cancelling_changes_nothing(pair: House, memory: Store) -> None:
    olga = pair.olga
    await empty(memory)
    asked = await hears(pair, olga, ASKED, pressing(olga, await page(pair), "✏️ русский"))
    await turns(pair, olga, asked, "Отмена", "Отменено")
    await turns(pair, olga, asked, "К факту", "Ещё не заполнено")


async def test_who_is_second_learns_what_the_first_has_said(pair: House, memory: Store) -> None:
    max_ = max_of(pair)
    await empty(memory)
    listed = await hears(pair, max_, "Факты", lambda: max_.send("/facts"))
    shown = await turns(pair, max_, listed, QUESTION, KEY)
    await hears(pair, max_, ASKED, pressing(max_, shown, "✏️ все языки"))
    await said(pair, "Тверь")
    warned = await hears(pair, max_, "Тем временем", lambda: max_.send("Псков"))
    assert "Ольга (tg:501)" in warned.text
    assert "Тверь" in warned.text
    await hears(pair, max_, "Сохранено", lambda: max_.send("Псков"))


async def test_in_the_group_only_a_reply_to_the_question_is_a_value(house: House) -> None:
    olga = house.olga.at(house.group)
    olga.send("/facts")
    shown = await house.in_group("Факты о вашем деле")
    olga.press(shown, shown.button(QUESTION).data or "")
    await house.in_group(KEY)
    olga.press(shown, shown.button("✏️ русский").data or "")
    asked = await house.in_group("ответом на это сообщение")
    olga.send("Коллеги, я заполняю адрес")
    olga.send("Тверь", reply_to=asked)
    assert "Тверь" in (await house.in_group("Сохранено")).text
    late = olga.send("Опоздавшее", reply_to=asked)
    await house.in_group("закончена", past=late.id)
    assert not any("Коллеги" in m.text for m in house.group.from_bot)


async def test_facts_are_for_admins_alone(house: House) -> None:
    olga, max_ = house.olga.at(house.group), max_of(house).at(house.group)
    olga.send("/facts")
    listed = await house.in_group("Факты о вашем деле")
    press = max_.press(listed, listed.button(QUESTION).data or "")
    await house.playground.wait_for(lambda: press.answer)
    assert press.text == "Ответы меняют только администраторы"
    house.anna.send("/facts")
    assert "🧾" not in (await house.answer(house.anna)).text


async def test_the_preview_of_an_answer_shows_which_facts_are_missing(pair: House, memory: Store) -> None:
    olga = pair.olga
    await empty(memory)
    listed = await hears(pair, olga, "Ответы", lambda: olga.send("/scenarios"))
    shown = await turns(pair, olga, listed, "Пригласить друга", "русский")
    asked = await hears(pair, olga, "пришлите новый текст", pressing(olga, shown, "✏️ русский 1"))
    assert "{{ facts.… }}" in asked.text
    wrong = await hears(pair, olga, "не подойдёт", lambda: olga.send("Мы здесь: {{ facts.adress }}"))
    assert "возможно, это facts.address?" in wrong.text
    preview = await hears(pair, olga, "Клиент прочтёт", lambda: olga.send("Мы здесь: {{ facts.address }}"))
    assert f"Мы здесь: ‹{QUESTION}" in preview.text
