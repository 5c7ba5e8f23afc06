"""Once a week admins read which questions are worth an answer, and what they cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.reports.statistics import Statistics
from services.reports.weekly import Weekly
from services.reports.worth import ASSUMED, LONGEST, Basis, cost
from services.texts.team import Team
from storage.question_pages import Handled
from tests.lines.asking import INSTALMENTS, INSTALMENTS_TOO, WRAPPING, asks, gathers
from tests.lines.world import GROUP_ID, OPERATOR_ID, World

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _weekly(world: World) -> Weekly:
    parts, team = world.parts, Team(language="ru", admin_ids=(OPERATOR_ID,), names_group=True)
    statistics = Statistics(
        store=world.store, knowledge=parts.knowledge, policies=parts.policies, groups=parts.groups, team=team
    )
    return Weekly(store=world.store, statistics=statistics, team=team)


def _handled(minutes: float | None, *, taken: bool = True) -> Handled:
    closed = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Handled(opened_at=NOON, taken_at=NOON if taken else None, answered_at=None, closed_at=closed)


@pytest.mark.parametrize(
    ("group", "everything", "minutes", "basis"),
    [
        ([4, 6, 20], [1, 1, 1], 6, "group"),
        ([4, 6], [4, 6, 2], 4, "all"),
        ([4, 6], [4, 6], ASSUMED.seconds / 60, "assumed"),
        ([], [], ASSUMED.seconds / 60, "assumed"),
        ([600, 700, 5000], [], LONGEST.seconds / 60, "group"),
        ([3, 5, None, None, 7], [], 5, "group"),
        ([-1, 0, 5], [8, 8, 8], 8, "all"),
    ],
)
def test_what_a_question_costs_is_reckoned_of_real_figures_where_there_are_some(
    group: list[float | None], everything: list[float | None], minutes: float, basis: Basis
) -> None:
    found = cost([_handled(one) for one in group], [_handled(one) for one in everything])
    assert (found.each, found.basis) == (timedelta(minutes=minutes), basis)


def test_what_nobody_ever_took_costs_nothing() -> None:
    assert cost([_handled(9, taken=False)] * 3, []).basis == "assumed"


async def test_the_weekly_digest_names_the_groups_with_count_and_cost_and_a_button(led: World) -> None:
    weekly = _weekly(led)
    for customer, text in enumerate((INSTALMENTS, INSTALMENTS_TOO, INSTALMENTS, WRAPPING), 1):
        await asks(led, customer, text)
    await gathers(led)
    await led.passes(7 * 86400)
    assert await weekly.look()
    await led.works()
    told = [text for text in led.screen.texts(OPERATOR_ID) if "Стоит ответить" in text]
    [digest] = told
    assert INSTALMENTS in digest
    assert "3 раза за неделю" in digest
    assert "15 мин" in digest
    assert "по 5 мин" in digest
    assert WRAPPING not in digest
    assert not any("Стоит ответить" in text for text in led.screen.texts(GROUP_ID))
    await led.presses(OPERATOR_ID, INSTALMENTS[:20])
    assert any("Спросили, а ответа нет" in text for text in led.screen.texts(OPERATOR_ID))


async def test_what_is_asked_after_the_week_is_told_of_in_the_next(led: World) -> None:
    """A bot that was switched on again on Wednesday counted two days more, beside a report of the week alone."""
    weekly = _weekly(led)
    for customer in (1, 2):
        await asks(led, customer, INSTALMENTS)
    await led.passes(9 * 86400)
    for customer in (3, 4, 5):
        await asks(led, customer, INSTALMENTS_TOO)
    await gathers(led)
    assert await weekly.look()
    await led.works()
    [digest] = [text for text in led.screen.texts(OPERATOR_ID) if "Стоит ответить" in text]
    assert "2 раза за неделю, 0 за прошлую" in digest


async def test_where_nothing_is_worth_an_answer_the_digest_is_as_before(led: World) -> None:
    weekly = _weekly(led)
    await asks(led, 1, WRAPPING)
    await gathers(led)
    await led.passes(7 * 86400)
    assert await weekly.look()
    await led.works()
    assert not any("Стоит ответить" in text for text in led.screen.texts(OPERATOR_ID))
