"""The set-up in private: every step, back and later, a restart in the middle, two admins, files that are none."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from aiogram import Bot

from bot.setup import guide_of
from handlers.telegram.methods import GetFile
from services.classify.verdict import Guess, Verdict
from services.setup.state import keep, setup_of
from storage.records import Scenario
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, Deaf, World

pytestmark = pytest.mark.long  # models are trained, or whole bots started

OTHER_ID: Final = 502
VAN: Final = "when does the van come"
FAQ: Final = """question,answer
Do you ship abroad?,"Yes, to 40 countries. Call +1 555 010 7788."
How do I return a lamp?,Write to us within 14 days. Or call +1 555 010 7788.
Can I pay in cash?,"Yes, to the courier."
"""


class Filing(Deaf):
    """Telegram, with one file."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109  # as aiogram has it
        if isinstance(method, GetFile):
            return {"file_size": len(self.content), "file_path": "documents/1"}
        return await super().make_request(bot, method, timeout)

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield self.content


@pytest.fixture
async def shop(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world with two admins, who write English."""
    made = World(
        sqlite_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=f"{OPERATOR_ID},{OTHER_ID}", SUPPORT_APP__LANGUAGE="en"
    )
    await made.open()
    yield made
    await made.close()


async def writes(shop: World, text: str = "", admin: int = OPERATOR_ID, **more: Any) -> None:
    """Let an admin write in private."""
    person = {"id": admin, "first_name": f"Admin {admin}"}
    words = {"text": text} if text else {}
    message = {"message_id": next(shop.numbers), "date": 1, "chat": person | {"type": "private"}}
    await shop.arrives("message", message | {"from": person | {"is_bot": False, "language_code": "en"}} | words | more)
    await shop.works()


async def sends(shop: World, name: str, content: str | bytes) -> None:
    """Let an admin send a file."""
    shop.parts.bot.session = Filing(content.encode() if isinstance(content, str) else content)
    document = {"file_id": "F1", "file_unique_id": "U1", "file_name": name, "file_size": 1}
    await writes(shop, document=document)


async def presses(shop: World, words: str, admin: int = OPERATOR_ID) -> None:
    await shop.presses(admin, words)


def page(shop: World, admin: int = OPERATOR_ID) -> str:
    """Return what stands lowest in an admin's chat."""
    return shop.screen.texts(admin)[-1]


async def scenarios(shop: World) -> dict[str, Scenario]:
    return {one.key: one for one in await shop.store.read(lambda unit: unit.scenarios.load()[0])}


async def to_the_file(shop: World, how: str = "Keep them beside mine") -> None:
    await writes(shop, "/setup")
    await writes(shop, "Lamp Shop")
    await presses(shop, "English only")
    await presses(shop, "2. My FAQ")
    await presses(shop, how)


async def test_from_the_name_to_the_end_with_a_file(shop: World) -> None:
    await to_the_file(shop)
    assert "step 4 of 7" in page(shop)
    await sends(shop, "faq.csv", FAQ)
    assert "1 of 3" in page(shop)
    assert "Do you ship abroad?" in page(shop)
    await presses(shop, "✅ Keep")
    await presses(shop, "⏭ Skip")
    await presses(shop, "✅ Keep")
    assert "2 to keep, 0 to merge, 1 skipped" in page(shop)
    assert set(await scenarios(shop)) == {"DELIVERY", "PRICING", "COMPLAINT"}, (
        "nothing is written before it is confirmed"
    )
    await presses(shop, "Put into the bot: 2")
    added = (await scenarios(shop))["FAQ"]
    assert [answer.title["en"] for answer in added.answers] == ["Do you ship abroad?", "Can I pay in cash?"]
    assert added.answers[0].templates[0].text == "Yes, to 40 countries. Call {{ facts.phone }}."
    assert {one.key: one.value for one in await shop.store.read(lambda unit: unit.facts.standing())} == {
        "phone": "+1 555 010 7788"
    }
    assert "Done: <b>My FAQ</b>. Answers that the bot has now: 4." in page(shop)
    assert "step 5 of 7" in page(shop)
    await presses(shop, "To the try")
    await writes(shop, "доставка")
    assert "The bot answers" in page(shop)
    assert "Ответ DELIVERY." in page(shop)
    await presses(shop, "To the result")
    assert "Of your 1 test questions" in page(shop)
    assert "answer by itself: <b>100 %" in page(shop)
    await presses(shop, "🏁 Finish")
    assert "complete" in page(shop)
    await writes(shop, "/start")
    assert "set-up" not in page(shop)


async def test_the_name_and_the_languages_count_at_once(shop: World) -> None:
    await writes(shop, "/setup")
    await writes(shop, "Lamp Shop")
    await presses(shop, "English only")
    await shop.says(1, "/start")
    assert "Lamp Shop" in shop.screen.texts(CUSTOMER_ID)[-1]
    await shop.says(2, "доставка")
    await shop.passes(5)
    customer = await shop.store.read(lambda unit: unit.customers.get(1))
    assert customer is not None
    assert customer.language == "en", "the business serves English alone"


async def test_back_and_later_and_a_restart_in_the_middle(shop: World, sqlite_url: str, tmp_path: Path) -> None:
    await to_the_file(shop)
    await sends(shop, "faq.csv", FAQ)
    await presses(shop, "✅ Keep")
    await presses(shop, "⬅️ Back")
    assert "1 of 3" in page(shop)
    assert "kept" in page(shop)
    await presses(shop, "⬅️ Back")
    assert "How do you want to begin?" in page(shop)
    await presses(shop, "⏸ Later")
    assert "goes on where you stopped" in page(shop)
    await writes(shop, "цена")
    await shop.passes(5)
    assert "Ответ PRICING." in page(shop), "an admin is a customer again"
    await shop.close()
    again = World(
        sqlite_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=f"{OPERATOR_ID},{OTHER_ID}", SUPPORT_APP__LANGUAGE="en"
    )
    again.numbers = shop.numbers
    await again.parts.knowledge.refresh()
    await writes(again, "/setup")
    assert "step 3 of 7" in page(again)
    await presses(again, "2. My FAQ")
    await presses(again, "Keep them beside mine")
    assert "2 of 3" in page(again), "what was decided is known still"
    await again.close()


async def test_questions_answers_and_titles_are_edited(shop: World) -> None:
    await to_the_file(shop)
    await writes(shop, "Do you ship abroad?\nYes.\n\nCan I pay in cash?\nYes, to the courier.")
    await presses(shop, "✏️ Question")
    await writes(shop, "Do you ship to Norway?\nIs Norway fine?")
    await presses(shop, "✏️ Answer")
    await writes(shop, "Of course.", entities=[{"type": "bold", "offset": 0, "length": 10}])
    await presses(shop, "✏️ Title")
    await writes(shop, "Abroad")
    assert "Is Norway fine?" in page(shop)
    await presses(shop, "Keep all that are left (2)")
    await presses(shop, "Put into the bot: 2")
    answer = (await scenarios(shop))["FAQ"].answers[0]
    assert (answer.title["en"], answer.examples["en"]) == ("Abroad", ("Do you ship to Norway?", "Is Norway fine?"))
    assert answer.templates[0].text == "<b>Of course.</b>"


@pytest.mark.parametrize(
    ("choice", "texts"), [("My text", ["Ответ DELIVERY.", "By post."]), ("The text", ["Ответ DELIVERY."])]
)
async def test_a_pair_is_merged_with_the_likeliest_answer(shop: World, choice: str, texts: list[str]) -> None:
    shop.listener.says["How do you deliver?"] = Verdict(
        scenario="DELIVERY",
        confidence=0.9,
        reasoning="",
        engine="local",
        version="1",
        nearest=(Guess(scenario="DELIVERY", confidence=0.9),),
    )
    await to_the_file(shop)
    await writes(shop, "Вопрос: How do you deliver?\nОтвет: By post.")
    await presses(shop, "🔗 Merge")
    first = shop.screen.shown[max(key for key in shop.screen.shown if key[0] == OPERATOR_ID)].words.buttons[0][0]
    assert first.text == "DELIVERY"
    await presses(shop, "DELIVERY")
    if choice == "The text":
        await writes(shop, "/setup")
        assert "none in this language" in page(shop)
        return
    await presses(shop, choice)
    await presses(shop, "Put into the bot: 1")
    merged = (await scenarios(shop))["DELIVERY"]
    assert merged.examples == {"en": ("How do you deliver?",)}
    assert [one.text for one in merged.templates] == texts


async def test_what_was_put_in_is_taken_back_as_one(shop: World) -> None:
    before = await scenarios(shop)
    await to_the_file(shop, "Only mine")
    await sends(shop, "faq.csv", FAQ)
    await presses(shop, "Keep all")
    await presses(shop, "Put into the bot")
    assert "DELIVERY" not in await scenarios(shop)
    await presses(shop, "Take the answers back")
    assert "as they were before" in page(shop)
    assert await scenarios(shop) == before


async def test_from_nothing_asks_first_and_leaves_small_talk(shop: World) -> None:
    await writes(shop, "/setup")
    await presses(shop, "Keep “")
    await presses(shop, "Both, Russian first")
    await presses(shop, "3. From nothing")
    assert "answers already: 2" in page(shop)
    assert "DELIVERY" in await scenarios(shop)
    await presses(shop, "Yes, begin like this")
    assert set(await scenarios(shop)) == {"COMPLAINT", "GREETING", "HUMAN_OPERATOR", "THANKS"}


async def test_who_has_no_answers_yet_is_asked_for_the_file_at_once(shop: World) -> None:
    await writes(shop, "/setup")
    await presses(shop, "Keep “")
    await presses(shop, "English only")
    await presses(shop, "3. From nothing")
    await presses(shop, "Yes, begin like this")
    while "how to begin" not in page(shop):
        await presses(shop, "⬅️ Back")
    await presses(shop, "2. My FAQ")
    assert "step 4 of 7" in page(shop)
    await sends(shop, "faq.csv", FAQ)
    assert "1 of 3" in page(shop)


async def test_the_starter_pack_asks_for_its_facts_one_by_one(shop: World) -> None:
    await writes(shop, "/setup")
    await presses(shop, "Keep “")
    await presses(shop, "Both, English first")
    await presses(shop, "1. Starter pack")
    await presses(shop, "Take their place")
    assert "<b>1 of " in page(shop)
    asked = await shop.store.read(setup_of)
    assert asked.fact is not None
    await presses(shop, "⏭ Not now")
    assert "<b>2 of " in page(shop)
    second = (await shop.store.read(setup_of)).fact
    await writes(shop, "30")
    filled = {one.key for one in await shop.store.read(lambda unit: unit.facts.standing())}
    assert filled <= {second}
    await presses(shop, "⬅️ Back")
    assert "step 5 of 7" in page(shop)


async def test_a_second_admin_reads_who_is_at_it_and_takes_it_over(shop: World) -> None:
    await writes(shop, "/setup")
    await writes(shop, "/setup", OTHER_ID)
    assert f"Admin {OPERATOR_ID} is at the set-up" in page(shop, OTHER_ID)
    await presses(shop, "Take it over", OTHER_ID)
    assert "step 1 of 7" in page(shop, OTHER_ID)
    assert "A is at the set-up" in page(shop), "told at once: what they write now is a customer's line"
    await presses(shop, "Keep “")
    assert "is at the set-up" in page(shop)
    assert (await shop.store.read(setup_of)).step == "name", "who was at it changes nothing any more"


async def test_who_put_it_off_is_not_told_that_a_colleague_goes_on(shop: World) -> None:
    await writes(shop, "/setup")
    await presses(shop, "⏸ Later")
    put_off = page(shop)
    await writes(shop, "/setup", OTHER_ID)
    assert "step 1 of 7" in page(shop, OTHER_ID)
    assert page(shop) == put_off


NO_FILES: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "a photo": ({"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}, "not a file I can read"),
    "a sticker": (
        {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
         | {"is_animated": False, "is_video": False}},
        "not a file I can read",
    ),
    "words that ask nothing": ({"text": "hello"}, "no questions and answers"),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "told"), NO_FILES.values(), ids=NO_FILES)
async def test_what_cannot_be_read_is_told_and_the_step_stays(shop: World, sent: dict[str, Any], told: str) -> None:
    await to_the_file(shop)
    await writes(shop, **sent)
    assert told in page(shop)
    assert "Send your questions and answers" in page(shop)


FILES: Final = {
    "empty": ("faq.csv", b"", "nothing to read"),
    "of another kind": ("faq.pdf", b"%PDF", "save it as DOCX"),
    "damaged": ("faq.xlsx", b"PK\x03\x04", "save it again"),
    "too large": ("faq.csv", b"a" * 5_000_001, "at most 5"),
}


@pytest.mark.parametrize(("name", "content", "told"), FILES.values(), ids=FILES)
async def test_files_that_are_none_are_told(shop: World, name: str, content: bytes, told: str) -> None:
    await to_the_file(shop)
    await sends(shop, name, content)
    assert told in page(shop)
    assert "Send your questions and answers" in page(shop)


async def test_what_was_not_taken_from_a_file_is_told_at_once_with_its_place(shop: World) -> None:
    await to_the_file(shop)
    loose = "".join(f"Loose end number {number}.\n\n" for number in range(1, 8))
    await sends(shop, "faq.md", f"{loose}## Do you ship abroad?\n\nYes.\n".encode())
    told = next(one.words.text for one in reversed(shop.screen.shown.values()) if "Not taken" in one.words.text)
    assert "found: 1." in told
    assert "Not taken from the file: 7" in told
    assert "line 1: “Loose end number 1.”: no question stands above it" in told
    assert "line 9: “Loose end number 5.”" in told
    assert "number 6" not in told
    assert "… and 2 more" in told
    await sends(shop, "more.md", b"A stray line.\n\n## Is it open?\n\nYes.\n")
    told = next(one.words.text for one in reversed(shop.screen.shown.values()) if "Not taken" in one.words.text)
    assert told.index("A stray line.") < told.index("Loose end number 1.")
    assert "… and 3 more" in told
    await presses(shop, "Keep all")
    assert "… and 3 more" in page(shop)


async def test_an_old_button_and_one_pressed_twice_do_nothing(shop: World) -> None:
    await to_the_file(shop)
    await sends(shop, "faq.csv", FAQ)
    number, shown = next((key[1], one) for key, one in reversed(shop.screen.shown.items()) if key[0] == OPERATOR_ID)
    data = shown.words.buttons[0][0].press
    for _ in range(2):
        await shop.presses_at(OPERATOR_ID, number, data)
    pairs = await shop.store.read(lambda unit: unit.scenarios.pairs.all())
    assert [one.state for one in pairs] == ["kept", "new", "new"]
    await shop.presses_at(OPERATOR_ID, number, "U:keep:99")
    await shop.presses_at(OPERATOR_ID, number, "U:apply")
    assert set(await scenarios(shop)) == {"DELIVERY", "PRICING", "COMPLAINT"}, "two pairs are not decided"


async def test_a_fact_that_is_not_ticked_stays_words(shop: World) -> None:
    await to_the_file(shop)
    await sends(shop, "faq.csv", FAQ)
    await presses(shop, "Keep all")
    await presses(shop, "☑️ Telephone")
    await presses(shop, "Put into the bot")
    assert "+1 555 010 7788" in (await scenarios(shop))["FAQ"].answers[0].templates[0].text
    assert await shop.store.read(lambda unit: unit.facts.standing()) == []


async def test_admins_are_invited_until_it_is_complete_and_nobody_else_may(shop: World) -> None:
    await writes(shop, "/start")
    assert "about ten minutes" in page(shop)
    await presses(shop, "Begin the set-up")
    assert "step 1 of 7" in page(shop)
    await shop.says(1, "/setup")
    assert "step 1" not in "".join(shop.screen.texts(CUSTOMER_ID))
    await shop.presses_at(CUSTOMER_ID, 1, "U:over")
    holder = (await shop.store.read(setup_of)).holder
    assert holder is not None
    assert holder.id == OPERATOR_ID


async def test_text_that_telegram_sends_in_parts_is_one_source(shop: World) -> None:
    await to_the_file(shop)
    await writes(shop, "Do you ship?\nYes.\n\nIs cash fine?\nSure.")
    await writes(shop, "Do you wrap gifts?\nYes.\n\nDo you ship?\nYes.")
    assert "1 of 3" in page(shop)


async def test_a_file_sent_where_buttons_are_is_answered_with_the_buttons(shop: World) -> None:
    await writes(shop, "/setup")
    await sends(shop, "faq.csv", "question,answer\n")
    assert "A text is needed here" in page(shop)
    await writes(shop, "Lamp Shop")
    await sends(shop, "faq.csv", "question,answer\n")
    assert "Press one of the buttons" in page(shop)


async def test_what_is_typed_where_buttons_are_is_no_customers_line(shop: World) -> None:
    await writes(shop, "/setup")
    await writes(shop, "Lamp Shop")
    await writes(shop, "цена")
    await shop.passes(5)
    assert "Press one of the buttons" in page(shop)
    await presses(shop, "⏸ Later")
    await writes(shop, "цена")
    await shop.passes(5)
    assert "Ответ PRICING." in page(shop)


async def test_buttons_of_a_set_up_that_is_complete_change_nothing(shop: World) -> None:
    await to_the_file(shop)
    await shop.store.write(lambda unit: keep(unit, replace(setup_of(unit), complete=True, step="score")))
    for data in ("U:want:nothing", "U:sure:only", "U:over", "U:apply"):
        await shop.presses_at(OPERATOR_ID, 1, data)
    assert set(await scenarios(shop)) == {"DELIVERY", "PRICING", "COMPLAINT"}
    assert (await shop.store.read(setup_of)).complete


async def test_in_the_group_an_admin_reads_where_the_set_up_is(shop: World) -> None:
    await shop.operator_says(700, "/setup")
    assert "dialog in private" in shop.screen.texts(GROUP_ID)[-1]
    assert not (await shop.store.read(setup_of)).begun


async def test_customers_messages_make_the_score_once_there_are_some(shop: World) -> None:
    for number, text in enumerate(("доставка", "наверное", "жалоба", "что-то ещё"), 1):
        await shop.says(number, text)
        await shop.passes(30)
    await writes(shop, "/setup")
    found = await guide_of(shop.parts).score(await shop.store.read(setup_of))
    assert (found.n, found.answered, found.suggested, found.people) == (4, 1, 1, 2)


def buttons(shop: World, admin: int = OPERATOR_ID) -> list[str]:
    """Return what can be pressed below the lowest page of an admin's chat."""
    shown = [one for one in shop.screen.shown.values() if one.chat_id == admin]
    return [button.text for row in shown[-1].words.buttons for button in row]


async def examples(shop: World, key: str) -> list[str]:
    return [text for texts in (await scenarios(shop))[key].phrases.values() for text in texts]


async def background(shop: World) -> list[str]:
    return [line.text for line in await shop.store.read(lambda unit: unit.scenarios.load()[1])]


async def belongs(shop: World, topic: str) -> None:
    """Choose an answer by a word of its title, wherever in the list it stands."""
    await presses(shop, "🎓 It asks about…")
    assert "Which answer does it belong to?" in page(shop)
    while not (found := [one for one in buttons(shop) if topic in one]):
        await presses(shop, "▶️")
    await presses(shop, found[0])


@pytest.fixture
async def trying(shop: World) -> World:
    """At the try, with the answers that there were and the starter pack; `VAN` was tried."""
    await to_the_file(shop)
    await presses(shop, "⬅️ Back")
    await presses(shop, "1. Starter pack")
    await presses(shop, "Add what is missing")
    await presses(shop, "To the try")
    await writes(shop, VAN)
    assert "People are asked" in page(shop)
    return shop


async def test_what_was_tried_is_taught_to_an_answer_and_taken_back(trying: World) -> None:
    before = await examples(trying, "DELIVERY")
    await belongs(trying, "DELIVERY")
    assert "“DELIVERY” answers this now" in page(trying)
    assert await examples(trying, "DELIVERY") == [*before, VAN]
    await presses(trying, "↩️ Undo")
    assert await examples(trying, "DELIVERY") == before
    assert f"Tried last: <b>{VAN}</b>" in page(trying), "what it is can be told anew"
    await belongs(trying, "PRICING")
    assert VAN in await examples(trying, "PRICING")


async def test_what_was_tried_is_not_ours_and_stands_in_one_place_only(trying: World) -> None:
    await presses(trying, "🚫 Not ours")
    assert "no question for your business" in page(trying)
    assert VAN in await background(trying)
    await writes(trying, VAN.upper())
    await belongs(trying, "DELIVERY")
    assert VAN not in await background(trying), "nobody else teaches that it is not theirs"
    assert VAN.upper() in await examples(trying, "DELIVERY")
    await presses(trying, "↩️ Undo")
    assert VAN in await background(trying)
    assert VAN.upper() not in await examples(trying, "DELIVERY")


async def test_what_was_tried_is_answered_by_what_the_owner_writes(trying: World) -> None:
    await presses(trying, "✏️ Write an answer")
    assert "Send the answer" in page(trying)
    await writes(trying, "{% if")
    assert "❌" not in page(trying), "braces of the owner's are no template"
    made = (await scenarios(trying))["WHEN_DOES_THE_VAN_COME"]
    assert (made.mode, made.templates[0].language, made.title["en"]) == ("auto", "en", "When does the van come")
    await presses(trying, "↩️ Undo")
    assert "WHEN_DOES_THE_VAN_COME" not in await scenarios(trying)
    await presses(trying, "✏️ Write an answer")
    bold = [{"type": "bold", "offset": 3, "length": 5}]
    await writes(trying, "At nine.", entities=bold)
    assert (await scenarios(trying))["WHEN_DOES_THE_VAN_COME"].templates[0].text == "At <b>nine.</b>"


async def test_all_that_was_put_in_goes_with_what_it_was_taught(trying: World) -> None:
    """What is taught to an answer of the starter pack does not keep it from being taken back."""
    await belongs(trying, "Refund")
    await presses(trying, "To the result")
    await presses(trying, "↩️ Take the an")
    assert set(await scenarios(trying)) == {"DELIVERY", "PRICING", "COMPLAINT"}


async def test_back_words_that_are_no_phrase_and_late_presses(trying: World) -> None:
    await presses(trying, "🎓 It asks about…")
    await presses(trying, "▶️")
    await presses(trying, "⬅️ Back")
    assert f"Tried last: <b>{VAN}</b>" in page(trying)
    await presses(trying, "✏️ Write an answer")
    await presses(trying, "⬅️ Back")
    await writes(trying, "доставка")
    assert "The bot answers" in page(trying), "a text is a try again"
    await writes(trying, "van " * 90)
    await presses(trying, "🚫 Not ours")
    assert "at most 300 characters" in page(trying)
    await writes(trying, VAN)
    await presses(trying, "To the result")
    pack = await scenarios(trying)
    for press in ("U:teach", "U:place:0", "U:foreign", "U:answer", "U:unteach", "U:place:9999", "U:teach:99"):
        await trying.presses_at(OPERATOR_ID, next(reversed(trying.screen.shown.values())).telegram_id, press)
    assert await scenarios(trying) == pack
    assert "step 7 of 7" in page(trying)
