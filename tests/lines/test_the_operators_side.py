"""What operators see and do: whose album it is, a card that was refused, the list, notes, closed tickets."""

from __future__ import annotations

from typing import Any

import pytest

from services.delivery.messenger import Leave, Refused, Sent, Target
from services.delivery.pace import AT_ONCE, LINES_S
from services.desk.list_pages import Page, Pages, note_of, to_text
from services.messages.effects import Words
from storage.units import Unit
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

PICTURE = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
VIDEO = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
CALLS = "позовите оператора"
CARD = "№1"


def group(world: World) -> list[str]:
    return world.screen.texts(GROUP_ID)


def card_at(world: World) -> int:
    return next(one.telegram_id for one in world.screen.shown.values() if one.chat_id < 0 and CARD in one.words.text)


async def ticket(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(5)


# --- albums in a plain group ---------------------------------------------------------------------------------------


async def album(world: World, first: int, **more: Any) -> None:
    for number in range(first, first + 3):
        media = {"video": VIDEO} if number == first else {"photo": PICTURE}
        await world.says(number, media_group_id=f"a{first}", **media, **more)
    await world.passes(5)


@pytest.mark.parametrize("before", [False, True], ids=["at first", "with a ticket"])
async def test_an_album_says_whose_it_is_and_each_part_can_be_answered(world: World, *, before: bool) -> None:
    if before:
        await ticket(world)
    await album(world, 2)
    assert [text for text in group(world) if "Анна, альбом" in text] == ["👤 Анна, альбом: 1 видео, 2 фото"]
    copies = [copy for target, _, copy in world.screen.copies if target.chat_id == GROUP_ID]
    assert len(copies) == 3
    line = next(one.telegram_id for one in world.screen.shown.values() if "Анна, альбом" in one.words.text)
    for number, place in enumerate([line, *copies]):
        await world.operator_says(100 + number, f"ответ {number}", reply_to=place)
    assert world.screen.texts(CUSTOMER_ID)[-4:] == [f"ответ {number}" for number in range(4)]


async def test_the_card_of_an_album_says_what_is_in_it(world: World) -> None:
    await album(world, 2)
    assert "альбом: 1 видео, 2 фото" in group(world)[0]
    await world.presses(GROUP_ID, "Закрыть")
    await world.says(9, photo=PICTURE)
    await world.passes(5)
    assert any("📷 фото" in text and "№2" in text for text in group(world))


async def test_one_picture_needs_no_line_of_its_own(world: World) -> None:
    await ticket(world)
    await world.says(2, photo=PICTURE)
    await world.passes(5)
    assert len(group(world)) == 1
    [(target, *_)] = world.screen.copies
    assert target.reply_to == card_at(world)


async def test_an_album_that_was_passed_on_stays_together_and_says_whose_it_was(world: World) -> None:
    await ticket(world)
    await album(world, 2, forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "Пётр"})
    assert sum("автор: Пётр" in text for text in group(world)) == 1
    assert sum("Анна, альбом: 1 видео, 2 фото" in text for text in group(world)) == 1


async def test_an_album_that_is_tried_again_is_introduced_once(world: World) -> None:
    await ticket(world)
    copy, refusals = world.screen.copy, iter([True])

    async def busy(*args: Any, **more: Any) -> list[Sent]:
        if next(refusals, False):
            raise Refused("not now")
        return await copy(*args, **more)

    world.screen.copy = busy  # type: ignore[method-assign]  # as a server that refuses once
    await album(world, 2)
    assert sum("Анна, альбом" in text for text in group(world)) == 1
    assert len({number for _, number in world.screen.copied}) == 3


# --- a card that is refused ----------------------------------------------------------------------------------------


