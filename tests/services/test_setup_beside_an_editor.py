"""Answers that are put into the bot while somebody edits it: on both databases nothing of theirs is lost."""

from __future__ import annotations

from dataclasses import replace

from services.desk.audit import Actor
from services.editing.stored_versions import announce
from services.scenarios.knowledge import NOTE
from services.scenarios.knowledge import replace as put_in
from services.setup.planning import planned
from services.setup.refusal import Refusal
from services.setup.session import Reason, Session
from services.setup.state import Holder
from services.setup.view import pack_of
from storage.records import Pack, Scenario, Template
from storage.store import Store
from storage.units import Unit
from tests.services.test_setup_planning import pair

PRICES = Scenario(
    key="PRICES",
    title={"en": "Prices"},
    description="what things cost",
    priority="low",
    action="answer",
    examples={"en": ("What does it cost?",)},
    templates=(Template(language="en", text="Ten."),),
)


def puts_in(unit: Unit, known: str | None, now: Pack) -> Reason:
    """Put what was planned by a look at the pack into the one that stands."""
    who = Holder(id=1, name="Ann")
    session = Session(
        unit, who, actor=Actor(id=1, name="Ann", place="private"), settings={}, speak="en", start="suggest"
    )
    session.open()
    pairs = [pair(1, "Do you ship abroad?")]
    plan = planned(
        "faq", beside=True, now=now, starter=None, pairs=pairs, unticked=(), stands={}, speak="en", start="suggest"
    )
    return session.apply(plan, known=known)


async def test_an_edit_of_the_same_moment_is_not_overwritten(store: Store) -> None:
    await put_in(store, Pack(scenarios=(PRICES,), background=(), version="1"), author="test")

    def look(unit: Unit) -> tuple[str | None, Pack]:
        return unit.key_values.read(NOTE), pack_of(unit)

    def edit(unit: Unit) -> None:
        unit.scenarios.replace(
            (replace(PRICES, templates=(Template(language="en", text="Twelve."),)),), (), author="Boris"
        )
        announce(unit, author="Boris")

    def texts(unit: Unit) -> list[str]:
        return [one.text for scenario in unit.scenarios.load()[0] for one in scenario.templates]

    planned_by = await store.read(look)
    await store.write(edit)
    refused = await store.write(lambda unit: puts_in(unit, *planned_by))
    assert isinstance(refused, Refusal)
    assert "press once more" in refused.words("en")
    assert await store.read(texts) == ["Twelve."]
    seen = await store.read(look)
    assert await store.write(lambda unit: puts_in(unit, *seen)) is None
    assert "Twelve." in await store.read(texts)
    assert len(await store.read(lambda unit: unit.scenarios.load()[0])) == 2
