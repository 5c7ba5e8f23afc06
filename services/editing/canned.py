"""`/replies`: the team's own answers for the card, listed, added and taken off."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import Final, Literal

from markupsafe import Markup

from services.desk import audit
from services.desk.canned_languages import parts
from services.desk.menus import A_PAGE
from services.editing.presenter import Place
from services.editing.sources import source_of
from services.messages.effects import Button, MessageRef, PrivateChat, Say, ShowPage, Words
from services.messages.incoming import CustomerMessage, Person
from services.messages.lengths import cut, units
from services.messages.team_presses import OnCanned, encode
from services.queues.outbox import PRESSED, Outgoing
from services.scenarios.answers import Answers
from services.templates import TemplateProblem, check, explain
from services.templates.variables import plain_words
from services.texts import label, languages, say
from services.texts.team import Team
from storage.canned import CannedReply
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

TITLE_MOST: Final = 40
SHOWN_MOST: Final = 120
PROBLEMS_MOST: Final = 5
EMPTY: Final = Markup()


class CannedEditor:
    """The use cases. What is typed after the command is a title, a line break, and the text."""

    def __init__(self, *, store: Store, answers: Answers, team: Team) -> None:
        self._store = store
        self._answers = answers
        self._team = team

    async def command(self, cause: Cause, author: Person, place: Place, said: CustomerMessage) -> None:
        """Show the list; or store what stands beside the command, if it can be sent to a customer."""
        title, _, text = said.text.partition("\n")
        speak = self._language(author, place)
        if not text.strip():
            await self._store.write(lambda unit: self._say(unit, cause, place, self._list(unit, 0, speak)), cause)
            return
        source = _source(said, title)
        facts = self._answers.facts.definitions
        problems = await asyncio.to_thread(problems_in, source, facts)  # no transaction is open yet

        def act(unit: Unit) -> None:
            if problems:
                words = Words(text=_refused(problems, speak))
            else:
                name = f"{author.first_name} {author.last_name}".strip()
                named = plain_words(title, cap=TITLE_MOST) or plain_words(source, cap=TITLE_MOST)
                unit.canned.add(title=named, text=source, author=name)
                audit.note(unit, audit.member(author, place.kind), "reply_changed", detail=named)
                words = self._list(unit, 0, speak, head=say("canned.added", speak, title=named))
            self._say(unit, cause, place, words)

        await self._store.write(act, cause)

    async def press(
        self, cause: Cause, person: Person, place: Place, press: OnCanned, *, at: MessageRef | None
    ) -> None:
        """Turn a page, take a reply off the list, or put it back."""
        speak = self._language(person, place)

        def act(unit: Unit) -> None:
            head, page = EMPTY, 0
            match press.action:
                case "page":
                    page = press.number
                case "drop":
                    unit.canned.retire(press.number)
                    head = _head(unit, press.number, speak)
                case "restore":
                    unit.canned.restore(press.number)
            if press.action != "page":
                changed = unit.canned.get(press.number)
                audit.note(
                    unit, audit.member(person, place.kind), "reply_changed", detail=changed.title if changed else None
                )
            gone = press.number if press.action == "drop" else None
            words = self._list(unit, page, speak, head=head, gone=gone)
            if at is None:
                self._say(unit, cause, place, words)
            else:
                Outgoing(unit, cause.key).put(ShowPage(to=place, at=at, words=words), rank=PRESSED)

        await self._store.write(act, cause)

    def _list(self, unit: Unit, page: int, speak: str, *, head: Markup = EMPTY, gone: int | None = None) -> Words:
        count = unit.canned.count()
        pages = max(1, -(-count // A_PAGE))
        page = min(page, pages - 1)
        replies = unit.canned.page(page, most=A_PAGE)
        lines = Markup("\n").join(_line(one, speak) for one in replies)
        text = say("canned.list", speak, head=head, count=count, lines=lines)
        rows: list[tuple[Button, ...]] = [
            (_button("canned_button.drop", OnCanned("drop", one.id), speak, title=one.title),) for one in replies
        ]
        if gone is not None:
            rows.insert(0, (_button("canned_button.restore", OnCanned("restore", gone), speak),))
        turns = [(page - 1, "◀️")] * (page > 0) + [(page + 1, "▶️")] * (page + 1 < pages)
        if turns:
            rows.append(tuple(Button(text=arrow, press=encode(OnCanned("page", to))) for to, arrow in turns))
        return Words(text=text, buttons=tuple(rows))

    def _language(self, person: Person, place: Place) -> str:
        return languages.of_staff(person.language, self._team.language, in_private=isinstance(place, PrivateChat))

    @staticmethod
    def _say(unit: Unit, cause: Cause, place: Place, words: Words) -> None:
        Outgoing(unit, cause.key).put(Say(to=place, words=words))


def problems_in(source: str, facts: Collection[str]) -> tuple[TemplateProblem, ...]:
    """Return what is wrong with a reply, in each of its languages."""
    return tuple(one for part in parts(source).values() for one in check(part, facts=facts))


def _source(said: CustomerMessage, title: str) -> str:
    """Return the template that stands below the title; formatting of the title itself is nothing."""
    past = units(title) + 1
    entities = [one | {"offset": one["offset"] - past} for one in said.entities if one["offset"] >= past]
    return source_of(said.text[len(title) + 1 :], entities).strip()


def _refused(problems: Sequence[TemplateProblem], speak: str) -> str:
    lines = []
    for one in problems[:PROBLEMS_MOST]:
        message, fix = explain(one, speak)
        lines.append(say("editor.problem", speak, line=one.line, message=message, fix=fix))
    return say("canned.refused", speak, lines=Markup("\n").join(lines))


def _head(unit: Unit, reply_id: int, speak: str) -> Markup:
    reply = unit.canned.get(reply_id)
    return say("canned.dropped", speak, title=reply.title) if reply is not None else EMPTY


def _line(reply: CannedReply, speak: str) -> Markup:
    return say("canned.line", speak, title=reply.title, words=cut(" ".join(reply.text.split()), SHOWN_MOST))


def _button(
    key: Literal["canned_button.drop", "canned_button.restore"], press: OnCanned, speak: str, **values: object
) -> Button:
    return Button(text=label(key, speak, **values), press=encode(press))