async def test_the_next_line_brings_a_refused_card_before_the_operators_again(world: World) -> None:
    say, refusing = world.screen.say, [True]

    async def refuses(target: Target, words: Words, *, leave: Leave) -> Sent:
        if target.chat_id == GROUP_ID and refusing[0] and CARD in words.text:
            await leave()
            raise Refused("Bad Request: MESSAGE_NOT_LIKED")
        return await say(target, words, leave=leave)

    world.screen.say = refuses  # type: ignore[method-assign]  # as a server that takes no card in any form
    await ticket(world)
    assert not any("1</b>" in text or "№1 ·" in text for text in group(world))
    await world.says(2, "вы тут?")
    await world.passes(5)
    assert any("вы тут?" in text for text in group(world))
    refusing[0] = False
    await world.says(3, "ау")
    await world.passes(5)
    assert sum(CARD in text and CALLS in text for text in group(world)) == 1
    await world.says(4, "ещё")
    await world.passes(5)
    assert sum(CARD in text and CALLS in text for text in group(world)) == 1


# --- the list ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("over", [False, True], ids=["on a page", "on a page that is over"])
async def test_who_answers_the_list_is_asked_which_ticket(world: World, *, over: bool) -> None:
    await ticket(world)
    page = Page(tickets=(1,), telegram_id=777, begun_at=world.now)
    pages = Pages(pages=(page,))

    def act(unit: Unit) -> None:
        unit.key_values.write(note_of(GROUP_ID), to_text(pages.with_page(0, None if over else page, world.now)))

    await world.store.write(act)
    await world.operator_says(50, "сейчас посмотрю", reply_to=777)
    assert "На какое обращение вы отвечаете?" in group(world)[-1]
    assert "сейчас посмотрю" not in world.screen.texts(CUSTOMER_ID)
    await world.operator_says(51, "а это чьё?", reply_to=778)
    await world.passes(60)
    assert "Не знаю, к какому обращению" in group(world)[-1]


def test_pages_that_are_forgotten_are_known_as_pages(world: World) -> None:
    pages = Pages(pages=(Page(tickets=(1,), telegram_id=5, begun_at=world.now),))
    left = pages.since(world.now)
    assert (left.pages, left.stand_at(5), left.stand_at(6)) == ((), True, False)


# --- what stays inside ---------------------------------------------------------------------------------------------

UNSEEN = [
    "",
    " ",
    "\n\t",
    "\u200b",
    "\ufeff\u200d",
    "\u00a0\u2060",
    "\u2800",
    "\u3164",
    "\u202e",
    "\u00ad\ufe0f",
    "\u200b \u200b",
]


INSIDE = ["//клиент звонил", "/stats", "/open 5", "/\u200b/ клиент звонил"]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
@pytest.mark.parametrize("as_caption", [False, True], ids=["text", "caption"])
async def test_notes_and_commands_stay_inside_whatever_nobody_sees_before_them(
    world: World, unseen: str, *, as_caption: bool
) -> None:
    await ticket(world)
    before = world.screen.texts(CUSTOMER_ID)
    for number, line in enumerate(INSIDE):
        said = {"caption": unseen + line, "photo": PICTURE} if as_caption else {"text": unseen + line}
        await world.operator_says(50 + number, reply_to=card_at(world), **said)
    await world.passes(5)
    assert (world.screen.texts(CUSTOMER_ID), world.screen.sent_to(CUSTOMER_ID)) == (before, [])


async def test_a_slash_within_a_line_is_a_slash(world: World) -> None:
    await ticket(world)
    await world.operator_says(50, "\u200bи/или", reply_to=card_at(world))
    assert world.screen.texts(CUSTOMER_ID)[-1] == "\u200bи/или"


# --- a closed ticket -----------------------------------------------------------------------------------------------


async def with_a_last_word(world: World) -> None:
    await ticket(world)
    await world.presses(GROUP_ID, "Закрыть")
    await world.operator_says(50, "ещё одно", reply_to=card_at(world))
    await world.operator_says(51, "и ещё", reply_to=card_at(world))


def card_now(world: World) -> str:
    return next(text for text in group(world) if CARD in text and CALLS in text)


async def test_a_last_word_is_delivered_and_leaves_the_ticket_closed(world: World) -> None:
    await with_a_last_word(world)
    assert world.screen.texts(CUSTOMER_ID)[-2:] == ["ещё одно", "и ещё"]
    assert "закрыто" in card_now(world)
    assert sum("Если за сутки он ответит" in text for text in group(world)) == 1


