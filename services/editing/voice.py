"""How the bot speaks to an admin who edits: where they are, in their language, in the words customers read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.answers import Answers
from services.arrivals import Person
from services.editing import pages
from services.editing.drafts import Draft
from services.editing.pages import Block
from services.effects import Hall, Keyboard, PrivateChat, Say, Words
from services.outgoing import Outgoing
from services.presses import OnDraft, OnScenario, OnWording, WordingDeed
from services.templates import TemplateProblem
from services.texts import say
from storage.records import Customer, Scenario, Template
from storage.wordings import Wording

Place = PrivateChat | Hall


class Voice:
    """Puts pages into the outbox."""

    def __init__(
        self,
        *,
        outgoing: Outgoing,
        place: Place,
        speak: str,
        admin: Person,
        answers: Answers,
        timezone: ZoneInfo,
        now: datetime,
    ) -> None:
        self._outgoing = outgoing
        self._place = place
        self._speak = speak
        self._admin = admin
        self._answers = answers
        self._timezone = timezone
        self._now = now
        self._in_group = isinstance(place, Hall)

    def send(self, words: Sequence[Words]) -> None:
        for one in words:
            self._outgoing.put(Say(to=self._place, words=one))

    def say(self, key: str, buttons: Keyboard = (), **values: object) -> None:
        """Say one of the texts of `editor`."""
        self.send([Words(text=say(f"editor.{key}", self._speak, **values), buttons=buttons)])

    def say_of(self, key: str, scenario: Scenario, language: str, buttons: Keyboard = (), **values: object) -> None:
        self.send([Words(text=self._head(key, scenario, language, **values), buttons=buttons)])

    def show(
        self, key: str, scenario: Scenario, language: str, source: str, buttons: Keyboard, **values: object
    ) -> None:
        """Say something of an answer, and let it follow as a customer reads it."""
        head = Block(html=self._head(key, scenario, language, **values))
        self.send(pages.sheets([head, Block(html=self.read(scenario, source, language), buttons=buttons)]))

    def preview(self, draft: Draft, scenario: Scenario) -> None:
        """Show a text as customers would read it: also after the greeting of a first answer, where it differs."""
        shown = self.read(scenario, draft.text, draft.language)
        first = self.read(scenario, draft.text, draft.language, first_contact=True)
        blocks = [Block(html=self._head("preview", scenario, draft.language)), Block(html=shown)]
        if not first.endswith(f" {shown}"):
            blocks += [Block(html=say("editor.preview_first", self._speak)), Block(html=first)]
        blocks[-1] = replace(blocks[-1], buttons=self.choice(draft))
        self.send(pages.sheets(blocks))

    def pack(self, scenarios: Sequence[Scenario]) -> None:
        self.send(pages.pack(scenarios, self._speak))

    def scenario(self, scenario: Scenario, versions: Sequence[Wording]) -> None:
        def render(source: str, language: str) -> str:
            return self.read(scenario, source, language)

        self.send(pages.answers(scenario, versions, render, self._speak, self._timezone))

    def prompt(self, draft: Draft, scenario: Scenario, source: str | None, *, admin: str, number: int | None) -> None:
        """Ask for a text; `number` tells one variant from the others, `source` is what stands now."""
        values = {"admin": admin, "reply": self._in_group, "number": number}
        head = self._head("prompt", scenario, draft.language, **values)
        self.send(pages.prompt(head, source, draft.mark, self._speak))

    def problems(self, draft: Draft, found: Sequence[TemplateProblem]) -> None:
        self.send(pages.problems(found, draft.mark, self._speak, reply=self._in_group))

    def not_text(self, draft: Draft, kind: str) -> None:
        self.say("not_text", pages.cancel(draft.mark, self._speak), kind=kind, reply=self._in_group)

    def choice(self, draft: Draft, key: str = "save") -> Keyboard:
        """Return the buttons under a text that waits to be saved."""
        save = pages.button(key, self._speak, OnDraft(draft.text_mark, "save"))
        return ((save, *pages.cancel(draft.mark, self._speak)[0]),)

    def after(self, scenario: Scenario, wording_id: int | None = None, deed: WordingDeed = "undo") -> Keyboard:
        """Return the buttons under what has been done: take it back, see it among the others."""
        page = pages.button("page", self._speak, OnScenario(scenario.key))
        if wording_id is None:
            return ((page,),)
        return ((pages.button("undo", self._speak, OnWording(wording_id, deed), number=None), page),)

    def read(self, scenario: Scenario, source: str, language: str, *, first_contact: bool = False) -> str:
        """Return a text as a customer with the admin's name would read it."""
        reader = Customer(
            id=0,
            channel="telegram",
            external_id=self._admin.external_id,
            first_name=self._admin.first_name,
            last_name=self._admin.last_name,
            username=self._admin.username,
            language=language,
            language_chosen=True,
            reachable=True,
            created_at=self._now,
        )
        alone = replace(scenario, templates=(Template(language=language, text=source),))
        html = self._answers.render(alone, reader, language, self._now, first_contact=first_contact, turn=0)
        return html or say("editor.unreadable", self._speak)

    def _head(self, key: str, scenario: Scenario, language: str, **values: object) -> Markup:
        title, name = pages.title_of(scenario, self._speak), pages.language_name(language, self._speak)
        return say(f"editor.{key}", self._speak, title=title, language=name, **values)
