"""How the bot speaks to an admin who edits: where they are, in their language, in the words customers read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.editing import lists, pages
from services.editing.drafts import Draft
from services.editing.pages import Block
from services.editing.topics import Topic
from services.messages.callbacks import OnDraft, OnScenario, WordingAction
from services.messages.effects import GroupPlace, Keyboard, MessageRef, PrivateChat, Say, ShowPage, Words
from services.messages.incoming import Person
from services.queues.outbox import Outgoing
from services.scenarios.answers import Answers, imagined
from services.templates import TemplateProblem
from services.texts import label, language_name, say, text_key
from services.texts.keys import EditorButtonKey, EditorKey
from storage.closed_sets import AnswerMode
from storage.records import Scenario, Template
from storage.template_versions import TemplateVersion

Place = PrivateChat | GroupPlace


class Presenter:
    """Puts pages into the outbox.

    `at` is the message whose button was pressed. Pages and results take its place; what asks for an answer, or tells
    that a press was in vain, comes below.
    """

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
        at: MessageRef | None = None,
    ) -> None:
        self._outgoing = outgoing
        self._place = place
        self._speak = speak
        self._admin = admin
        self._answers = answers
        self._timezone = timezone
        self._now = now
        self._at = at
        self._in_group = isinstance(place, GroupPlace)

    def send(self, words: Sequence[Words]) -> None:
        for one in words:
            self._outgoing.put(Say(to=self._place, words=one))

    def turn(self, words: Sequence[Words]) -> None:
        """Let the pressed message say this; what does not fit into it follows."""
        if self._at is not None and words:
            self._outgoing.put(ShowPage(to=self._place, at=self._at, words=words[0]))
            words = words[1:]
        self.send(words)

    def say(self, key: EditorKey, buttons: Keyboard = (), **values: object) -> None:
        """Say one of the texts of `editor`."""
        self.send([Words(text=say(text_key("editor", key), self._speak, **values), buttons=buttons)])

    def turn_to(self, key: EditorKey, topic: Topic, language: str, buttons: Keyboard) -> None:
        """Let the pressed message tell what became of an answer."""
        self.turn([Words(text=self._head(key, topic, language), buttons=buttons)])

    def show(
        self, key: EditorKey, topic: Topic, language: str, source: str, buttons: Keyboard, **values: object
    ) -> None:
        """Tell what became of an answer, and let it follow as a customer reads it."""
        head = Block(html=self._head(key, topic, language, **values))
        self.turn(pages.sheets([head, Block(html=self.read(topic, source, language), buttons=buttons)]))

    def preview(self, draft: Draft, topic: Topic) -> None:
        """Show a text as customers would read it: also after the greeting of a first answer, where it differs."""
        shown = self.read(topic, draft.text, draft.language)
        first = self.read(topic, draft.text, draft.language, first_contact=True)
        blocks = [Block(html=self._head("preview", topic, draft.language)), Block(html=shown)]
        if not first.endswith(f" {shown}"):
            blocks += [Block(html=say("editor.preview_first", self._speak)), Block(html=first)]
        blocks[-1] = replace(blocks[-1], buttons=self.choice(draft))
        self.send(pages.sheets(blocks))

    def saved(self, draft: Draft, topic: Topic, buttons: Keyboard) -> None:
        """Turn the preview into what customers read now; of a text that fills a message, only say so."""
        head = Block(html=self._head("saved", topic, draft.language))
        text = Block(html=self.read(topic, draft.text, draft.language), buttons=buttons)
        whole = pages.sheets([head, text])
        self.turn(whole if len(whole) == 1 else [Words(text=head.html, buttons=buttons)])

    def pack(self, scenarios: Sequence[Scenario]) -> None:
        self.turn(lists.pack(scenarios, self._speak))

    def answers(self, scenario: Scenario, versions: Sequence[TemplateVersion]) -> None:
        self.turn(lists.answers(scenario, versions, self._speak))

    def wordings(
        self, topic: Topic, versions: Sequence[TemplateVersion], performance: Markup | None, served: Collection[str]
    ) -> None:
        def render(source: str, language: str) -> str:
            return self.read(topic, source, language)

        self.turn(
            pages.wordings(topic, versions, render, self._speak, self._timezone, performance=performance, served=served)
        )

    def trusted(self, topic: Topic, mode: AnswerMode, *, admin: str | None) -> None:
        """Let the pressed message tell who answers from now on, and who has said so."""
        told = label(text_key("answer_mode", mode), self._speak)
        text = say("autopilot.decided", self._speak, title=topic.title(self._speak), mode=told, admin=admin)
        self.turn([Words(text=text, buttons=self.after(topic))])

    def prompt(self, draft: Draft, topic: Topic, source: str | None, *, admin: str, number: int | None) -> None:
        """Ask for a text; `number` tells one variant from the others, `source` is what stands now."""
        values = {"admin": admin, "reply": self._in_group, "number": number}
        head = self._head("prompt", topic, draft.language, **values)
        several = draft.wording_id if number is not None else None
        self.send(pages.prompt(head, source, draft.mark, self._speak, one_of_several=several))

    def problems(self, draft: Draft, found: Sequence[TemplateProblem]) -> None:
        self.send(pages.problems(found, draft.mark, self._speak, reply=self._in_group))

    def not_text(self, draft: Draft, kind: str) -> None:
        self.say("not_text", pages.cancel(draft.mark, self._speak), kind=kind, reply=self._in_group)

    def choice(self, draft: Draft, key: EditorButtonKey = "save") -> Keyboard:
        """Return the buttons under a text that waits to be saved."""
        save = pages.button(key, self._speak, OnDraft(draft.text_mark, "save"))
        return ((save, *pages.cancel(draft.mark, self._speak)[0]),)

    def after(self, topic: Topic, wording_id: int = 0, actions: Sequence[WordingAction] = ()) -> Keyboard:
        """Return the buttons under what has been done: what can be done next, see it among the others.

        There is always one: a text sent in reply to it is known by its buttons, and reaches no customer.
        """
        page = pages.button(
            "answer_page" if topic.answer else "page", self._speak, OnScenario(topic.scenario.key, topic.answer_key)
        )
        steps = tuple(pages.action_button(wording_id, action, self._speak) for action in actions)
        return (steps, (page,)) if len(steps) > 1 else ((*steps, page),)

    def read(self, topic: Topic, source: str, language: str, *, first_contact: bool = False) -> str:
        """Return a text as a customer with the admin's name would read it; with gaps where facts are missing."""
        reader = imagined(self._admin.first_name, self._admin.last_name, language, self._now)
        alone = replace(topic.scenario, templates=(Template(language=language, text=source),), answers=())
        html = self._answers.render(alone, None, reader, language, self._now, first_contact=first_contact, turn=0)
        if html is None:
            gaps = self._answers.proposed(alone, None, reader, language, self._now, speak=self._speak)
            html = gaps.html if gaps else None
        return html or say("editor.unreadable", self._speak)

    def _head(self, key: EditorKey, topic: Topic, language: str, **values: object) -> Markup:
        title, name = topic.title(self._speak), language_name(language, self._speak)
        return say(text_key("editor", key), self._speak, title=title, language=name, **values)
