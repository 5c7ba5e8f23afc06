"""Who writes in a language that the bot does not speak."""

from __future__ import annotations

from dataclasses import replace

from services.scenarios import knowledge
from services.texts import label
from storage.records import Template
from tests.lines.world import CUSTOMER_ID, PACK, World

GERMAN = "Wo ist meine Bestellung? доставка"


async def learns(world: World, *languages: str) -> None:
    """Let the answer about delivery stand in these languages."""
    delivery, *others = PACK.scenarios
    texts = tuple(Template(language=code, text=f"In {code}.") for code in languages)
    pack = replace(PACK, scenarios=(replace(delivery, templates=texts), *others), version=" ".join(languages))
    await knowledge.replace(world.store, pack, author="test")
    await world.parts.knowledge.refresh()


async def test_they_get_the_answer_in_the_fallback_language(world: World) -> None:
    await learns(world, "ru", "en")
    await world.says(1, GERMAN)
    await world.passes(5)
    [reply] = world.screen.texts(CUSTOMER_ID)
    assert reply.endswith("Hello, Анна! In en.")


async def test_or_in_their_own_where_the_pack_has_it(world: World) -> None:
    await learns(world, "ru", "en", "de")
    await world.says(1, GERMAN)
    await world.passes(5)
    [reply] = world.screen.texts(CUSTOMER_ID)
    assert reply.endswith("In de.")


async def test_a_press_goes_on_in_the_language_of_the_question(world: World) -> None:
    delivery, pricing, *others = PACK.scenarios
    texts = tuple(Template(language=code, text=f"In {code}.") for code in ("ru", "en", "de"))
    pricing = replace(pricing, templates=texts, title={"ru": "Цена", "en": "Price", "de": "Preis"})
    await knowledge.replace(
        world.store, replace(PACK, scenarios=(delivery, pricing, *others), version="2"), author="test"
    )
    await world.parts.knowledge.refresh()
    await world.says(1, "Was kostet das bitte? наверное")
    await world.passes(5)
    await world.presses(CUSTOMER_ID, "Preis")
    assert world.screen.texts(CUSTOMER_ID)[-1] == "In de."


async def test_the_buttons_speak_as_the_answer_does(world: World) -> None:
    await learns(world, "ru")
    await world.says(1, GERMAN)
    await world.passes(5)
    [shown] = [one for one in world.screen.shown.values() if one.chat_id == CUSTOMER_ID]
    assert shown.words.text.endswith("In ru.")
    assert [button.text for row in shown.words.buttons for button in row] == [
        label("button.helped", "ru"),
        label("button.person", "ru"),
    ]
