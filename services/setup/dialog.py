"""The set-up in Telegram: what an admin presses, types and sends in private, and the pages that answer it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from services.dashboard.media import FileAway, FileGone, FileSource, FileTooBig
from services.dashboard.trials import Trial, Trials
from services.desk import audit
from services.desk.cards import spoken
from services.editing.sources import source_of
from services.evaluation.coverage import Coverage
from services.faq.blocks import Unreadable
from services.faq.reading import MOST_BYTES
from services.messages.effects import GroupPlace, MessageRef, PrivateChat, Say, ShowPage, Words
from services.messages.incoming import Cause, CustomerMessage, Person
from services.messages.setup_presses import OnSetup
from services.queues.outbox import PRESSED, Outgoing
from services.setup import pages, pair_pages, trial_page
from services.setup.buttons import NOTHING
from services.setup.guide import Admin, Guide
from services.setup.refusal import Refusal
from services.setup.session import Reason, Session
from services.setup.source import Source, read_source
from services.setup.state import Holder, Setup, Trying
from services.setup.view import View
from services.templates.variables import plain_words
from services.texts import label, languages, say
from services.texts.team import Team
from storage.store import Store
from storage.units import Unit

ANSWERED: Final = frozenset(("outdated", "held", "not_begun"))
"""What a press is told in passing; the page shows how things are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a page may need that takes time to find out."""

    score: Coverage | None = None
    learning: bool = False


class Dialog:
    """The use cases. Each writes once, with its cause; what presses return is a toast."""

    def __init__(self, *, store: Store, guide: Guide, trials: Trials, files: FileSource, team: Team) -> None:
        self._store = store
        self._guide = guide
        self._trials = trials
        self._files = files
        self._team = team

    def language(self, person: Person) -> str:
        return languages.of_staff(person.language, self._team.language, in_private=True)

    def asking(self, person: Person) -> str:
        """Return what a press is told while the model is asked."""
        return label("setup.asking", self.language(person))

    async def invites(self) -> bool:
        """Whether admins are invited to the set-up when they say hello."""
        return not (await self._guide.state()).complete

    async def listens(self, person: Person) -> bool:
        """Whether what an admin writes in private is meant for the set-up."""
        setup = await self._guide.state()
        return setup.listens(int(person.address.id), self._store.now())

    async def invite(self, cause: Cause, person: Person, place: PrivateChat) -> None:
        speak = self.language(person)
        view = await self._guide.look(self._admin(person))
        await self._store.write(lambda unit: _send(unit, cause, place, None, pages.invitation(view, speak)), cause)

    async def elsewhere(self, cause: Cause, place: GroupPlace) -> None:
        """Tell an admin in the group where the set-up is."""
        words = [Words(text=say("setup.in_private", self._team.language))]
        await self._store.write(lambda unit: _send(unit, cause, place, None, words), cause)

    async def open(self, cause: Cause, person: Person, place: PrivateChat) -> None:
        await self.press(cause, person, place, OnSetup("open"))

    async def press(
        self, cause: Cause, person: Person, place: PrivateChat, press: OnSetup, *, at: MessageRef | None = None
    ) -> str | None:
        """Carry out a button. `at`: its message, when that can still be changed."""
        admin, known = self._admin(person), await self._known(press)

        def shows(unit: Unit, _session: Session, reason: Reason, view: View) -> str | None:
            words = self._words(press, reason, view, admin.speak, known)
            _send(unit, cause, place, at, words)
            return reason.words(admin.speak) if reason is not None and _is_brief(reason) else None

        return await self._guide.press(admin, press, shows, cause)

    async def receive(self, cause: Cause, person: Person, place: PrivateChat, said: CustomerMessage) -> None:
        """Take what the step waits for: a name, a file, other words, a fact, a question to try."""
        admin, setup = self._admin(person), await self._guide.state()
        writes = setup.trying is not None and setup.trying.asks == "answer"
        if setup.step == "try" and said.kind == "text" and not writes:
            await self._try(cause, admin, place, said.text)
            return
        wants_file = _wants_file(setup)
        action = await self._action(setup, said, admin.speak)
        known = await self._known(OnSetup("open"))

        def shows(unit: Unit, _session: Session, reason: Reason, view: View) -> None:
            above = pages.why(reason, admin.speak)
            words = pages.page(view, admin.speak, score=known.score, learning=known.learning, above=above)
            found = pair_pages.read(view, admin.speak) if wants_file and reason is None else []
            _send(unit, cause, place, None, [*found, *words])

        await self._guide.work(admin, action, shows, cause)
        await self._guide.learned()

    async def _action(  # noqa: PLR0911  # one line a step
        self, setup: Setup, said: CustomerMessage, speak: str
    ) -> Callable[[Session], Reason]:
        if _wants_file(setup):
            source = await self._source(said, speak)
            return (lambda session: session.load(source)) if isinstance(source, Source) else (lambda _: source)
        if said.kind != "text":
            wanted = Refusal("not_text", spoken(said.kind, speak)) if _wants_words(setup) else Refusal("press")
            return lambda _: wanted
        match setup.step:
            case "name":
                return lambda session: session.name(said.text)
            case "pairs" if setup.asked is not None and setup.pair is not None:
                pair, what = setup.pair, setup.asked
                html = source_of(said.text, said.entities) if what == "answer" else said.text
                return lambda session: session.pairs.write(pair, what, html)
            case "facts" if setup.fact is not None:
                key = setup.fact
                return lambda session: session.fact(key, said.text)
            case "try":
                return lambda session: session.trial.answer(source_of(said.text, said.entities))
            case _:
                return lambda _: Refusal("press")

    async def _source(  # noqa: PLR0911  # one line a reason
        self, said: CustomerMessage, speak: str
    ) -> Source | Refusal:
        """Read what was sent: a file, or text. What cannot be read leaves the step as it is."""
        try:
            if said.kind == "document" and said.file is not None:
                data = await self._files.fetch(said.file.file_id, most=MOST_BYTES)
                return await asyncio.to_thread(read_source, said.file.name or "", data)
            if said.kind == "text":
                return await asyncio.to_thread(read_source, "", said.text.encode())
            return Refusal("not_file", spoken(said.kind, speak))
        except Unreadable as error:
            return Refusal("pasted") if said.kind == "text" else Refusal("file", error.words(speak))
        except FileTooBig:
            big = Unreadable("big", size=f"> {MOST_BYTES / 1e6:.0f}", most=f"{MOST_BYTES / 1e6:.0f}")
            return Refusal("file", big.words(speak))
        except FileGone:
            return Refusal("file_gone")
        except FileAway:
            return Refusal("file_away")

    async def _try(self, cause: Cause, admin: Admin, place: PrivateChat, text: str) -> None:
        learning = await self._guide.learning()
        language = self._guide.language(text)
        found: Trial = await self._trials.of(text, language, admin.speak, None)

        def action(session: Session) -> Reason:
            session.trial.tried(
                text, Trying(text=text, language=language, places=tuple(one.name for one in found.places))
            )
            return None

        def shows(unit: Unit, _session: Session, reason: Reason, view: View) -> None:
            tried = trial_page.tried(view, text, found, admin.speak, learning=learning)
            _send(unit, cause, place, None, tried if reason is None else pages.held(view, admin.speak))

        await self._guide.work(admin, action, shows, cause)

    def _words(self, press: OnSetup, reason: Reason, view: View, speak: str, known: _Known) -> list[Words]:
        setup = view.setup
        if setup.complete:
            return pages.complete(speak)
        if not view.mine and setup.begun:
            return pages.held(view, speak)
        if setup.paused:
            return pages.later(view, speak)
        above = NOTHING if _is_brief(reason) else pages.why(reason, speak)
        if press.action == "undo" and reason is None:
            above = say("setup.undone", speak)
        if press.action in {"sure", "apply"} and reason is None and setup.step == "facts":
            above = pages.done(setup, speak) + Markup("\n\n")
        return pages.page(view, speak, score=known.score, learning=known.learning, above=above)

    async def _known(self, press: OnSetup) -> _Known:
        setup = await self._guide.state()
        learning = await self._guide.learning()
        soon = setup.step == "score" or (setup.step == "try" and press.action == "next")
        return _Known(score=await self._guide.score(setup) if soon else None, learning=learning)

    def _admin(self, person: Person) -> Admin:
        name = plain_words(f"{person.first_name} {person.last_name}", cap=64) or person.address.id
        holder = Holder(id=int(person.address.id), name=name)
        return Admin(holder=holder, actor=audit.member(person, "private"), speak=self.language(person))


def _wants_words(setup: Setup) -> bool:
    """Whether the step waits for a text, and not for a press."""
    match setup.step:
        case "pairs":
            return setup.asked is not None and setup.pair is not None
        case "facts":
            return setup.fact is not None
        case step:
            return step in ("name", "try")


def _wants_file(setup: Setup) -> bool:
    return setup.step == "pairs" and setup.asked is None


def _is_brief(reason: Reason) -> bool:
    return isinstance(reason, Refusal) and reason.code in ANSWERED


def _send(unit: Unit, cause: Cause, place: PrivateChat | GroupPlace, at: MessageRef | None, words: list[Words]) -> None:
    """Let the pressed message say this; what was typed is answered below."""
    outgoing = Outgoing(unit, cause.key)
    for number, one in enumerate(words):
        if at is not None and number == 0:
            outgoing.put(ShowPage(to=place, at=at, words=one), rank=PRESSED)
        else:
            outgoing.put(Say(to=place, words=one))
