"""How customers were helped: asked once people have solved something, once a day at most; one score, one comment."""

from __future__ import annotations

import pytest

from storage.ratings import Rating
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World, pressed

CALLS = "позовите оператора"
ASKS = "как мы помогли"


async def solved(world: World, number: int = 1, *, answered: bool = True, how: str | None = None) -> None:
    """Let the customer call, an operator answer, and the ticket be closed."""
    await world.says(number, CALLS)
    await world.passes(20)
    if answered:
        await world.operator_says(50 + number, "готово", reply_to=card_at(world))
        await world.passes(20)
    if how is not None:
        await world.presses(GROUP_ID, "▾")
    await world.presses(GROUP_ID, how or "Закрыть")
    await world.passes(20)


def card_at(world: World) -> int:
    return next(
        number
        for (chat, number), shown in reversed(world.screen.shown.items())
        if chat == GROUP_ID and shown.words.text.startswith(("⚪", "🔵", "🟠", "🔴"))
    )


def card(world: World) -> str:
    return world.screen.shown[GROUP_ID, card_at(world)].words.text


def asked(world: World) -> int:
    return sum(ASKS in text for _, text in world.screen.everything if _ == CUSTOMER_ID)


async def rating(world: World, ticket: int = 1) -> Rating | None:
    return await world.store.read(lambda unit: unit.ratings.get(ticket))


async def test_a_score_and_a_comment_stand_on_the_card(either: World) -> None:
    await solved(either)
    await either.presses(CUSTOMER_ID, "4 ⭐")
    await either.passes(20)
    assert "Ваша оценка: 4 из 5" in either.screen.texts(CUSTOMER_ID)[-1]
    assert "⭐ 4 из 5" in card(either)
    await either.presses(CUSTOMER_ID, "Добавить пару слов")
    await either.says(9, "доставка быстрая, спасибо Ольге")
    await either.passes(20)
    assert either.screen.texts(CUSTOMER_ID)[-1].endswith(
        "Спасибо, передал коллегам. Если нужен ответ, просто напишите."
    )
    assert "⭐ 4 из 5: «доставка быстрая, спасибо Ольге»" in card(either)
    assert any("отзыв (4 из 5)" in text and "доставка быстрая" in text for text in either.screen.texts(GROUP_ID))
    said = await rating(either)
    assert said is not None
    assert (said.score, said.operator_id, said.operator_name) == (4, OPERATOR_ID, "Ольга")
    found = await either.store.read(lambda unit: unit.tickets.get(1))
    assert found is not None
    assert found.status == "closed", "a comment opens nothing again"
    await either.operator_says(77, "/client 1001")
    await either.passes(20)
    assert any("⭐ в среднем 4,0 из 5, оценок: 1" in text for text in either.screen.texts(GROUP_ID))
    await either.says(10, "доставка когда?")
    await either.passes(20)
    assert either.screen.texts(CUSTOMER_ID)[-1].endswith("Ответ DELIVERY."), "and only one line is the comment"


@pytest.mark.parametrize("lines", [["всё отлично, спасибо"], ["долго ждал"], ["всё понятно", "но долго"], ["спасибо"]])
async def test_a_comment_needs_no_button(either: World, lines: list[str]) -> None:
    await solved(either)
    await either.presses(CUSTOMER_ID, "4 ⭐")
    await either.passes(60)
    for number, line in enumerate(lines, 9):
        await either.says(number, line)
    await either.passes(20)
    assert "Спасибо, передал коллегам" in either.screen.texts(CUSTOMER_ID)[-1]
    said = "\n".join(lines)
    assert f"⭐ 4 из 5: «{said}»" in card(either)
    assert any("отзыв (4 из 5)" in text and said in text for text in either.screen.texts(GROUP_ID))
    found = await either.store.read(lambda unit: unit.tickets.last_of(1))
    assert found is not None
    assert (found.id, found.status) == (1, "closed")
    await either.says(9, "всё отлично, спасибо Ольге", edited=True)
    await either.passes(20)
    assert "спасибо Ольге" in card(either) or len(lines) > 1
    await either.says(12, "и ещё долго не отвечали по другому заказу")
    await either.passes(20)
    again = await either.store.read(lambda unit: unit.tickets.last_of(1))
    assert again is not None
    assert again.id != 1, "one line is the comment, the next is not"


