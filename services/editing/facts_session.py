"""Where facts are filled in: one admin, one cause, one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never
from zoneinfo import ZoneInfo

import structlog

from services.desk import audit
from services.desk.cards import spoken
from services.editing import fact_pages, pages
from services.editing.drafts import Where
from services.editing.fact_drafts import FactDraft, drop, fact_draft_of, keep_fact
from services.editing.history import steps
from services.editing.presenter import Presenter
from services.editing.session import Typed
from services.messages.effects import Words
from services.messages.fact_presses import FactAction, OnFact
from services.messages.incoming import Person
from services.scenarios import fact_values
from services.scenarios.fact_types import cleaned, fault
from services.scenarios.facts import Facts, facts_of
from services.templates.variables import plain_words
from services.texts import say
from services.texts.keys import ToastKey
from storage.facts import FactVersion
from storage.records import Fact
from storage.units import Unit

log = structlog.get_logger()


class FactsSession:
    """Everything written here is committed together or not at all. What presses return is the key of a toast."""

    def __init__(
        self,
        *,
        unit: Unit,
        mark: str,
        admin: Person,
        where: Where,
        presenter: Presenter,
        speak: str,
        timezone: ZoneInfo,
        settings: Mapping[str, str],
    ) -> None:
        """`settings`: values that stand where the database has none."""
        self._unit = unit
        self._mark = mark
        self._id = admin.address.id
        self._author = f"{plain_words(f'{admin.first_name} {admin.last_name}', cap=64) or self._id} (tg:{self._id})"
        self._actor = audit.member(admin, where)
        self._where = where
        self._presenter = presenter
        self._speak = speak
        self._timezone = timezone
        self._settings = settings

    def list(self, page: int = 0) -> None:
        self._presenter.turn(fact_pages.listing(self._facts(), page, self._speak, self._unit.scenarios.load()[0]))

    def show(self, key: str, *, saved: bool = False) -> ToastKey | None:
        """Show a fact with its values."""
        facts = self._facts()
        asked = facts.definitions.get(key)
        if asked is None:
            return "outdated"
        versions = self._unit.facts.of(key)
        words = fact_pages.fact(asked, facts, versions, self._speak, self._timezone, now=self._unit.now, saved=saved)
        self._presenter.turn(words)
        return None

    def begin(self, key: str, language: str) -> ToastKey | None:
        """Ask for a value."""
        facts = self._facts()
        asked = facts.definitions.get(key)
        if asked is None:
            return "outdated"
        stands = self._unit.facts.now_in(key, language)
        draft = FactDraft(
            mark=self._mark,
            where=self._where,
            fact=key,
            language=language,
            stands=stands.id if stands else None,
            touched_at=self._unit.now,
        )
        keep_fact(self._unit, self._id, draft)
        self._presenter.send(
            fact_pages.prompt(
                asked, facts, language, draft.mark, self._speak, zone=self._timezone, reply=self._where == "hall"
            )
        )
        return None

    def take(self, typed: Typed) -> bool:
        """Let answers say what was written; False when no value was asked for. One that will not do is explained."""
        draft = fact_draft_of(self._unit, self._id)
        asked = self._facts().definitions.get(draft.fact) if draft else None
        if draft is None or asked is None or not self._belongs(typed, draft):
            return False
        draft = replace(draft, touched_at=self._unit.now)
        if typed.kind != "text":
            kind = spoken(typed.kind, self._speak)
            self._refuse(draft, str(say("facts.not_text", self._speak, kind=kind, reply=self._where == "hall")))
        else:
            self._take_value(draft, asked, cleaned(typed.text))
        return True

    def _take_value(self, draft: FactDraft, asked: Fact, value: str) -> None:
        if wrong := fault(asked.type, value):
            why = wrong.words(self._speak)
            self._refuse(draft, str(say("facts.refused", self._speak, why=why, reply=self._where == "hall")))
            return
        now = self._unit.facts.now_in(draft.fact, draft.language)
        if (now.id if now else None) != draft.stands:
            draft = replace(draft, stands=now.id if now else None)
            text = say("facts.changed", self._speak, author=now.author if now else None, value=now.value if now else "")
            self._refuse(draft, str(text))
            return
        fact_values.put(self._unit, draft.fact, draft.language, value, author=self._author)
        drop(self._unit, self._id)
        self.show(draft.fact, saved=True)
        self._note("fact.saved", draft.fact, draft.language)

    def cancel(self, mark: str) -> bool:
        """End the edit of that mark; False when it is none of a fact."""
        draft = fact_draft_of(self._unit, self._id)
        if draft is None or draft.mark != mark:
            return False
        drop(self._unit, self._id)
        buttons = fact_pages.one_button("page", self._speak, OnFact(draft.fact))
        self._presenter.turn([Words(text=say("facts.cancelled", self._speak), buttons=buttons)])
        return True

    def change(self, version_id: int, action: FactAction) -> ToastKey | None:
        """Act on a value, if things still are as its button says; show how they are either way."""
        version = self._unit.facts.get(version_id)
        if version is None:
            return "outdated"
        done = self._done(version, action)
        return self.show(version.key) or (None if done else "fact_changed")

    def _done(self, version: FactVersion, action: FactAction) -> bool:
        versions = [one for one in self._unit.facts.of(version.key) if one.language == version.language]
        if (version.id, action) not in fact_pages.possible_actions(versions):
            return False
        beside = steps(one.value for one in versions)
        match action:
            case "remove":
                fact_values.remove(self._unit, version.key, version.language)
            case "restore":
                self._say_again(version, version.value)
            case "undo":
                self._say_again(version, beside.back or "")
            case "redo":
                self._say_again(version, beside.forward or "")
            case _:
                assert_never(action)
        self._note(f"fact.{action}", version.key, version.language)
        return True

    def _say_again(self, version: FactVersion, value: str) -> None:
        fact_values.put(self._unit, version.key, version.language, value, author=self._author)

    def _refuse(self, draft: FactDraft, html: str) -> None:
        """Say why a value was not taken, and wait for another."""
        keep_fact(self._unit, self._id, draft)
        self._presenter.send([Words(text=html, buttons=pages.cancel(draft.mark, self._speak))])

    def _belongs(self, typed: Typed, draft: FactDraft) -> bool:
        """Whether a message is meant for this edit: in the group it answers one of the edit's own messages."""
        return draft.where == self._where and (typed.marks is None or draft.mark in typed.marks)

    def _facts(self) -> Facts:
        return facts_of(self._unit.facts.definitions(), self._unit.facts.standing(), self._settings)

    def _note(self, event: str, key: str, language: str) -> None:
        audit.note(self._unit, self._actor, "fact_changed", detail=key)
        log.info(event, fact=key, language=language, admin=self._id)
