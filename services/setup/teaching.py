"""What the owner tries as a customer would write, and what they tell of it: which answer it belongs to, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from services.dashboard.teaching import Answered, Belongs, Foreign, Lesson, Unlearned, Why, teach, unteach
from services.desk import audit
from services.setup.applying import taught_since
from services.setup.progress import Progress
from services.setup.refusal import Refusal
from services.setup.state import MOST_TESTS, Applied, Trying
from services.templates import explain
from services.texts.keys import SetupFaultKey
from storage.closed_sets import AnswerMode
from storage.matters import matters_of, place_from, place_of

_WHY: Final[Mapping[Why, SetupFaultKey]] = {
    "phrase": "no_phrase",
    "outdated": "outdated",
    "known": "known",
    "answer_long": "answer_long",
    "answer_faulty": "answer_faulty",
}


def refusal_of(done: Unlearned, speak: str) -> Refusal:
    """Return why nothing was taught, for who tells it."""
    return Refusal(_WHY[done.why], ": ".join(explain(done.problems[0], speak)) if done.problems else "")


def _as_test(text: str) -> str:
    """Return what was tried as the last page counts on it."""
    return text.strip()[:500]


class Teaching:
    """Each tells why it was in vain, or nothing."""

    def __init__(self, progress: Progress, *, actor: audit.Actor, author: str, start: AnswerMode) -> None:
        """`start`: the mode of an answer that is written here."""
        self._progress = progress
        self._actor = actor
        self._author = author
        self._start: AnswerMode = start

    def tried(self, text: str, trying: Trying | None = None) -> None:
        """Keep what was tried: the last page counts on it while customers have not written."""
        tests = dict.fromkeys((*self._progress.setup.tests, _as_test(text)))
        self._progress.put(tests=tuple(tests)[-MOST_TESTS:], trying=trying)

    def ask(self, what: Literal["place", "answer"], page: int = 0) -> Refusal | None:
        """Show the answers that it may belong to, or wait for the text of one."""
        tried = self._open()
        if tried is None:
            return Refusal("outdated")
        self._progress.put(trying=replace(tried, asks=what, page=page, places=self._places(tried)))
        return None

    def _places(self, tried: Trying) -> tuple[str, ...]:
        """Return those of the answers that are still there, the likeliest first."""
        there = {one.name for scenario in self._progress.unit.scenarios.outlines() for one in matters_of(scenario)}
        return tuple(one for one in tried.places if one in there)

    def belongs(self, number: int) -> Refusal | None:
        """Let it be a question of an answer that there is."""
        tried = self._open()
        if tried is None or number >= len(tried.places):
            return Refusal("outdated")
        scenario, answer = place_from(tried.places[number])
        return self._teach(tried, Belongs(scenario=scenario, answer=answer))

    def answer(self, html: str) -> Refusal | None:
        """Let the bot answer it with this text."""
        tried = self._open()
        if tried is None:
            return Refusal("outdated")
        return self._teach(tried, Answered(html=html, mode=self._start))

    def foreign(self) -> Refusal | None:
        """Let it be none of the business's questions."""
        tried = self._open()
        return Refusal("outdated") if tried is None else self._teach(tried, Foreign())

    def undo(self) -> Refusal | None:
        tried = self._progress.setup.trying
        if tried is None or not tried.taught:
            return Refusal("nothing_to_undo")
        before = self._marks()
        undone = unteach(self._progress.unit, who=self._actor, author=self._author)
        self._progress.put(trying=replace(tried, taught=False), applied=self._applied(before))
        return None if undone else Refusal("changed_since")

    def _open(self) -> Trying | None:
        """Return what was tried last, while nothing was told of it."""
        setup = self._progress.setup
        return setup.trying if setup.step == "try" and setup.trying and not setup.trying.taught else None

    def _teach(self, tried: Trying, lesson: Lesson) -> Refusal | None:
        before = self._marks()
        line = (tried.language, tried.text)
        done = teach(self._progress.unit, line, lesson, who=self._actor, author=self._author)
        if isinstance(done, Unlearned):
            return refusal_of(done, self._progress.speak)
        place = place_of(done.scenario, done.answer) if done.scenario else None
        if place is None:  # what nobody is to answer says nothing of how much is answered
            said = _as_test(tried.text)
            self._progress.put(tests=tuple(one for one in self._progress.setup.tests if one != said))
        self._progress.put(trying=replace(tried, asks=None, taught=True, place=place), applied=self._applied(before))
        return None

    def _marks(self) -> dict[str, str]:
        return self._progress.unit.scenario_versions.marks()

    def _applied(self, before: Mapping[str, str]) -> Applied | None:
        """Return what was put in: it can be taken back with what it was taught."""
        applied = self._progress.setup.applied
        return None if applied is None else taught_since(applied, before, self._marks())
