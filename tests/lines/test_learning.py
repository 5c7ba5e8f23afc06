"""Admins read labels and take them back; a new model takes over, waits for a choice, or is brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.learning import labels_desk_of
from services.classify.sureness import Policy
from services.evaluation.learner import Learner
from services.evaluation.rehearsal import Job, Outcome
from services.evaluation.replay import Asked, Change, Replay, Tally
from services.learning import versions
from services.learning.contradictions import contradicting
from services.scenarios import knowledge
from storage.audit import AuditFilters
from storage.learnings import Learning
from storage.units import Unit
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World, pressed

ADMIN = 900
WORSE = (Change(asked=Asked(text="how much is it", truth=("PRICING", None)), after=("DELIVERY", None)),)
FINE = Replay(
    changes=(), proven=10, lost=0, before=Tally(asked=9, sure=4, right=4), after=Tally(asked=9, sure=6, right=6)
)


@pytest.fixture
def settings() -> dict[str, str]:
    return {"SUPPORT_TELEGRAM__ADMIN_IDS": "[900]"}


async def labelled(
    world: World, count: int, *, operator: bool = True, scenario: str = "PRICING", after: str = ""
) -> None:
    """Let people label the line of a customer, who has written one; `after`: what else stands in the words."""
    if await world.store.read(lambda unit: unit.messages.get(1)) is None:
        await world.says(1, "доставка")
        await world.passes(20)

    def act(unit: Unit) -> None:
        for number in range(count):
            unit.labels.add(
                "correct",
                message_id=1,
                scenario=scenario,
                answer=None,
                language="ru",
                text=f"слова {chr(97 + number)} {after}<b>",
                operator_id=OPERATOR_ID if operator else None,
                operator_name="Ольга" if operator else None,
            )

    await world.store.write(act)


def learner(world: World, outcome: Outcome | Callable[[Job], Outcome]) -> Learner:
    async def work(_: Any, job: Job) -> Outcome:
        return outcome(job) if callable(outcome) else outcome

    desk = labels_desk_of(world.parts)
    return Learner(
        store=world.store,
        saved=Path("none.npz"),
        policy=lambda: Policy(answer_at=0.8, clarify_at=0.5),
        meanings=False,
        labels=desk,
        work=work,
    )


async def learned(world: World) -> list[str | None]:
    return [one.scenario for one in (await knowledge.load(world.store)).learned]


async def standing(world: World) -> Learning | None:
    return await world.store.read(lambda unit: unit.learnings.standing())


async def asks(world: World, words: str) -> str:
    who = {"id": ADMIN, "is_bot": False, "first_name": "Вера"}
    chat = {"id": ADMIN, "type": "private", "first_name": "Вера"}
    entity = {"type": "bot_command", "offset": 0, "length": len(words)}
    said = {"message_id": 50, "date": 1, "chat": chat, "from": who, "text": words, "entities": [entity]}
    await world.arrives("message", said)
    await world.works()
    return world.screen.texts(ADMIN)[-1]


async def test_labels_are_read_and_taken_back_in_one_tap(world: World) -> None:
    await labelled(world, 10)
    shown = await asks(world, "/labels")
    assert "Разметка: 10" in shown
    assert "Ольга · исправлено в карточке" in shown
    assert "«слова j &lt;b&gt;» → PRICING" in shown
    assert "слова a " not in shown
    await world.presses(ADMIN, "Раньше")
    assert "слова a " in world.screen.texts(ADMIN)[-1]
    await world.presses(ADMIN, "↩️ 1")
    assert "<s>«слова a" in world.screen.texts(ADMIN)[-1]
    gone = await world.store.read(lambda unit: unit.labels.get(1))
    assert gone is not None
    assert gone.retired_by == "A"
    [entry] = await world.store.read(
        lambda unit: unit.audit.page(AuditFilters(action="label_undone"), before=None, most=9)
    )
    assert entry.detail == "№ 1"
    await world.presses_at(ADMIN, 10_000, "L:undo:1:0")
    again = await world.store.read(
        lambda unit: unit.audit.page(AuditFilters(action="label_undone"), before=None, most=9)
    )
    assert again == [entry]


@pytest.mark.parametrize("data", ["L:undo:1:0", "L:take:1:0", "L:drop:1:0", "L:page:0:0"])
async def test_nobody_else_sees_or_changes_them(world: World, data: str) -> None:
    await labelled(world, 1)
    before = len(world.screen.everything)
    for who in (CUSTOMER_ID, GROUP_ID):
        await world.arrives("callback_query", pressed(who, 10_000, data))
        await world.works()
    assert len(world.screen.everything) == before
    assert len(await world.store.read(lambda unit: unit.labels.standing())) == 1


async def test_it_learns_when_enough_has_come_and_it_is_quiet(world: World) -> None:
    pupil = learner(world, Outcome(held=(), learned=10, replay=FINE))
    await labelled(world, 9)
    assert not await pupil.look(), "too few"
    await labelled(world, 3)
    assert not await pupil.look(), "more may follow"
    world.now += timedelta(minutes=3)
    assert await pupil.look()
    assert await learned(world) == ["PRICING"] * 9
    assert not await pupil.look(), "nothing has come since"
    assert await world.parts.knowledge.refresh(), "replicas follow"
    assert not await world.parts.knowledge.refresh()
    assert world.screen.texts(ADMIN) == []


async def test_what_one_operator_calls_not_ours_is_learned_the_same_day(world: World) -> None:
    """It waited for nine more, which a small team says in a month."""
    pupil = learner(world, Outcome(held=(), learned=1, replay=FINE))
    await labelled(world, 1)
    assert not await pupil.look()
    world.now += timedelta(hours=5)
    assert not await pupil.look()
    world.now += timedelta(hours=1)
    assert await pupil.look()
    assert await learned(world) == ["PRICING"]


async def test_what_is_taken_back_later_counts_no_longer_without_a_training(world: World) -> None:
    await labelled(world, 10)
    world.now += timedelta(hours=1)
    pupil = learner(world, Outcome(held=(), learned=10, replay=FINE))
    await pupil.look()
    await world.parts.knowledge.refresh()
    await world.store.write(lambda unit: unit.labels.take_back(3, by="Вера"))
    await pupil.look()
    assert await world.parts.knowledge.refresh()
    assert len(await learned(world)) == 9


async def test_an_erased_customer_is_forgotten_by_what_was_learned(world: World) -> None:
    await labelled(world, 10)
    world.now += timedelta(hours=1)
    pupil = learner(world, Outcome(held=(), learned=10, replay=FINE))
    await pupil.look()
    await world.store.write(lambda unit: unit.personal_data.erase(1, []))
    await pupil.look()
    assert await learned(world) == []


async def test_what_would_get_worse_waits_for_an_admin_who_reads_it(world: World) -> None:
    await labelled(world, 10)
    world.now += timedelta(hours=1)
    pupil = learner(world, Outcome(held=(), learned=10, replay=replace(FINE, changes=WORSE)))
    assert await pupil.look()
    await world.works()
    assert await learned(world) == []
    told = world.screen.texts(ADMIN)[-1]
    assert "«how much is it»: PRICING → DELIVERY" in told
    await world.presses(ADMIN, "Принять")
    assert len(await learned(world)) == 10
    now = await standing(world)
    assert now is not None
    assert now.decided_by == "A"


async def test_the_old_one_can_be_kept_and_any_version_be_brought_back(world: World) -> None:
    await labelled(world, 10)
    world.now += timedelta(hours=1)
    await learner(world, Outcome(held=(), learned=10, replay=FINE)).look()
    await labelled(world, 10)
    world.now += timedelta(hours=1)
    await learner(world, Outcome(held=(), learned=10, replay=replace(FINE, changes=WORSE))).look()
    await world.works()
    await world.presses(ADMIN, "Оставить как есть")
    await world.presses_at(ADMIN, 10_000, "L:keep:2:0")
    assert [one.state for one in await world.store.read(lambda unit: unit.learnings.page(most=9))] == [
        "refused",
        "standing",
    ]
    await world.presses(ADMIN, "Только набор")
    assert await learned(world) == []
    await labelled(world, 10)
    world.now += timedelta(hours=1)
    await learner(world, Outcome(held=(), learned=10, replay=FINE)).look()
    await world.works()
    assert await standing(world) is None, "whoever brought back the pack alone is asked first"
    assert "вернул более раннюю версию" in world.screen.texts(ADMIN)[-1]
    await world.presses(ADMIN, "Принять")
    assert len(await learned(world)) == 10
    assert await world.store.read(lambda unit: unit.key_values.read(versions.PINNED)) is None


@pytest.mark.parametrize(("button", "left"), [("Всё верно", 10), ("Отменить всю", 0)])
async def test_contradictions_are_reported_and_obeyed_when_an_admin_says_so(
    world: World, button: str, left: int
) -> None:
    await labelled(world, 10)
    world.now += timedelta(hours=1)

    def judged(job: Job) -> Outcome:
        held = tuple(one.id for one in job.fresh if one.confirmed_by is None)
        return Outcome(held=held, learned=len(job.fresh) - len(held), replay=None if held else FINE)

    pupil = learner(world, judged)
    assert await pupil.look()
    await world.works()
    told = world.screen.texts(ADMIN)[-1]
    assert "твёрдо: 10" in told
    assert "Ольга (10)" in told
    assert await learned(world) == []
    await world.presses(ADMIN, button)
    await pupil.look()
    assert len(await learned(world)) == left
    await world.presses_at(ADMIN, 10_000, "L:drop:1:0")
    assert len(await learned(world)) == left, "late it does nothing"


async def test_contradictions_that_drip_are_added_up_until_an_admin_accepts_a_version(world: World) -> None:
    """Nine at a time were obeyed, one batch after the other."""

    def judged(job: Job) -> Outcome:
        """The bot is sure that all of this is about delivery, and never trains long."""
        doubts = contradicting(job.fresh, {}, lambda _: ("DELIVERY", None), obeyed=job.obeyed, doubted=job.doubted)
        held = tuple(one.id for one in doubts.held)
        left = len(job.fresh) + len(job.counted) - len(held)
        return Outcome(held=held, learned=left, replay=FINE, against=doubts.against)

    pupil = learner(world, judged)

    async def nine_more(week: str) -> None:
        await labelled(world, 9, after=f"{week} ")
        await labelled(world, 3, after=f"доставка {week} ", scenario="DELIVERY")
        world.now += timedelta(days=7)
        assert await pupil.look()
        await world.works()

    await nine_more("первая")
    assert len(await learned(world)) == 12
    version = await standing(world)
    assert version is not None
    await world.store.write(lambda unit: versions.take(unit, None, by="Вера"))
    await world.store.write(lambda unit: versions.take(unit, version.id, by="Вера"))
    await nine_more("вторая")
    assert len(await learned(world)) == 24, "an admin has accepted the first nine"
    await nine_more("третья")
    assert len(await learned(world)) == 12 + 3, "of the second week, only what says nothing against the bot"
    told = world.screen.texts(ADMIN)[-1]
    assert "твёрдо: 21" in told
    assert "Ольга (21)" in told


async def test_a_version_hands_on_what_those_before_it_have_found(world: World) -> None:
    """All versions since the last that an admin has chosen were read for that, at each look."""

    def judged(job: Job) -> Outcome:
        doubts = contradicting(job.fresh, {}, lambda _: ("DELIVERY", None), obeyed=job.obeyed, doubted=job.doubted)
        return Outcome(held=(), learned=len(job.fresh), replay=FINE, against=doubts.against)

    pupil, against = learner(world, judged), list[int]()
    for week in range(3):
        await labelled(world, 2, after=f"{week} ")
        await labelled(world, 9, after=f"доставка {week} ", scenario="DELIVERY")
        world.now += timedelta(days=7)
        assert await pupil.look()
        version = await standing(world)
        assert version is not None
        against.append(len(version.report["against"]))
    assert against == [2, 4, 6]
