"""Which groups of questions are worth an answer, and what they cost people: a part of the weekly digest.

What a question costs is reckoned from when its ticket was taken until it was closed, an hour at most, for a ticket that
lies open costs nobody's time. The median of the group counts for each of its questions; of all questions, where the
group has too few; and five minutes each where nobody has any figures yet. The digest says which it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final, Literal

from markupsafe import Markup

from services.messages.effects import Button, Words
from services.messages.lengths import cut
from services.messages.question_presses import OnQuestions, encode
from services.reports.statistics_page import spell
from services.texts import label, say
from services.unanswered.question_words import QUESTION_MOST
from storage.question_pages import GroupRow, Handled
from storage.units import Unit

WORTH: Final = 3
LEAST_ASKED: Final = 2
"""A question that one customer asked once is not worth an answer yet."""
LEAST_FIGURES: Final = 3
LONGEST: Final = timedelta(hours=1)
ASSUMED: Final = timedelta(minutes=5)
LOOKED_BACK: Final = timedelta(days=90)
Basis = Literal["group", "all", "assumed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """How long one question takes people, and of what that was reckoned."""

    each: timedelta
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A group worth an answer."""

    row: GroupRow
    cost: Cost

    @property
    def hours(self) -> timedelta:
        """What its questions of this week took together."""
        return self.cost.each * self.row.asked.this_week


def cost(group: Iterable[Handled], everything: Iterable[Handled]) -> Cost:
    """Return what one question of a group takes."""
    for basis, handled in (("group", group), ("all", everything)):
        spent = [one for one in map(_spent, handled) if one is not None]
        if len(spent) >= LEAST_FIGURES:
            each = timedelta(seconds=median(one.total_seconds() for one in spent))
            return Cost(each=each, basis="group" if basis == "group" else "all")
    return Cost(each=ASSUMED, basis="assumed")


def _spent(one: Handled) -> timedelta | None:
    """Return how long a ticket was somebody's; None while it is, or where nobody ever took it."""
    if one.taken_at is None or one.closed_at is None or one.closed_at <= one.taken_at:
        return None
    return min(one.closed_at - one.taken_at, LONGEST)


def worth_an_answer(unit: Unit, since: datetime, until: datetime) -> list[Worth]:
    """Return the groups that cost most in a week and wait for a decision."""
    rows = unit.question_pages.rows(week=since, until=until, before=since - (until - since), most=WORTH * 4)
    asked = [one for one in rows if one.asked.this_week >= LEAST_ASKED]
    everything = unit.question_pages.handled(until - LOOKED_BACK)
    found = [
        Worth(row=one, cost=cost(unit.question_pages.handled(until - LOOKED_BACK, group_id=one.group.id), everything))
        for one in asked
    ]
    return sorted(found, key=lambda one: (-one.hours, one.row.group.id))[:WORTH]


def digest(found: Sequence[Worth], speak: str) -> Words | None:
    """Return what admins read of it; None where nothing is worth an answer."""
    if not found:
        return None
    lines = [
        say(
            "questions.worth_line",
            speak,
            number=number,
            title=cut(one.row.title, QUESTION_MOST),
            count=one.row.asked.this_week,
            before=one.row.asked.week_before,
            hours=spell(one.hours, speak),
            each=spell(one.cost.each, speak),
            basis=one.cost.basis,
        )
        for number, one in enumerate(found, 1)
    ]
    rows = tuple(
        (
            Button(
                text=cut(label("question_button.worth", speak, number=number, title=one.row.title), 60),
                press=encode(OnQuestions("show", one.row.group.id)),
            ),
        )
        for number, one in enumerate(found, 1)
    )
    return Words(text=say("questions.worth", speak, lines=Markup("\n").join(lines)), buttons=rows)
