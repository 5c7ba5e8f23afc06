"""What an admin tells on the page of a message that they have tried; a set-up that goes on hears of it."""

from __future__ import annotations

from dataclasses import dataclass

from services.dashboard.teaching import Answered, Belongs, Foreign, Lesson, Unlearned, teach, unteach
from services.desk.audit import Actor
from services.setup.applying import taught_on_the_page
from services.setup.refusal import Refusal
from services.setup.teaching import refusal_of
from services.texts import label
from services.texts.titles import full_title
from storage.closed_sets import AnswerMode, Language
from storage.store import Store
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the message asks for from now on. No scenario: it is none of the business's questions."""

    scenario: str | None
    answer: str | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """Who teaches, by their own words and in their language."""

    actor: Actor
    author: str
    speak: str


class Tutor:
    """Each admin can take back what they have told last."""

    def __init__(self, *, store: Store, start: AnswerMode) -> None:
        """`start`: the mode of an answer that is written here."""
        self._store = store
        self._start: AnswerMode = start

    async def belongs(
        self, admin: Admin, text: str, language: Language, *, scenario: str, answer: str | None
    ) -> Learned | Refusal:
        """Let it be a question of an answer that there is."""
        return await self._teach(admin, text, language, Belongs(scenario=scenario, answer=answer))

    async def answered(self, admin: Admin, text: str, language: Language, *, html: str) -> Learned | Refusal:
        """Let the bot answer it with this text."""
        return await self._teach(admin, text, language, Answered(html=html, mode=self._start))

    async def foreign(self, admin: Admin, text: str, language: Language) -> Learned | Refusal:
        return await self._teach(admin, text, language, Foreign())

    async def undo(self, admin: Admin) -> bool:
        """Take back what this admin has told last; False where there is nothing, or somebody works on it."""

        def act(unit: Unit) -> bool:
            before = unit.scenario_versions.marks()
            undone = unteach(unit, who=admin.actor, author=admin.author)
            taught_on_the_page(unit, before)
            return undone

        return await self._store.write(act)

    async def _teach(self, admin: Admin, text: str, language: Language, lesson: Lesson) -> Learned | Refusal:
        def act(unit: Unit) -> Learned | Refusal:
            before = unit.scenario_versions.marks()
            done = teach(unit, (language, text), lesson, who=admin.actor, author=admin.author)
            if isinstance(done, Unlearned):
                return refusal_of(done, admin.speak)
            taught_on_the_page(unit, before)
            title = _title(unit, done.scenario, done.answer, admin.speak)
            return Learned(scenario=done.scenario, answer=done.answer, title=title)

        return await self._store.write(act)


def _title(unit: Unit, key: str | None, answer: str | None, speak: str) -> str:
    scenario = next((one for one in unit.scenarios.outlines() if one.key == key), None)
    return full_title(scenario, scenario.answer(answer), speak) if scenario else label("pack_try.background", speak)
