"""Admins change answers in Telegram: pick, read, send, look, save, take back; customers read the result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import chores
from playground import defaults
from playground.chats import Message
from playground.faults import Fault, Kind
from playground.people import Operator
from playground.server import Playground
from playground.world import Press
from services.delivery import rate_limits
from services.editing.drafts import LIFE, draft_of, keep
from services.scenarios.knowledge import replace as teach
from services.scenarios.packs import read_pack
from storage.records import Pack
from storage.store import Store
from storage.template_versions import TemplateVersion, standing
from storage.units import Unit
from tests.walk.conftest import House, opened

pytestmark = pytest.mark.long  # models are trained, or whole bots started

BOTH = f"{defaults.ADMIN_ID},{defaults.OPERATOR_ID}"
BONUS = "как получить бонус за приглашённого друга?"
THEIRS = "{{ customer.first_name or 'Друг' }}, бонус начислим за час"
CAREFUL = "{% if customer.first_name %}{{ customer.first_name }}, б{% else %}Б{% endif %}онус уже ваш"
FIRST = "личная ссылка лежит"
"""Stands in the first Russian variant of the pack."""
EITHER = "«Пригласить друга»"
"""Stands in both: customers read them in turn."""


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let admins read as fast as the test does: the pace in a private chat has tests of its own."""
    monkeypatch.setattr(rate_limits, "IN_PRIVATE", (1000, 1.0))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for changes more often than in real life."""
    monkeypatch.setattr(chores, "KNOW_S", 0.1)


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
    found = await house.playground.wait_for(lambda: [m for m in admin.replies if m.id > past and words in m.text])
    return found[-1]


def pressing(admin: Operator, message: Message, words: str) -> Callable[[], object]:
    """Find a button; it may be pressed later, when it is no longer there."""
    data = message.button(words).data or ""
    return lambda: admin.press(message, data)


async def turns(house: House, admin: Operator, message: Message, button: str, words: str) -> Message:
    """Press a button; return the message under it once it says something else, with no new one beside it."""
    before, newest = message.body, max(admin.chat.messages)
    pressing(admin, message, button)()
    await house.playground.wait_for(lambda: message.body is not before and words in message.text)
    assert max(admin.chat.messages) == newest
    return message


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def page(house: House, admin: Operator, title: str = "Пригласить друга") -> Message:
    listed = await hears(house, admin, "Ответы", lambda: admin.send("/scenarios"))
    return await turns(house, admin, listed, title, "русский")


async def prompted(house: House, admin: Operator, button: str = "✏️ русский 1") -> Message:
    shown = await page(house, admin)
    return await hears(house, admin, "пришлите новый текст", pressing(admin, shown, button))


async def previewed(house: House, admin: Operator, source: str = THEIRS) -> Message:
    await prompted(house, admin)
    return await hears(house, admin, "Клиент прочтёт", lambda: admin.send(source))


async def saved(house: House, admin: Operator, source: str = THEIRS) -> Message:
    preview = await previewed(house, admin, source)
    return await turns(house, admin, preview, "Сохранить", "Сохранено")


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

    careful = await hears(pair, olga, "начинается с приветствия", lambda: olga.send(CAREFUL))
    assert "прочтёт:\n\nОльга, бонус уже ваш" in careful.text
    assert careful.text.endswith("Здравствуйте, Ольга! Бонус уже ваш")
    preview = await hears(pair, olga, "начислим за час", lambda: olga.send(THEIRS))
    assert preview.text.endswith("прочтёт:\n\nОльга, бонус начислим за час"), "it stands as it is after the greeting"
    done = await turns(pair, olga, preview, "Сохранить", "Сохранено")
    assert done.text.endswith("читают клиенты.\n\nОльга, бонус начислим за час")
    assert labels(done) == ["↩️ Как было", "К сценарию"]
    answer = await read(pair, "бонус начислим")
    assert answer.text == "Здравствуйте! Вера, бонус начислим за час"

    undone = await turns(pair, olga, done, "Как было", FIRST)
    assert labels(undone) == ["↪️ Как стало", "К сценарию"], "nothing stood before it"
    await read(pair, FIRST)

    again = await turns(pair, olga, undone, "К сценарию", "REFERRAL")
    assert again.button("Как стало: русский 1").data
    assert "Ольга (tg:501)" in again.text


async def test_every_version_is_kept_with_its_author_and_time(pair: House, memory: Store) -> None:
    done = await saved(pair, pair.olga)
    await turns(pair, pair.olga, done, "Как было", FIRST)
    versions = await memory.read(
        lambda unit: [one for one in unit.template_versions.of("REFERRAL") if one.language == "ru"]
    )
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
    assert "возможно, это customer.first_name?" in wrong.text
    too_long = await hears(pair, olga, "не подойдёт", lambda: olga.send("ж" * 4097))
    assert "4096" in too_long.text
    photo = await hears(pair, olga, "Ответ — это текст", lambda: olga.send_photo(caption="новый ответ"))
    assert "фото" in photo.text
    blank = await hears(pair, olga, "не подойдёт", lambda: olga.send("{% if customer.last_name %}x{% endif %}"))
    assert "ответ пуст" in blank.text
    assert (await hears(pair, olga, "Клиент прочтёт", lambda: olga.send("Привет!"))).button("Сохранить").data


async def test_formatting_from_telegram_is_kept(pair: House, memory: Store) -> None:
    olga = pair.olga
    await prompted(pair, olga)
    words = "🙂 Важно: Q&A, {{ customer.first_name }} <3"
    bold = {"type": "bold", "offset": 3, "length": 6}
    preview = await hears(pair, olga, "Клиент прочтёт", lambda: olga.send(words, entities=[bold]))
    assert "прочтёт:\n\n🙂 Важно: Q&A, Ольга <3" in preview.text
    assert "bold" in [entity["type"] for entity in preview.entities]
    await turns(pair, olga, preview, "Сохранить", "Сохранено")

    versions = await memory.read(lambda unit: unit.template_versions.of("REFERRAL"))
    [theirs] = [one for one in versions if one.author.startswith("Ольга")]
    assert theirs.text == "🙂 <b>Важно:</b> Q&amp;A, {{ customer.first_name }} &lt;3"


async def test_cancelling_changes_nothing_and_the_next_line_is_a_question_again(one: House) -> None:
    olga = one.olga
    preview = await previewed(one, olga)
    save = pressing(olga, preview, "Сохранить")
    await turns(one, olga, preview, "Отмена", "Отменено")
    assert labels(preview) == ["К сценарию"]
    await hears(one, olga, "закончена", save)
    assert "Отменено" in preview.text, "what was pressed too late stays as it is"
    answer = await hears(one, olga, "Ольга", lambda: olga.send(BONUS))
    assert EITHER in answer.text


async def test_a_command_is_a_command_and_an_answer_may_begin_with_one(one: House) -> None:
    olga = one.olga
    await prompted(one, olga)
    await hears(one, olga, "Что здесь можно", lambda: olga.send("/help"))
    preview = await hears(one, olga, "Клиент прочтёт", lambda: olga.send("/operator позовёт человека"))
    assert preview.text.endswith("/operator позовёт человека")


async def test_an_edited_message_is_a_new_text_and_older_previews_save_nothing(one: House) -> None:
    olga = one.olga
    await prompted(one, olga)
    line = olga.send("Первый текст")
    first = (await one.playground.wait_for(lambda: [m for m in olga.replies if "Первый текст" in m.text]))[-1]
    second = await hears(one, olga, "Второй текст", lambda: olga.edit(line, "Второй текст"))
    await hears(one, olga, "не последний", pressing(olga, first, "Сохранить"))
    await turns(one, olga, second, "Сохранить", "Сохранено")
    assert "Второй текст" in (await page(one, olga)).text


async def test_a_variant_is_added_and_taken_away_again(one: House) -> None:
    olga = one.olga
    shown = await page(one, olga)
    await hears(one, olga, "пришлите новый текст", pressing(olga, shown, "английский: ещё вариант"))
    preview = await hears(one, olga, "Клиент прочтёт", lambda: olga.send("A third way to say it"))
    done = await turns(one, olga, preview, "Сохранить", "Сохранено")
    gone = await turns(one, olga, done, "Как было", "Убрано")
    assert labels(gone) == ["♻️ Вернуть", "К сценарию"]
    shown = await turns(one, olga, gone, "К сценарию", "английский")
    assert "вариант 3" not in shown.text


async def test_what_was_taken_away_is_put_back_once(pair: House) -> None:
    olga = pair.olga
    shown = await page(pair, olga)
    await hears(pair, olga, "пришлите новый текст", pressing(olga, shown, "английский: ещё вариант"))
    preview = await hears(pair, olga, "Клиент прочтёт", lambda: olga.send("A third way to say it"))
    done = await turns(pair, olga, preview, "Сохранить", "Сохранено")
    await turns(pair, olga, done, "Как было", "Убрано")
    again = pressing(olga, done, "Вернуть")
    back = await turns(pair, olga, done, "Вернуть", "A third way to say it")
    assert labels(back) == ["↩️ Как было", "К сценарию"]
    await turns(pair, olga, back, "Как было", "Убрано")
    shown = await turns(pair, olga, back, "К сценарию", "REFERRAL")
    back = await turns(pair, olga, shown, "♻️ английский: вернуть убранный", "Возвращено")
    again()
    await pair.playground.wait_for(lambda: "английский · вариант 3" in back.text)
    assert "вариант 4" not in back.text
    assert not any("вернуть" in label for label in labels(back))


async def test_undo_goes_back_text_by_text_and_forward_again(pair: House) -> None:
    olga = pair.olga
    await saved(pair, olga, "Второй текст")
    done = await saved(pair, olga, "Третий текст")
    await turns(pair, olga, done, "Как было", "Второй текст")
    assert labels(done) == ["↩️ Как было", "↪️ Как стало", "К сценарию"]
    await turns(pair, olga, done, "Как было", FIRST)
    await turns(pair, olga, done, "Как стало", "Второй текст")
    await turns(pair, olga, done, "К сценарию", "REFERRAL")
    assert labels(done)[:3] == ["✏️ русский 1", "↩️ Как было: русский 1", "↪️ Как стало: русский 1"]
    await turns(pair, olga, done, "Как стало: русский 1", "Третий текст")
    assert labels(done) == ["↩️ Как было", "К сценарию"]


@pytest.mark.parametrize("known", [True, False], ids=["and Telegram says so", "on its way"])
async def test_a_press_under_a_message_that_is_gone_shows_a_new_one(pair: House, *, known: bool) -> None:
    olga = pair.olga
    listed = await hears(pair, olga, "Ответы", lambda: olga.send("/scenarios"))
    press = pressing(olga, listed, "Пригласить")

    def pressed_as_it_goes() -> None:
        if known:
            olga.delete(listed)
            press()
        else:
            press()
            olga.delete(listed)

    shown = await hears(pair, olga, "REFERRAL", pressed_as_it_goes)
    assert shown.id != listed.id
    await turns(pair, olga, shown, "Все сценарии", "Выберите сценарий")


async def test_an_edit_whose_answer_was_lost_is_simply_made_again(one: House) -> None:
    olga = one.olga
    listed = await hears(one, olga, "Ответы", lambda: olga.send("/scenarios"))
    fault = one.playground.faults.add(Fault(method="editMessageText", kind=Kind.RESET, after_effect=True))
    await turns(one, olga, listed, "Пригласить", "REFERRAL")
    await one.playground.wait_for(lambda: len(one.playground.calls.of("editMessageText")) == 2)
    assert fault.struck == 1
    assert len(olga.replies) == 1


async def test_a_press_that_the_group_outran_by_becoming_a_supergroup_edits_nothing_there(
    sqlite_url: str, home: Path
) -> None:
    playground = Playground()
    playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    group = playground.add_group(basic=True)
    number = str(group.chat.id)
    async with opened(sqlite_url, playground=playground, SUPPORT_OPERATORS__CHAT_ID=number) as house:
        seat = house.olga.at(group)
        seat.send("/scenarios")
        listed = (await playground.wait_for(lambda: [m for m in group.chat.from_bot if "Ответы" in m.text]))[-1]
        group.upgrade()
        seat.press(listed, listed.button("Пригласить").data or "")
        await playground.wait_for(lambda: any("REFERRAL" in m.text for m in group.chat.from_bot))
    assert not playground.calls.of("editMessageText", chat_id=group.chat.id)


async def test_a_page_of_several_messages_begins_where_was_pressed(pair: House) -> None:
    olga = pair.olga
    await saved(pair, olga, "я" * 4000)
    listed = await hears(pair, olga, "Ответы", lambda: olga.send("/scenarios"))
    rest = await hears(pair, olga, "английский", pressing(olga, listed, "Пригласить"))
    assert "REFERRAL" in listed.text
    assert rest.id > listed.id
    await turns(pair, olga, rest, "Все сценарии", "Выберите сценарий")


async def test_of_several_pages_that_wait_for_one_message_only_the_last_is_shown(one: House) -> None:
    olga = one.olga
    listed = await hears(one, olga, "Ответы", lambda: olga.send("/scenarios"))
    one.playground.faults.add(Fault(method="editMessageText", kind=Kind.TOO_MANY_REQUESTS))
    presses = [pressing(olga, listed, title) for title in ("Пригласить", "Цены", "Оплата")]
    for press in presses:
        press()
    await one.playground.wait_for(lambda: "PAYMENT" in listed.text)
    assert len(one.playground.calls.of("editMessageText")) == 2


async def test_a_language_without_an_answer_is_told(pair: House, memory: Store) -> None:
    await page(pair, pair.olga)

    def act(unit: Unit) -> None:
        for one in unit.template_versions.of("REFERRAL"):
            if one.language == "en":
                unit.template_versions.retire(one.id)

    await memory.write(act)
    shown = await page(pair, pair.olga)
    assert "английский\nОтвета ещё нет" in shown.text
    assert shown.button("английский: написать ответ").data


async def test_what_people_answer_has_no_answer_to_edit(one: House) -> None:
    listed = await hears(one, one.olga, "Ответы", lambda: one.olga.send("/scenarios"))
    assert len(listed.buttons) == 12
    shown = await turns(one, one.olga, listed, "Позвать оператора", "отвечают люди")
    assert [button.text for button in shown.buttons] == ["⬅️ Все сценарии"]


async def test_an_edit_survives_a_restart(database_url: str, home: Path) -> None:
    async with opened(database_url) as before:
        await prompted(before, before.olga)
    async with opened(database_url, playground=before.playground) as after:
        preview = await hears(after, after.olga, "Клиент прочтёт", lambda: after.olga.send(THEIRS))
    async with opened(database_url, playground=before.playground) as last:
        last.olga.chat.messages[preview.id] = preview
        last.olga.chat.started = True
        await turns(last, last.olga, preview, "Сохранить", "Сохранено")
        assert "бонус начислим" in (await page(last, last.olga)).text


async def test_an_edit_that_was_left_lying_is_over(pair: House, memory: Store) -> None:
    olga = pair.olga
    preview = await previewed(pair, olga)

    def act(unit: Unit) -> None:
        draft = draft_of(unit, str(olga.id))
        assert draft is not None
        keep(unit, str(olga.id), replace(draft, touched_at=unit.now - LIFE - timedelta(seconds=1)))

    await memory.write(act)
    await hears(pair, olga, "закончена", pressing(olga, preview, "Сохранить"))
    assert EITHER in (await hears(pair, olga, "Ольга", lambda: olga.send(BONUS))).text


async def test_of_two_admins_the_second_learns_what_the_first_has_changed(pair: House, memory: Store) -> None:
    olga, max_ = pair.olga, max_of(pair)
    slow = await previewed(pair, max_, "Текст Макса")
    quick = await previewed(pair, olga)
    await turns(pair, olga, quick, "Сохранить", "Сохранено")
    again = pressing(max_, slow, "Сохранить")
    warned = await turns(pair, max_, slow, "Сохранить", "изменён (кто: Ольга")
    assert warned.text.endswith("Max, бонус начислим за час")
    await hears(pair, max_, "не последний", again)
    await turns(pair, max_, warned, "Всё равно", "Сохранено")
    ours = await memory.read(lambda unit: [one for one in unit.template_versions.of("REFERRAL") if "tg:" in one.author])
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

    def look(unit: Unit) -> list[TemplateVersion]:
        return standing([one for one in unit.template_versions.of("REFERRAL") if one.language == "ru"])

    now = await memory.read(look)
    assert len(now) == 2


async def test_an_outdated_undo_takes_nothing_back(pair: House) -> None:
    olga = pair.olga
    done = await saved(pair, olga)
    await saved(pair, olga, "Третий текст")
    press = olga.press(done, done.button("Как было").data or "")
    await pair.playground.wait_for(lambda: press.answer)
    assert press.text == "Этот ответ тем временем изменился"
    await pair.playground.wait_for(lambda: "Третий текст" in done.text)
    assert "REFERRAL" in done.text


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
    shown = await house.in_group("Ответы")
    olga.press(shown, shown.button("Пригласить").data or "")
    await house.in_group("REFERRAL")
    olga.press(shown, shown.button("русский 1").data or "")
    asked = await house.in_group("Ольга, пришлите новый текст ответом")
    assert asked.reply_to == shown.id
    olga.send("Коллеги, я меняю ответ")
    max_of(house).at(house.group).send("Давно пора", reply_to=asked)
    olga.send(THEIRS, reply_to=asked)
    preview = await house.in_group("Клиент прочтёт")
    assert "Ольга, бонус начислим за час" in preview.text
    olga.press(preview, preview.button("Сохранить").data or "")
    await house.in_group("Сохранено")
    assert "Сохранено" in preview.text
    for message in (asked, preview):
        late = olga.send("И ещё раз", reply_to=message)
        over = await house.in_group("закончена", past=late.id)
        assert over.reply_to == late.id
    assert not any("Давно" in m.text or "меняю" in m.text for m in house.group.from_bot)
    calls = house.playground.calls
    assert len(calls.of("editMessageText")) == 2, "the page and what was saved: nothing is edited beside a message"
    sent = calls.of("sendMessage", chat_id=house.group.chat.id)
    assert len(sent) == len(house.group.from_bot) == 6, "five of the edit, and how replies work to who wrote to nobody"


async def test_in_the_topic_of_a_ticket_nothing_of_an_edit_reaches_the_customer(forum: House) -> None:
    forum.anna.send("позовите живого человека, оператора")
    card = await forum.in_group("№1")
    olga = forum.olga.at(forum.group, card.thread_id)
    olga.send("/scenarios")
    listed = await forum.in_group("Ответы")
    assert listed.thread_id == card.thread_id
    olga.press(listed, listed.button("Пригласить").data or "")
    shown = await forum.in_group("REFERRAL")
    olga.press(shown, shown.button("русский 1").data or "")
    asked = await forum.in_group("пришлите новый текст")
    max_of(forum).at(forum.group, card.thread_id).send("Давно пора", reply_to=asked)
    olga.send(THEIRS, reply_to=asked)
    preview = await forum.in_group("Клиент прочтёт")
    assert preview.thread_id == card.thread_id
    olga.press(asked, asked.button("Отмена").data or "")
    await forum.in_group("Отменено")
    assert labels(asked) == ["К сценарию"]
    for message in (asked, preview):
        late = olga.send("Опоздавший текст", reply_to=message)
        await forum.in_group("закончена", past=late.id)
    olga.send("А это клиенту")
    await forum.playground.wait_for(lambda: any(m.text == "А это клиенту" for m in forum.anna.replies))
    assert not any("бонус" in m.text or "пора" in m.text or "Опоздавший" in m.text for m in forum.anna.replies)


async def test_any_variant_may_go_while_another_stands(pair: House, memory: Store) -> None:
    olga = pair.olga
    shown = await page(pair, olga)
    asked = await hears(pair, olga, "пришлите новый текст", pressing(olga, shown, "✏️ русский 1"))
    gone = await turns(pair, olga, asked, "Убрать этот вариант", "Убрано")
    assert gone.button("Вернуть").data

    def look(unit: Unit) -> list[TemplateVersion]:
        return [one for one in standing(unit.template_versions.of("REFERRAL")) if one.language == "ru"]

    left = await memory.read(look)
    assert len(left) == 1
    last = await hears(pair, olga, "пришлите новый текст", pressing(olga, await page(pair, olga), "✏️ русский"))
    assert not any("Убрать" in button.text for button in last.buttons), "customers are left with an answer"


DELIVERY = """
key = "DELIVERY"
title = { ru = "Доставка", en = "Delivery" }
description = "Getting the parcel: cost and time."
priority = "low"
action = "answer"
[examples]
ru = ["доставка", "вопрос про доставку", "расскажите о доставке", "интересует доставка", "хочу узнать о доставке"]
en = ["delivery", "a question about delivery", "tell me about delivery", "how does delivery work"]
[[answers]]
key = "COST"
title = { ru = "Сколько стоит", en = "What it costs" }
examples = { ru = ["сколько стоит доставка", "цена доставки"], en = ["how much is delivery", "delivery price"] }
templates = [{ language = "ru", text = "Доставка стоит 300 ₽." }, { language = "en", text = "Delivery is $5." }]
[[answers]]
key = "TIME"
title = { ru = "Сколько ждать", en = "How long it takes" }
examples = { ru = ["сколько ждать доставку", "когда привезут"], en = ["when will it arrive", "how long to wait"] }
templates = [{ language = "ru", text = "Доставка идёт три дня." }, { language = "en", text = "It takes three days." }]
"""


def pack_of(folder: Path, source: str) -> Pack:
    """Return a pack of one scenario."""
    folder.mkdir()
    (folder / "only.toml").write_text(source, encoding="utf-8")
    return read_pack(folder)


async def settled(house: House, press: Press) -> None:
    await house.playground.wait_for(lambda: press.answer)


async def picked(house: House, title: str, text: str) -> None:
    """Let new customers ask about delivery and pick what exactly, until one reads this: a change takes a moment."""
    for _ in range(40):
        if await _picked(house, title) == text:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(house.playground.transcript())


async def _picked(house: House, title: str) -> str:
    vera = house.playground.add_customer("Вера", language_code="ru")
    offered = await house.answer(vera, vera.send("вопрос про доставку"))
    past = max(vera.chat.messages)
    vera.press(offered, offered.button(title).data or "")
    replies = await house.playground.wait_for(lambda: [m for m in vera.replies if m.id > past])
    return replies[-1].text


async def test_one_answer_of_a_scenario_is_changed_and_read_while_the_others_stay(
    soon: None, database_url: str, home: Path
) -> None:
    async with Store(database_url) as store:
        await teach(store, pack_of(home / "mine", DELIVERY), author="import mine")
    async with opened(database_url, SUPPORT_CLASSIFIER__ANSWER_AT="0.5") as house:
        olga = house.olga
        listed = await hears(house, olga, "Ответы", lambda: olga.send("/scenarios"))
        answers = await turns(house, olga, listed, "Доставка", "несколько ответов")
        assert labels(answers) == ["⚪️ Сколько стоит · 2", "⚪️ Сколько ждать · 2", "⬅️ Все сценарии"]
        shown = await turns(house, olga, answers, "Сколько стоит", "DELIVERY.COST")
        assert "Доставка стоит 300 ₽." in shown.text
        assert "три дня" not in shown.text

        asked = await hears(house, olga, "пришлите новый текст", pressing(olga, shown, "✏️ русский"))
        assert "Доставка: Сколько стоит" in asked.text
        preview = await hears(house, olga, "Клиент прочтёт", lambda: olga.send("Доставка бесплатна."))
        done = await turns(house, olga, preview, "Сохранить", "Сохранено")
        assert labels(done) == ["↩️ Как было", "К ответу"]

        await picked(house, "Сколько стоит", "Доставка бесплатна.")
        assert await _picked(house, "Сколько ждать") == "Доставка идёт три дня."

        await turns(house, olga, done, "К ответу", "DELIVERY.COST")
        added = await hears(house, olga, "пришлите новый текст", pressing(olga, done, "русский: ещё вариант"))
        await turns(house, olga, added, "Отмена", "Отменено")
        await turns(house, olga, done, "⬅️ Доставка", "несколько ответов")
        other = await turns(house, olga, done, "Сколько ждать", "DELIVERY.TIME")
        assert "Доставка идёт три дня." in other.text
        assert not any("Как было" in label for label in labels(other))


async def test_what_was_begun_before_a_scenario_got_answers_belongs_to_none_of_them(
    pair: House, memory: Store, tmp_path: Path
) -> None:
    olga = pair.olga
    preview = await previewed(pair, olga)
    shown = await page(pair, olga)
    source = DELIVERY.replace('"DELIVERY"', '"REFERRAL"').replace('"Доставка"', '"Пригласить друга"')
    await teach(memory, pack_of(tmp_path / "mine", source), author="import mine")
    await hears(pair, olga, "Такого ответа больше нет", pressing(olga, preview, "Сохранить"))
    for label in ("✏️ русский 1", "русский: ещё вариант"):
        press = olga.press(shown, shown.button(label).data or "")
        await settled(pair, press)
        assert press.text == "Эта кнопка больше не действует. Ничего не потеряно."
    listed = await hears(pair, olga, "Ответы", lambda: olga.send("/scenarios"))
    await turns(pair, olga, listed, "Пригласить", "несколько ответов")
