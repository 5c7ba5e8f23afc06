"""Two operators press at the same time: one press has its effect, and the other presser reads what is so by now."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

from tests.lines.first_ticket import opened, ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, Deaf, World, pressed

OLGA: Final = (501, "Ольга")
MAX: Final = (777, "Макс")
EVA: Final = (778, "Ева")


async def presses(world: World, *who_and_what: tuple[tuple[int, str], str]) -> list[str]:
    """Let all of them press before the bot looks; return what each reads, in their order."""
    deaf = world.parts.bot.session
    assert isinstance(deaf, Deaf)
    card = (await ticket(world)).card_id or 1
    before = len(deaf.toasts)
    for (who, name), data in who_and_what:
        body = pressed(GROUP_ID, card, data)
        body["from"] = {"id": who, "is_bot": False, "first_name": name}
        body["id"] = f"{who}:{data}:{before}"
        await world.arrives("callback_query", body)
    await world.works()
    await world.passes(5)
    return deaf.toasts[before:]


@pytest.mark.parametrize(
    ("before", "pair", "reads", "then"),
    [
        ((), ("take", "take"), ("Обращение ваше", "Уже взято: Ольга"), ("taken", "Ольга")),
        (("take",), ("release", "release"), ("Обращение снова ничьё", "Его никто не брал"), ("open", None)),
        (("take",), ("close", "close"), ("Закрыто", "Уже закрыто"), ("closed", "Ольга")),
        ((), ("close", "take"), ("Закрыто", "Уже закрыто"), ("closed", None)),
        (("closing",), ("close:spam", "close:solved"), ("Закрыто", "Уже закрыто"), ("closed", None)),
        (("close",), ("reopen", "reopen"), ("Открыто снова", "Уже взято: Ольга"), ("taken", "Ольга")),
        (("hand",), ("hand:778", "hand:777"), ("Передано: Ева", "взято: Ева"), ("taken", "Ева")),
        (("hand",), ("hand:778", "take"), ("Передано: Ева", "Уже взято: Ева"), ("taken", "Ева")),
        (("snooze",), ("snooze:hour", "snooze:hours"), ("Отложено", "Уже решено. Сейчас: отложено до"), ("open", None)),
        (("priority",), ("priority:high", "priority:low"), ("Важность изменена", "Уже решено"), ("open", None)),
        (("ban",), ("ban:silent", "ban:told"), ("Заблокирован", "Уже заблокирован"), ("closed", None)),
    ],
)
async def test_one_press_counts_and_the_other_is_told(
    either: World,
    before: tuple[str, ...],
    pair: tuple[str, str],
    reads: tuple[str, str],
    then: tuple[str, str | None],
) -> None:
    first, second = pair
    await opened(either)
    for who in (EVA, MAX, OLGA):  # whoever has pressed is known, and can be handed a ticket
        await presses(either, (who, "t:1:fold"))
    for data in before:
        await presses(either, (OLGA, f"t:1:{data}"))
    said = await presses(either, (OLGA, f"t:1:{first}"), (MAX, f"t:1:{second}"))
    assert [expected in text for expected, text in zip(reads, said, strict=True)] == [True, True], said
    found = await ticket(either)
    assert (found.status, found.operator_name) == then
    assert found.priority == ("high" if "priority" in before else "medium")


async def test_an_answer_that_two_send_is_sent_once(either: World) -> None:
    await either.says(1, "доставка жалоба позовите оператора")
    await either.passes(20)
    await presses(either, (OLGA, "t:1:answer"))
    await either.presses(GROUP_ID, "DELIVERY")
    sends = next(
        button.press
        for one in either.screen.shown.values()
        for row in one.words.buttons
        for button in row
        if ":send:" in button.press
    )
    said = await presses(either, (OLGA, sends), (MAX, sends))
    assert said[0] == "Отправлено клиенту"
    assert "Уже решено. Сейчас: ждём клиента, взято: Ольга" in said[1]
    read = Counter(text for chat, text in either.screen.everything if chat == CUSTOMER_ID)
    assert read["Ответ DELIVERY."] == 1


async def test_a_menu_that_somebody_has_closed_offers_nothing_any_more(either: World) -> None:
    await opened(either)
    await presses(either, (OLGA, "t:1:take"), (OLGA, "t:1:snooze"))
    said = await presses(either, (MAX, "t:1:fold"), (OLGA, "t:1:snooze:hour"))
    assert "Уже решено. Сейчас: ждёт с" in said[1]
    assert (await ticket(either)).snoozed_at is None
