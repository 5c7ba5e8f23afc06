"""Admins change answers in Telegram: pick, read, send, look, save, take back; customers read the result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import running
from playground import defaults
from playground.chats import Message
from playground.people import Operator
from services import traffic
from services.editing.drafts import LIFE, draft_of, keep
from storage.store import Store
from storage.wordings import standing
from tests.walk.conftest import House, opened

BOTH = f"{defaults.ADMIN_ID},{defaults.OPERATOR_ID}"
BONUS = "как получить бонус за приглашённого друга?"
THEIRS = "{{ customer.first_name or 'Друг' }}, бонус начислим за час"
FIRST = "личная ссылка лежит"
"""Stands in the first Russian variant of the starter pack."""


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let admins read as fast as the test does: the pace in a private chat has tests of its own."""
    monkeypatch.setattr(traffic, "IN_PRIVATE", (1000, 1.0))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for changes more often than in real life."""
    monkeypatch.setattr(running, "LEARN_S", 0.1)


@pytest.fixture
async def pair(database_url: str, home: Path) -> AsyncIterator[House]:
    """A bot with two admins, Olga and Max, on each database."""
    async with opened(database_url, SUPPORT_TELEGRAM__ADMIN_IDS=BOTH) as house:
        yield house


@pytest.fixture
async def one(sqlite_url: str, home: Path) -> AsyncIterator[House]:
    """A bot on SQLite alone, for what is the same on any database: words, buttons, places."""
    async with opened(sqlite_url) as house:
        yield house


@pytest.fixture
async def memory(pair: House) -> AsyncIterator[Store]:
    async with Store(pair.database_url) as store:
        yield store


def max_of(house: House) -> Operator:
    return house.playground.operators[defaults.OPERATOR_ID]


async def hears(house: House, admin: Operator, words: str, act: Callable[[], object]) -> Message:
    """Return what the bot says to an admin in private after something was done."""
    past = max(admin.chat.messages, default=0)
    act()
    found = await house.playground.wait_for(lambda: [m for m in admin.replies if m.id > past and words in m.text], 15)
    return found[-1]


def pressing(admin: Operator, message: Message, words: str) -> Callable[[], object]:
    return lambda: admin.press(message, message.button(words).data or "")


async def page(house: House, admin: Operator, title: str = "Пригласить друга") -> Message:
    listed = await hears(house, admin, "Ответы", lambda: admin.send("/scenarios"))
    return await hears(house, admin, "русский", pressing(admin, listed, title))


async def prompted(house: House, admin: Operator, button: str = "✏️ русский 1") -> Message:
    shown = await page(house, admin)
    return await hears(house, admin, "пришлите новый текст", pressing(admin, shown, button))


async def previewed(house: House, admin: Operator, source: str = THEIRS) -> Message:
    await prompted(house, admin)
    return await hears(house, admin, "Клиент прочтёт", lambda: admin.send(source))


async def saved(house: House, admin: Operator, source: str = THEIRS) -> Message:
    preview = await previewed(house, admin, source)
    return await hears(house, admin, "Сохранено", pressing(admin, preview, "Сохранить"))


async def read(house: House, words: str) -> Message:
    """Return the answer a new customer reads, once it holds these words: a change is learned within seconds."""
    for _ in range(40):
        vera = house.playground.add_customer("Вера", language_code="ru")
        if words in (answer := await house.answer(vera, vera.send(BONUS))).text:
            return answer
        await asyncio.sleep(0.1)
    raise AssertionError(house.playground.transcript())


async def test_an_answer_is_read_changed_looked_at_saved_read_by_customers_and_taken_back(
    soon: None, pair: House
) -> None:
    olga = pair.olga
    shown = await page(pair, olga)
    assert "Ольга, ваша личная ссылка лежит" in shown.text
    assert "русский · вариант 2" in shown.text
    assert "английский · вариант 1" in shown.text
    assert not any("Как было" in button.text for button in shown.buttons)

    asked = await hears(pair, olga, "пришлите новый текст", pressing(olga, shown, "✏️ русский 1"))
    assert "{% if customer.first_name %}" in asked.text
    assert "{{ customer.first_name }} — имя" in asked.text

    preview = await hears(pair, olga, "Клиент прочтёт", lambda: olga.send(THEIRS))
    assert "прочтёт:\n\nОльга, бонус начислим за час" in preview.text
    assert preview.text.endswith("Здравствуйте, Ольга! Друг, бонус начислим за час")
    done = await hears(pair, olga, "Сохранено", pressing(olga, preview, "Сохранить"))
    answer = await read(pair, "бонус начислим")
    assert answer.text == "Здравствуйте, Вера! Друг, бонус начислим за час"

    undone = await hears(pair, olga, "Как было", pressing(olga, done, "Как было"))
    assert FIRST in undone.text
    await read(pair, FIRST)

    again = await hears(pair, olga, "REFERRAL", pressing(olga, undone, "К сценарию"))
    assert again.button("Как было: русский 1").data
    assert "Ольга (tg:501)" in again.text


async def test_every_version_is_kept_with_its_author_and_time(pair: House, memory: Store) -> None:
    done = await saved(pair, pair.olga)
    await hears(pair, pair.olga, "Как было", pressing(pair.olga, done, "Как было"))
    async with memory.read() as unit:
        versions = [one for one in await unit.wordings.of("REFERRAL") if one.language == "ru"]
    seeded, other, theirs, back = versions
    assert [one.author for one in versions] == ["import scenarios"] * 2 + ["Ольга (tg:501)"] * 2
    assert seeded.retired_at == theirs.created_at
    assert theirs.retired_at == back.created_at
    assert back.text == seeded.text
    assert [one.id for one in standing(versions)] == [back.id, other.id]


async def test_a_text_that_will_not_do_is_explained_and_may_be_sent_again(pair: House) -> None:
    olga = pair.olga
    await prompted(pair, olga)
    wrong = await hears(pair, olga, "не подойдёт", lambda: olga.send("Привет!\n{{ customer.frist_name }}"))
    assert "Строка 2" in wrong.text
    assert "did you mean customer.first_name?" in wrong.text
    too_long = await hears(pair, olga, "не подойдёт", lambda: olga.send("ж" * 4097))
    assert "4096" in too_long.text
    photo = await hears(pair, olga, "Ответ — это текст", lambda: olga.send_photo(caption="новый ответ"))
    assert "фото" in photo.text
    blank = await hears(pair, olga, "не подойдёт", lambda: olga.send("{% if customer.last_name %}x{% endif %}"))
    assert "empty" in blank.text
    assert (await hears(pair, olga, "Клиент прочтёт", lambda: olga.send("Привет!"))).button("Сохранить").data


async def test_formatting_from_telegram_is_kept(pair: House, memory: Store) -> None:
    olga = pair.olga
    await prompted(pair, olga)
    words = "🙂 Важно: Q&A, {{ customer.first_name }} <3"
    bold = {"type": "bold", "offset": 3, "length": 6}
    preview = await hears(pair, olga, "Клиент прочтёт", lambda: olga.send(words, entities=[bold]))
    assert "прочтёт:\n\n🙂 Важно: Q&A, Ольга <3" in preview.text
    assert preview.text.endswith("Здравствуйте, Ольга! 🙂 Важно: Q&A,  <3"), "the name has just been said"
    assert "bold" in [entity["type"] for entity in preview.entities]
    await hears(pair, olga, "Сохранено", pressing(olga, preview, "Сохранить"))
    async with memory.read() as unit:
        [theirs] = [one for one in await unit.wordings.of("REFERRAL") if one.author.startswith("Ольга")]
    assert theirs.text == "🙂 <b>Важно:</b> Q&amp;A, {{ customer.first_name }} &lt;3"


async def test_cancelling_changes_nothing_and_the_next_line_is_a_question_again(one: House) -> None:
    olga = one.olga
    preview = await previewed(one, olga)
    await hears(one, olga, "Отменено", pressing(olga, preview, "Отмена"))
    await hears(one, olga, "закончена", pressing(olga, preview, "Сохранить"))
    answer = await hears(one, olga, "Ольга", lambda: olga.send(BONUS))
    assert FIRST in answer.text


async def test_a_command_is_a_command_and_an_answer_may_begin_with_one(one: House) -> None:
    olga = one.olga
    await prompted(one, olga)
    await hears(one, olga, "/operator", lambda: olga.send("/help"))
    preview = await hears(one, olga, "Клиент прочтёт", lambda: olga.send("/operator позовёт человека"))
    assert preview.text.endswith("/operator позовёт человека")


async def test_an_edited_message_is_a_new_text_and_older_previews_save_nothing(one: House) -> None:
    olga = one.olga
    await prompted(one, olga)
    line = olga.send("Первый текст")
    first = (await one.playground.wait_for(lambda: [m for m in olga.replies if "Первый текст" in m.text]))[-1]
    second = await hears(one, olga, "Второй текст", lambda: olga.edit(line, "Второй текст"))
    await hears(one, olga, "не последний", pressing(olga, first, "Сохранить"))
    await hears(one, olga, "Сохранено", pressing(olga, second, "Сохранить"))
    assert "Второй текст" in (await page(one, olga)).text


async def test_a_variant_is_added_and_taken_away_again(one: House) -> None:
    olga = one.olga
    shown = await page(one, olga)
    await hears(one, olga, "пришлите новый текст", pressing(olga, shown, "английский: ещё вариант"))
    preview = await hears(one, olga, "Клиент прочтёт", lambda: olga.send("A third way to say it"))
    done = await hears(one, olga, "Сохранено", pressing(olga, preview, "Сохранить"))
    shown = await hears(one, olga, "английский · вариант 3", pressing(olga, done, "К сценарию"))
    assert "A third way to say it" in shown.text
    gone = await hears(one, olga, "Убрано", pressing(olga, done, "Как было"))
    shown = await hears(one, olga, "английский", pressing(olga, gone, "К сценарию"))
    assert "вариант 3" not in shown.text


async def test_a_language_without_an_answer_is_told(pair: House, memory: Store) -> None:
    await page(pair, pair.olga)
    async with memory.write() as unit:
        for one in await unit.wordings.of("REFERRAL"):
            if one.language == "en":
                await unit.wordings.retire(one.id)
    shown = await page(pair, pair.olga)
    assert "английский\nОтвета ещё нет" in shown.text
    assert shown.button("английский: написать ответ").data


async def test_what_people_answer_has_no_answer_to_edit(one: House) -> None:
    listed = await hears(one, one.olga, "Ответы", lambda: one.olga.send("/scenarios"))
    assert len(listed.buttons) == 12
    shown = await hears(one, one.olga, "отвечают люди", pressing(one.olga, listed, "Позвать оператора"))
    assert [button.text for button in shown.buttons] == ["⬅️ Все сценарии"]


async def test_an_edit_survives_a_restart(database_url: str, home: Path) -> None:
    async with opened(database_url) as before:
        await prompted(before, before.olga)
    async with opened(database_url, playground=before.playground) as after:
        preview = await hears(after, after.olga, "Клиент прочтёт", lambda: after.olga.send(THEIRS))
    async with opened(database_url, playground=before.playground) as last:
        last.olga.chat.messages[preview.id] = preview
        last.olga.chat.started = True
        await hears(last, last.olga, "Сохранено", pressing(last.olga, preview, "Сохранить"))
        assert "бонус начислим" in (await page(last, last.olga)).text


async def test_an_edit_that_was_left_lying_is_over(pair: House, memory: Store) -> None:
    olga = pair.olga
    preview = await previewed(pair, olga)
    async with memory.write() as unit:
        draft = await draft_of(unit, str(olga.id))
        assert draft is not None
        await keep(unit, str(olga.id), replace(draft, touched_at=unit.now - LIFE - timedelta(seconds=1)))
    await hears(pair, olga, "закончена", pressing(olga, preview, "Сохранить"))
    assert FIRST in (await hears(pair, olga, "Ольга", lambda: olga.send(BONUS))).text


async def test_of_two_admins_the_second_learns_what_the_first_has_changed(pair: House, memory: Store) -> None:
    olga, max_ = pair.olga, max_of(pair)
    slow = await previewed(pair, max_, "Текст Макса")
    quick = await previewed(pair, olga)
    await hears(pair, olga, "Сохранено", pressing(olga, quick, "Сохранить"))
    warned = await hears(pair, max_, "Тем временем Ольга", pressing(max_, slow, "Сохранить"))
    assert warned.text.endswith("Max, бонус начислим за час")
    await hears(pair, max_, "не последний", pressing(max_, slow, "Сохранить"))
    await hears(pair, max_, "Сохранено", pressing(max_, warned, "Всё равно"))
    async with memory.read() as unit:
        ours = [one for one in await unit.wordings.of("REFERRAL") if "tg:" in one.author]
    assert [one.text for one in ours] == [THEIRS, "Текст Макса"]
    assert ours[0].retired_at == ours[1].created_at


async def test_both_press_save_at_once_and_one_is_first(pair: House, memory: Store) -> None:
    olga, max_ = pair.olga, max_of(pair)
    one, other = await previewed(pair, olga, "Одно"), await previewed(pair, max_, "Другое")
    pressing(olga, one, "Сохранить")()
    pressing(max_, other, "Сохранить")()

    def told() -> list[str]:
        outcomes = ("✅ Сохранено", "⚠️ Тем временем")
        return sorted(
            outcome
            for admin in (olga, max_)
            for m in admin.replies
            for outcome in outcomes
            if m.text.startswith(outcome)
        )

    await pair.playground.wait_for(lambda: len(told()) == 2)
    assert told() == ["⚠️ Тем временем", "✅ Сохранено"]
    async with memory.read() as unit:
        now = standing([one for one in await unit.wordings.of("REFERRAL") if one.language == "ru"])
    assert len(now) == 2


async def test_an_outdated_undo_takes_nothing_back(pair: House) -> None:
    olga = pair.olga
    done = await saved(pair, olga)
    await saved(pair, olga, "Третий текст")
    press = olga.press(done, done.button("Как было").data or "")
    await pair.playground.wait_for(lambda: press.answer)
    assert press.text == "Этот ответ тем временем изменился"
    assert "Третий текст" in (await page(pair, olga)).text


async def test_who_is_no_admin_gets_a_polite_toast(house: House) -> None:
    olga, max_ = house.olga.at(house.group), max_of(house).at(house.group)
    olga.send("/scenarios")
    listed = await house.in_group("Ответы")
    press = max_.press(listed, listed.button("Пригласить").data or "")
    await house.playground.wait_for(lambda: press.answer)
    assert press.text == "Ответы меняют только администраторы"
    stray = house.playground.world.post(house.anna.chat, house.playground.world.bot, {"text": "старое"})
    press = house.anna.press(stray, "n:REFERRAL:ru")
    await house.playground.wait_for(lambda: press.answer)
    assert press.text == "Ответы меняют только администраторы"
    assert len(house.group.from_bot) == 1
    house.anna.send("/scenarios")
    assert "📚" not in (await house.answer(house.anna)).text


async def test_in_the_group_only_a_reply_to_the_prompt_is_a_text(house: House) -> None:
    olga = house.olga.at(house.group)
    olga.send("/scenarios")
    listed = await house.in_group("Ответы")
    olga.press(listed, listed.button("Пригласить").data or "")
    shown = await house.in_group("REFERRAL", past=listed.id)
    assert shown.reply_to == listed.id
    olga.press(shown, shown.button("русский 1").data or "")
    asked = await house.in_group("Ольга, пришлите новый текст ответом")
    olga.send("Коллеги, я меняю ответ")
    max_of(house).at(house.group).send("Давно пора", reply_to=asked)
    olga.send(THEIRS, reply_to=asked)
    preview = await house.in_group("Клиент прочтёт")
    assert "Ольга, бонус начислим за час" in preview.text
    olga.press(preview, preview.button("Сохранить").data or "")
    await house.in_group("Сохранено")
    late = olga.send("И ещё раз", reply_to=asked)
    over = await house.in_group("закончена")
    assert over.reply_to == late.id
    assert not any("Давно" in m.text or "меняю" in m.text for m in house.group.from_bot)


async def test_in_the_topic_of_a_ticket_nothing_of_an_edit_reaches_the_customer(forum: House) -> None:
    forum.anna.send("позовите живого человека, оператора")
    card = await forum.in_group("№1")
    olga = forum.olga.at(forum.group, card.thread_id)
    olga.send("/scenarios")
    listed = await forum.in_group("Ответы")
    assert listed.thread_id == card.thread_id
    olga.press(listed, listed.button("Пригласить").data or "")
    shown = await forum.in_group("REFERRAL", past=listed.id)
    olga.press(shown, shown.button("русский 1").data or "")
    asked = await forum.in_group("пришлите новый текст")
    max_of(forum).at(forum.group, card.thread_id).send("Давно пора", reply_to=asked)
    olga.send(THEIRS, reply_to=asked)
    preview = await forum.in_group("Клиент прочтёт")
    olga.press(preview, preview.button("Отмена").data or "")
    await forum.in_group("Отменено")
    olga.send("Опоздавший текст", reply_to=asked)
    await forum.in_group("закончена")
    olga.send("А это клиенту")
    await forum.playground.wait_for(lambda: any(m.text == "А это клиенту" for m in forum.anna.replies))
    assert not any("бонус" in m.text or "пора" in m.text or "Опоздавший" in m.text for m in forum.anna.replies)
