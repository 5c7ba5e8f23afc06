"""`/unanswered`: an admin goes through what is asked and not answered, in private."""

from __future__ import annotations

import pytest

from services.messages.effects import Words
from storage.records import Scenario
from tests.lines.asking import INSTALMENTS, INSTALMENTS_TOO, WRAPPING, asks, gathers
from tests.lines.world import GROUP_ID, OPERATOR_ID, World, said

ADMIN = OPERATOR_ID
REPLY = "Анна, да: можно частями до 6 месяцев. Ваш заказ №45871 уже оформлен, звоните до 25 мая."


async def asked_for(world: World, text: str = "/unanswered", *, by: int = ADMIN) -> None:
    person = {"id": by, "first_name": "Ольга"}
    body = said(next(world.numbers) + 9000, text) | {"chat": person | {"type": "private"}}
    await world.arrives("message", body | {"from": person | {"is_bot": False, "language_code": "ru"}})
    await world.works()


def page(world: World) -> str:
    return world.screen.texts(ADMIN)[-1]


def _last(world: World) -> Words:
    return next(one.words for one in reversed(world.screen.shown.values()) if one.chat_id == ADMIN)


async def presses(world: World, *words: str) -> None:
    for one in words:
        await world.presses(ADMIN, one)


async def scenario(world: World, key: str) -> Scenario | None:
    known, _ = await world.store.read(lambda unit: unit.scenarios.load())
    return next((one for one in known if one.key == key), None)


@pytest.fixture
async def asked(led: World) -> World:
    """Two questions of one meaning, the first of which was answered, and one of another."""
    ticket = await asks(led, 1, INSTALMENTS)
    card = next(one.telegram_id for one in led.screen.shown.values() if f"<b>№{ticket}</b>" in one.words.text)
    await led.operator_says(700, REPLY, reply_to=card)
    await asks(led, 2, INSTALMENTS_TOO)
    await asks(led, 3, WRAPPING)
    await gathers(led)
    await asked_for(led)
    return led


async def test_one_group_is_a_page_with_how_often_it_was_asked_and_what_was_answered(asked: World) -> None:
    assert "1 из 2" in page(asked)
    assert INSTALMENTS in page(asked)
    assert "всего 2; за неделю 2, за прошлую 0" in page(asked)
    assert "до 6 месяцев" in page(asked)
    await presses(asked, "▶️")
    assert "2 из 2" in page(asked)
    assert WRAPPING in page(asked)
    await presses(asked, "◀️")
    assert INSTALMENTS in page(asked)


async def test_an_answer_is_made_of_a_reply_and_what_is_stored_is_shown_before(asked: World) -> None:
    await presses(asked, "Сделать ответом")
    [offered] = [one.text for row in _last(asked).buttons for one in row if "✍️" in one.text]
    assert "‹имя›, да: можно частями" in offered, "a template is for machines"
    await presses(asked, "✍️")
    assert "‹дата›" in page(asked)
    assert "customer.first_name" not in page(asked), "it stands as people read it"
    assert "‹имя›" in page(asked)
    assert "45871" not in page(asked)
    assert "Личное убрано" in page(asked)
    await presses(asked, "Сохранить")
    assert "Бот будет предлагать операторам ответ" in page(asked), "it has not proven right yet"
    made = await scenario(asked, "MOZHNO_LI_U_VAS_OPLATIT")
    assert made is not None
    assert made.mode == "suggest"
    assert set(made.examples["ru"]) == {INSTALMENTS, INSTALMENTS_TOO}
    await presses(asked, "Отменить")
    assert await scenario(asked, made.key) is None
    assert "1 из 2" in page(asked)


async def test_questions_go_to_an_answer_that_is_there(asked: World) -> None:
    await presses(asked, "Сделать ответом", "Добавить к готовому", "PRICING")
    found = await scenario(asked, "PRICING")
    assert found is not None
    assert set(found.examples["ru"]) == {INSTALMENTS, INSTALMENTS_TOO}
    await presses(asked, "Дальше")
    assert WRAPPING in page(asked)
    await presses(asked, "Относится к", "DELIVERY")
    assert "belong" not in page(asked)
    [label] = await asked.store.read(lambda unit: unit.labels.standing())
    assert (label.source, label.scenario, label.text, label.operator_id) == ("grouped", "DELIVERY", WRAPPING, ADMIN)
    await presses(asked, "Дальше")
    assert "Решать нечего" in page(asked)


async def test_what_is_not_ours_and_what_is_hidden_leave_the_list_and_come_back(asked: World) -> None:
    await presses(asked, "Не к нам")
    assert await asked.store.read(lambda unit: len(unit.scenarios.load()[1])) == 2
    await presses(asked, "Отменить")
    assert await asked.store.read(lambda unit: unit.scenarios.load()[1]) == ()
    await presses(asked, "Скрыть")
    assert "Скрыто" in page(asked)
    await presses(asked, "Отменить")
    assert INSTALMENTS in page(asked)


async def test_a_press_that_comes_late_or_twice_changes_nothing(asked: World) -> None:
    await presses(asked, "Скрыть")
    await asked.presses_at(ADMIN, 10_000, "u:foreign:1")
    assert await asked.store.read(lambda unit: unit.scenarios.load()[1]) == ()
    for data in ("u:save:1:1.0123456789", "u:join:1:a0123456789", "u:page:99", "u:text:1:77", "u:hide:404", "u:burn:1"):
        await asked.presses_at(ADMIN, 10_000, data)
    assert [one.key for one in (await asked.store.read(lambda unit: unit.scenarios.load()))[0]] == [
        "DELIVERY",
        "PRICING",
        "COMPLAINT",
    ]


async def test_a_text_that_has_changed_since_it_was_shown_is_shown_once_more(asked: World) -> None:
    await presses(asked, "Сделать ответом", "✍️")
    [reply, *_] = await asked.store.read(lambda unit: unit.question_pages.answers(1, most=9))
    await asked.presses_at(ADMIN, 10_000, f"u:save:1:{reply.id}.0123456789")
    assert "Так ответ сохранится" in page(asked)


async def test_it_is_for_admins_and_in_private(asked: World) -> None:
    await asked.operator_says(701, "/unanswered")
    assert any("в личном чате" in text for text in asked.screen.texts(GROUP_ID))
    before = len(asked.screen.texts(1))
    await asked_for(asked, by=1)
    assert not any("Спросили, а ответа нет" in text for text in asked.screen.texts(1)[before:])
    await asked.presses_at(1, 10_000, "u:hide:1")
    assert await asked.store.read(lambda unit: unit.question_pages.count()) == 2


async def test_where_nothing_is_asked_it_says_so(led: World) -> None:
    await asked_for(led)
    assert "Решать нечего" in page(led)
