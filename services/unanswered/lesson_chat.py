"""The buttons under a reply in the operators' group: pick the answer, or make one, and see what is stored before."""

from __future__ import annotations

from services.desk import audit, lesson_words
from services.desk.audit import Actor
from services.desk.ready_answers import mark_of
from services.messages.effects import GroupPlace, MessageRef, ShowPage, Words
from services.messages.incoming import Cause, Operator
from services.messages.lengths import cut
from services.messages.lesson_effects import ShowLesson
from services.messages.lesson_presses import OnLesson, encode
from services.messages.question_presses import PAGE
from services.queues.outbox import DESK, PRESSED, Outgoing
from services.texts import say
from services.texts.keys import ToastKey
from services.texts.team import Team
from services.unanswered import picking, question_words
from services.unanswered.deciding import Decided, Join, Make
from services.unanswered.lesson_desk import LessonDesk, LessonSheet, Teaching
from storage.store import Store
from storage.units import Unit


class LessonChat:
    """The use cases. What presses return is a toast."""

    def __init__(self, *, store: Store, desk: LessonDesk, team: Team) -> None:
        self._store = store
        self._desk = desk
        self._team = team

    async def press(
        self, cause: Cause, operator: Operator, place: GroupPlace, press: OnLesson, *, at: MessageRef | None
    ) -> ToastKey | None:
        """Carry out a button, as far as what it is about is still there."""

        def act(unit: Unit) -> ToastKey | None:
            outgoing = Outgoing(unit, cause.key)
            if press.action == "no":
                if not self._desk.decline(unit, press.ticket_id):
                    return "outdated"
                outgoing.put(ShowLesson(ticket_id=press.ticket_id), rank=DESK)
                return None
            sheet = self._desk.sheet(unit, press.ticket_id)
            if sheet is None:
                return "outdated"
            who = audit.presser(operator, cause.key)
            words, toast = self._pressed(unit, sheet, press, who)
            if words is not None and at is not None:
                outgoing.put(ShowPage(to=place, at=at, words=words), rank=PRESSED)
            return toast

        return await self._store.write(act, cause)

    def _pressed(
        self, unit: Unit, sheet: LessonSheet, press: OnLesson, who: Actor
    ) -> tuple[Words | None, ToastKey | None]:
        author = f"{who.name} (tg:{who.id})"
        if press.action == "undo":
            done = self._desk.take_back(unit, sheet, who=who, author=author)
            if done.problem == "changed":
                return None, "answer_changed"
            return (None, "outdated") if done.problem else (lesson_words.offer(sheet.ticket.id, self._speak), None)
        if sheet.lesson.state != "offered":
            return None, "outdated"
        teaching = self._teaching(sheet, press)
        if teaching is None:
            return self._menu(sheet, press)
        done = self._desk.teach(unit, sheet, teaching, who=who, author=author)
        if done.problem is not None:
            return None, "outdated"
        return self._done(sheet, teaching, done), None

    def _menu(self, sheet: LessonSheet, press: OnLesson) -> tuple[Words, ToastKey | None]:
        ticket = sheet.ticket.id
        if press.action in ("make", "save"):
            # What is to be saved is no longer what was shown: it is shown once more.
            save = encode(OnLesson("save", ticket, sheet.reply.mark))
            back = encode(OnLesson("yes", ticket))
            words = question_words.preview(sheet.title, sheet.reply, self._speak, save=save, back=back)
            return words, "answer_changed" if press.action == "save" else None
        buttons = picking.answers(
            sheet.likely,
            self._desk.matters(),
            picking.page_of(press.choice),
            self._speak,
            lambda choice: encode(OnLesson("yes" if choice[0] == PAGE else "join", ticket, choice)),
        )
        own = lesson_words.button("make", self._speak, "make", ticket)
        no = lesson_words.button("no", self._speak, "no", ticket)
        text = say("lesson.choose", self._speak, question=cut(sheet.question, question_words.QUESTION_MOST))
        return Words(text=text, buttons=((own,), *buttons, (no,))), None

    def _teaching(self, sheet: LessonSheet, press: OnLesson) -> Teaching | None:
        """Return what a press teaches; None where it only asks for a menu, or its choice is gone."""
        if press.action == "save" and press.choice == mark_of(sheet.reply.source):
            return Make(title=sheet.title, language=sheet.language, source=sheet.reply.source)
        if press.action == "join" and press.choice is not None:
            found = picking.chosen(press.choice, self._desk.matters())
            return Join(scenario=found.scenario.key, answer=found.answer_key) if found is not None else None
        return None

    def _done(self, sheet: LessonSheet, teaching: Teaching, done: Decided) -> Words:
        made = isinstance(teaching, Make)
        topic = sheet.title if made else self._desk.title(done.scenario, done.answer, self._speak)
        text = say("lesson.made" if made else "lesson.joined", self._speak, topic=topic)
        return Words(text=text, buttons=((lesson_words.button("undo", self._speak, "undo", sheet.ticket.id),),))

    @property
    def _speak(self) -> str:
        return self._team.language
