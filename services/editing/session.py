"""Where answers are worked on: one admin, one cause, one unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

import structlog
from markupsafe import Markup

from services.desk import audit
from services.desk.cards import spoken
from services.editing import answer_modes, drafts, stored_versions
from services.editing.actions import VersionActions
from services.editing.drafts import Draft, Where
from services.editing.history import possible_actions
from services.editing.presenter import Presenter
from services.editing.topics import Topic, scenario_of, topic_in, topic_of
from services.messages.callbacks import WordingAction
from services.messages.incoming import Person, SaidKind
from services.messages.mode_presses import Wish
from services.scenarios.business import business_of
from services.templates import TemplateProblem
from services.templates.variables import plain_words
from services.texts.keys import ToastKey
from storage.closed_sets import AnswerMode
from storage.matters import Matter, place_of
from storage.template_versions import TemplateVersion, standing
from storage.units import Unit

log = structlog.get_logger()


PerformanceText = Callable[[Unit, Matter, str], Markup | None]
"""Tells in a language how right an answer has been; None while nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A message that an admin meant as the text of an answer."""

    kind: SaidKind
    text: str
    entities: Sequence[dict[str, Any]] = ()
    marks: frozenset[str] | None = None
    """Marks of the message it replies to, in the operator group; None in private, where any next message counts."""


class EditingSession:
    """Everything written here is committed together or not at all. What presses return is a toast."""

    def __init__(
        self,
        *,
        unit: Unit,
        mark: str,
        admin: Person,
        where: Where,
        presenter: Presenter,
        speak: str,
        performance: PerformanceText,
    ) -> None:
        self._unit = unit
        self._performance = performance
        self._mark = mark
        self._id = admin.address.id
        self._name = plain_words(f"{admin.first_name} {admin.last_name}", cap=64) or admin.address.id
        self._actor = audit.member(admin, where)
        self._where = where
        self._presenter = presenter
        self._speak = speak

    def list(self) -> None:
        self._presenter.pack(self._unit.scenarios.outlines())

    def show(self, key: str, answer: str | None = None) -> ToastKey | None:
        """Show texts as customers read them; of a scenario that has answers, the list of these."""
        scenario = scenario_of(self._unit, key)
        topic = topic_in(scenario, answer) if scenario else None
        if topic is not None:
            self._show(topic)
        elif scenario is not None and answer is None:
            self._presenter.answers(scenario, self._unit.template_versions.of(key))
        else:
            return "outdated"
        return None

    def set_mode(self, key: str, answer: str | None, mode: AnswerMode) -> ToastKey | None:
        """Let an answer have a mode, and show its page with it."""
        topic = topic_of(self._unit, key, answer)
        if topic is None:
            return "outdated"
        done = answer_modes.set_mode(self._unit, topic, mode, actor=self._actor, author=self._author)
        self.show(key, answer)
        return "mode_set" if done else None

    def trust(self, key: str, answer: str | None, wish: Wish) -> ToastKey | None:
        """Let the bot give an answer by itself, or go on proposing it, as an admin has decided."""
        topic = topic_of(self._unit, key, answer)
        if topic is None:
            return "outdated"
        done = wish != "no" and answer_modes.set_mode(self._unit, topic, "auto", actor=self._actor, author=self._author)
        mode = "auto" if done else topic.mode
        self._presenter.trusted(topic, mode, admin=self._name if done or wish == "no" else None)
        return "mode_set" if done else None

    def change(self, wording_id: int, action: WordingAction) -> ToastKey | None:
        """Act on a version, if things still are as its button says; show how they are otherwise."""
        wording = self._unit.template_versions.get(wording_id)
        topic = topic_of(self._unit, wording.scenario, wording.answer) if wording else None
        if wording is None or topic is None:
            return "outdated"
        if self._done(topic, wording, action):
            if action != "edit":
                audit.note(self._unit, self._actor, "answer_changed", detail=place_of(wording.scenario, wording.answer))
            return None
        self._show(topic)
        return "answer_changed"

    def _show(self, topic: Topic) -> None:
        performance = self._performance(self._unit, topic, self._speak)
        self._presenter.wordings(topic, topic.versions(self._unit), performance, business_of(self._unit).served)

    def _done(self, topic: Topic, wording: TemplateVersion, action: WordingAction) -> bool:
        hand = VersionActions(unit=self._unit, presenter=self._presenter, author=self._author)
        match action:
            case "edit":
                stands = wording.retired_at is None
                if stands:
                    self._begin(topic, wording.language, wording)
                return stands
            case "undo" | "redo":
                return hand.step(topic, wording, action)
            case "remove":
                drafts.drop(self._unit, self._id)  # which may be of this very version
                return hand.remove(topic, wording)
            case "restore":
                return hand.restore(topic, wording)
            case _:
                assert_never(action)

    def begin(self, key: str, answer: str | None, language: str) -> ToastKey | None:
        """Ask for one more text, beside those that stand."""
        topic = topic_of(self._unit, key, answer)
        if topic is None:
            return "outdated"
        self._begin(topic, language)
        return None

    def _begin(self, topic: Topic, language: str, wording: TemplateVersion | None = None) -> None:
        """Ask for a new text: in the place of a version, or beside those that stand."""
        draft = Draft(
            mark=self._mark,
            where=self._where,
            scenario=topic.scenario.key,
            answer=topic.answer_key,
            language=language,
            wording_id=wording.id if wording else None,
            touched_at=self._unit.now,
        )
        drafts.keep(self._unit, self._id, draft)
        number = self._number(topic, wording) if wording else None
        self._presenter.prompt(draft, topic, wording.text if wording else None, admin=self._name, number=number)

    def take(self, typed: Typed, source: str, problems: Sequence[TemplateProblem]) -> None:
        """Keep a text and show it as customers would read it; one that will not do leaves the edit as it is."""
        draft = drafts.draft_of(self._unit, self._id)
        topic = self._topic(draft) if draft else None
        if draft is None or topic is None or not self._belongs(typed, draft):
            self._presenter.say("over")
            return
        draft = replace(draft, touched_at=self._unit.now)
        if not source:
            self._presenter.not_text(draft, spoken(typed.kind, self._speak))
        elif problems:
            self._presenter.problems(draft, problems)
        else:
            draft = replace(draft, text=source, text_mark=self._mark)
            self._presenter.preview(draft, topic)
        drafts.keep(self._unit, self._id, draft)

    def save(self, mark: str) -> ToastKey | None:
        """Let customers read the text that was shown, unless the answer has changed behind the admin's back."""
        draft = drafts.draft_of(self._unit, self._id)
        topic = self._topic(draft) if draft else None
        if draft is None or topic is None:
            self._presenter.say("over" if draft is None else "gone")
            return None
        if draft.text_mark != mark:
            self._presenter.say("older")
            return None
        new = stored_versions.put(
            self._unit,
            draft.scenario,
            draft.language,
            draft.text,
            instead_of=draft.wording_id,
            author=self._author,
            answer=draft.answer,
        )
        if new is None:
            self._overtaken(draft, topic)
            return "answer_changed"
        drafts.drop(self._unit, self._id)
        audit.note(self._unit, self._actor, "answer_changed", detail=place_of(draft.scenario, draft.answer))
        steps = possible_actions(topic.versions(self._unit), new) if draft.wording_id else ("remove",)
        self._presenter.saved(draft, topic, self._presenter.after(topic, new, steps))
        log.info(
            "answer.saved",
            scenario=draft.scenario,
            answer=draft.answer,
            language=draft.language,
            wording=new,
            admin=self._id,
        )
        return None

    def cancel(self, mark: str) -> None:
        draft = drafts.draft_of(self._unit, self._id)
        if draft is None or draft.mark != mark:
            self._presenter.say("over")
            return
        drafts.drop(self._unit, self._id)
        topic = self._topic(draft)
        if topic is None:
            self._presenter.say("gone")
        else:
            self._presenter.turn_to("cancelled", topic, draft.language, self._presenter.after(topic))

    def _overtaken(self, draft: Draft, topic: Topic) -> None:
        """Say who was faster and show their text, so that the admin chooses knowing it."""
        now = stored_versions.successor(topic.versions(self._unit), draft.wording_id)
        draft = replace(draft, wording_id=now.id if now else None, text_mark=self._mark, touched_at=self._unit.now)
        drafts.keep(self._unit, self._id, draft)
        buttons = self._presenter.choice(draft, "save_over")
        if now is None:
            self._presenter.turn_to("withdrawn", topic, draft.language, buttons)
        else:
            self._presenter.show("changed", topic, draft.language, now.text, buttons, author=now.author)

    def _topic(self, draft: Draft) -> Topic | None:
        return topic_of(self._unit, draft.scenario, draft.answer)

    def _number(self, topic: Topic, wording: TemplateVersion) -> int | None:
        """Return which variant it is; None for the only one."""
        versions = standing(topic.versions(self._unit))
        variants = [one.id for one in versions if one.language == wording.language]
        return variants.index(wording.id) + 1 if len(variants) > 1 else None

    def _belongs(self, typed: Typed, draft: Draft) -> bool:
        """Whether a message is meant for this edit: in the group it answers one of the edit's own messages."""
        return draft.where == self._where and (typed.marks is None or not typed.marks.isdisjoint(draft.names))

    @property
    def _author(self) -> str:
        return f"{self._name} (tg:{self._id})"