async def test_who_answers_a_last_word_within_a_day_means_the_operator(world: World) -> None:
    await with_a_last_word(world)
    await world.passes(23 * 3600)
    await world.says(2, "доставка, и спасибо")
    await world.passes(5)
    assert "взято: Ольга" in card_now(world)
    assert "👤 Анна\nдоставка, и спасибо" in group(world)
    assert world.screen.texts(CUSTOMER_ID)[-1] == "и ещё", "the bot is silent"
    assert [text.count("доставка") for text in group(world)].count(1) == 1, "shown once"


async def test_who_writes_later_than_that_asks_the_bot(world: World) -> None:
    await with_a_last_word(world)
    await world.passes(25 * 3600)
    await world.says(2, "доставка когда?")
    await world.passes(5)
    assert "закрыто" in card_now(world)
    assert "DELIVERY" in world.screen.texts(CUSTOMER_ID)[-1]


# --- formatting ----------------------------------------------------------------------------------------------------

SHAPED = "код pre цитата тайна 👍 & <b>"
SHAPES: list[dict[str, Any]] = [
    {"type": "code", "offset": 0, "length": 3},
    {"type": "pre", "offset": 4, "length": 3, "language": "python"},
    {"type": "expandable_blockquote", "offset": 8, "length": 6},
    {"type": "spoiler", "offset": 15, "length": 5},
    {"type": "custom_emoji", "offset": 21, "length": 2, "custom_emoji_id": "5"},
    {"type": "of_tomorrow", "offset": 0, "length": 3},
]


@pytest.mark.parametrize("before", [False, True], ids=["on the card", "as a line"])
async def test_formatted_words_arrive_as_words_to_read(world: World, *, before: bool) -> None:
    if before:
        await ticket(world)
    await world.says(2, f"{SHAPED} {CALLS}", entities=SHAPES)
    await world.passes(5)
    if before:
        assert f"👤 Анна\n{SHAPED} {CALLS}" in group(world)
    else:
        shown = "<code>код</code> <code>pre</code> цитата <tg-spoiler>тайна</tg-spoiler> 👍 &amp; &lt;b&gt;"
        assert shown in group(world)[0], "what a card has no room for becomes words"


# --- many lines of one customer ------------------------------------------------------------------------------------


async def test_a_flood_of_lines_is_joined_although_the_group_is_calm(world: World) -> None:
    await ticket(world)
    await world.presses(GROUP_ID, "Взять")
    before = len(group(world))
    flood = [f"строка {number}." for number in range(1, 11)]
    for number, line in enumerate(flood, start=2):
        await world.says(number, line)
    assert len(group(world)) - before == AT_ONCE
    await world.passes(LINES_S)
    relayed = group(world)[before:]
    assert len(relayed) == AT_ONCE + 1
    assert [text.count("строка") for text in relayed] == [1] * AT_ONCE + [len(flood) - AT_ONCE]


async def test_a_customer_who_talks_at_a_walk_is_heard_line_by_line(world: World) -> None:
    await ticket(world)
    before = len(group(world))
    for number in range(2, 7):
        await world.says(number, f"строка {number}.")
        await world.passes(3 * LINES_S)
    assert len(group(world)) - before == 5


# --- what a line is about ------------------------------------------------------------------------------------------

MARKED = {"text": "ответят здесь же", "position": 3, "is_manual": True}


async def test_people_see_what_a_line_quotes_before_and_in_a_ticket(world: World) -> None:
    await world.says(1, "позовите оператора, тут неправда", quote={**MARKED, "text": "вернём за день"})
    await world.passes(5)
    await world.says(2, "не согласен с этим", quote=MARKED)
    await world.says(3, photo=PICTURE, quote={**MARKED, "text": "на фото"})
    await world.says(4, "просто ответ", quote={**MARKED, "text": "целиком", "is_manual": False})
    await world.passes(20)
    shown = "\n".join(group(world))
    for words in ("❝ вернём за день ❞", "❝ ответят здесь же ❞\nне согласен с этим", "❝ на фото ❞"):
        assert words in shown
    assert "целиком" not in shown