@pytest.mark.parametrize(
    "line",
    ["а когда придёт возврат?", "деньги так и не пришли", "доставка на завтра", "спасибо, но входа всё ещё нет", CALLS],
)
async def test_what_is_wanted_after_a_score_is_no_comment(world: World, line: str) -> None:
    await solved(world)
    await world.presses(CUSTOMER_ID, "4 ⭐")
    await world.says(9, line)
    await world.passes(20)
    said = await rating(world)
    assert said is not None
    assert said.comment_id is None
    assert "передал коллегам. Если" not in world.screen.texts(CUSTOMER_ID)[-1]


async def test_after_ten_minutes_a_line_is_no_comment_any_more(world: World) -> None:
    await solved(world)
    await world.presses(CUSTOMER_ID, "4 ⭐")
    await world.passes(11 * 60)
    await world.says(9, "долго ждал")
    await world.passes(20)
    said = await rating(world)
    assert said is not None
    assert said.comment_id is None


async def test_a_comment_leaves_the_topic_of_its_ticket_closed(either: World) -> None:
    await solved(either)
    await either.presses(CUSTOMER_ID, "4 ⭐")
    await either.presses(CUSTOMER_ID, "Добавить пару слов")
    before = len(either.screen.turned)
    await either.says(9, "доставка быстрая")
    await either.passes(20)
    expected = [True] if either.screen.forums else []
    assert [closed for _, _, closed in either.screen.turned[before:]] == expected


@pytest.mark.parametrize(
    ("answered", "how"), [(False, None), (True, "молча"), (True, "Спам")], ids=["never answered", "silent", "spam"]
)
async def test_who_has_nothing_to_rate_is_not_asked(world: World, how: str | None, *, answered: bool) -> None:
    await solved(world, answered=answered, how=how)
    assert asked(world) == 0
    assert await rating(world) is None


async def test_nobody_is_asked_twice_a_day(world: World) -> None:
    await solved(world)
    await solved(world, 2)
    assert asked(world) == 1
    await world.passes(24 * 3600)
    await solved(world, 3)
    assert asked(world) == 2


async def test_pressed_late_twice_or_by_somebody_else_a_score_counts_once(world: World) -> None:
    await solved(world)
    line = next(n for (chat, n), one in world.screen.shown.items() if chat == CUSTOMER_ID and ASKS in one.words.text)
    data = world.screen.shown[CUSTOMER_ID, line].words.buttons[0][1].press
    stranger = pressed(CUSTOMER_ID + 1, line, data)
    await world.arrives("callback_query", stranger)
    await world.works()
    said = await rating(world)
    assert said is not None
    assert said.score is None
    for press in (data, data.replace(":2", ":5"), data.replace(":2", ":9"), data.replace(":2", ":comment")[:-7] + "1"):
        await world.arrives("callback_query", pressed(CUSTOMER_ID, line, press))
        await world.works()
    said = await rating(world)
    assert said is not None
    assert said.score == 2


async def test_a_question_that_comes_instead_of_a_comment_is_answered(world: World) -> None:
    await solved(world)
    await world.presses(CUSTOMER_ID, "5 ⭐")
    await world.says(9, "доставка когда?")
    await world.passes(20)
    assert world.screen.texts(CUSTOMER_ID)[-1].endswith("Ответ DELIVERY.")
    await world.presses(CUSTOMER_ID, "Добавить пару слов")
    await world.passes(31 * 60)
    await world.says(10, "доставка когда?")
    await world.passes(20)
    assert world.screen.texts(CUSTOMER_ID)[-1].endswith("Ответ DELIVERY."), "the time for it is over"
    said = await rating(world)
    assert said is not None
    assert said.comment_id is None
