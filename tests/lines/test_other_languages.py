"""Who writes in a language that the bot does not speak."""

from __future__ import annotations

from dataclasses import replace

from services.scenarios import knowledge
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
