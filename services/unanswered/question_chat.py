"""`/unanswered`: admins go through what is asked and not answered, one group a page."""

from __future__ import annotations

from services.desk import audit
from services.messages.effects import Button, MessageRef, PrivateChat, Say, ShowPage, Words
from services.messages.incoming import Cause, Person
from services.messages.question_presses import OnQuestions, encode
from services.queues.outbox import PRESSED, Outgoing
from services.scenarios.knowledge import Knowledge
from services.templates.variables import plain_words
from services.texts import languages
from services.texts.keys import ToastKey
from services.texts.team import Team
from services.unanswered import picking, question_words
from services.unanswered.deciding import Belong, Decision, Join, Make, decide_in
from services.unanswered.question_desk import QuestionDesk, Sheet, matters, weeks
from services.unanswered.replies import Reply
from storage.matters import Matter
from storage.store import Store
from storage.units import Unit


class QuestionChat:
    """The use cases. What presses return is a toast."""

    def __init__(self, *, store: Store, desk: QuestionDesk, knowledge: Knowledge, team: Team) -> None:
        self._store = store
        self._desk = desk
        self._knowledge = knowledge
        self._team = team

    def language(self, admin: Person) -> str:
        return languages.of_staff(admin.language, self._team.language, in_private=True)

    async def open(self, cause: Cause, admin: Person, place: PrivateChat) -> None:
        """Show the group that was asked most."""

        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(Say(to=place, words=self._page(unit, 0, self.language(admin))))

        await self._store.write(act, cause)

    async def press(
        self, cause: Cause, admin: Person, place: PrivateChat, press: OnQuestions, *, at: MessageRef | None
    ) -> ToastKey | None:
        """Carry out a button, as far as what it is about is still there."""

        def act(unit: Unit) -> ToastKey | None:
            words, toast = self._pressed(unit, admin, press)
            effect = Say(to=place, words=words) if at is None else ShowPage(to=place, at=at, words=words)
            Outgoing(unit, cause.key).put(effect, rank=PRESSED)
            return toast

        return await self._store.write(act, cause)

    def _pressed(self, unit: Unit, admin: Person, press: OnQuestions) -> tuple[Words, ToastKey | None]:
        speak = self.language(admin)
        if press.action == "page":
            return self._page(unit, press.number, speak), None
        sheet = self._desk.sheet_in(unit, press.number)
        if sheet is None:
            return self._page(unit, 0, speak), "outdated"
        decision = self._decision(sheet, press)
        if decision is not None:
            return self._decided(unit, sheet, decision, admin)
        return self._menu(unit, sheet, press, speak)

    def _menu(self, unit: Unit, sheet: Sheet, press: OnQuestions, speak: str) -> tuple[Words, ToastKey | None]:
        group = sheet.row.group
        reply = _reply(sheet, press.choice)
        if group.state != "open":
            return self._page(unit, 0, speak), "outdated"
        match press.action:
            case "make":
                return question_words.ways(sheet, speak), None
            case "text" | "save" if reply is not None:
                # What is to be saved is no longer what was shown: it is shown once more.
                save = encode(OnQuestions("save", group.id, f"{reply.id}.{reply.mark}"))
                back = encode(OnQuestions("make", group.id))
                words = question_words.preview(sheet.title, reply, speak, save=save, back=back)
                return words, "answer_changed" if press.action == "save" else None
            case ("join" | "belong") as action:
                buttons = picking.answers(
                    sheet.likely,
                    self._matters(),
                    picking.page_of(press.choice),
                    speak,
                    lambda choice: encode(OnQuestions(action, group.id, choice)),
                )
                back_to = question_words.button("back", speak, "make" if action == "join" else "show", group.id)
                return self._choosing(sheet, buttons, back_to, speak, joins=action == "join"), None
            case _:
                at, count = self._place_of(unit, group.id)
                return question_words.page(sheet, at, count, speak), None

    @staticmethod
    def _choosing(
        sheet: Sheet, buttons: tuple[tuple[Button, ...], ...], back: Button, speak: str, *, joins: bool
    ) -> Words:
        return question_words.choosing(sheet.row.title, buttons, back, speak, joins=joins)

    def _decision(self, sheet: Sheet, press: OnQuestions) -> Decision | None:
        """Return what a press decides; None where it only asks for a menu, or its choice is gone."""
        match press:
            case OnQuestions(("foreign" | "hide" | "undo") as action):
                return action
            case OnQuestions("save", choice=str(choice)):
                reply = _reply(sheet, choice)
                if reply is None or choice != f"{reply.id}.{reply.mark}":
                    return None
                return Make(title=sheet.title, language=sheet.row.language, source=reply.source)
            case OnQuestions(("join" | "belong") as action, choice=str(choice)):
                found = picking.chosen(choice, self._matters())
                if found is None:
                    return None
                kind = Join if action == "join" else Belong
                return kind(scenario=found.scenario.key, answer=found.answer_key)
            case _:
                return None

    def _decided(self, unit: Unit, sheet: Sheet, decision: Decision, admin: Person) -> tuple[Words, ToastKey | None]:
        speak, group = self.language(admin), sheet.row.group
        name = plain_words(f"{admin.first_name} {admin.last_name}", cap=64) or admin.address.id
        done = decide_in(
            unit,
            group.id,
            decision,
            who=audit.member(admin, "private"),
            author=f"{name} (tg:{admin.address.id})",
        )
        if done.problem == "changed":
            topic = self._knowledge.title(done.scenario, speak, done.answer) or done.scenario
            return question_words.done(sheet.row, "changed", topic, speak), "answer_changed"
        if done.problem is not None:
            return self._page(unit, 0, speak), "outdated"
        if done.state is None or done.state == "open":
            at, count = self._place_of(unit, group.id)
            return question_words.page(sheet, at, count, speak), None
        if isinstance(decision, Make):
            return question_words.done(sheet.row, "made", sheet.title, speak), None
        topic = self._knowledge.title(done.scenario, speak, done.answer)
        return question_words.done(sheet.row, done.state, topic, speak), None

    def _page(self, unit: Unit, at: int, speak: str) -> Words:
        """Return the group at a place in the list; the last one where there are not so many any more."""
        count = unit.question_pages.count()
        week, before = weeks(unit.now)
        at = max(0, min(at, count - 1))
        rows = unit.question_pages.rows(week=week, before=before, most=1, past=at)
        sheet = self._desk.sheet_in(unit, rows[0].group.id) if rows else None
        return question_words.empty(speak) if sheet is None else question_words.page(sheet, at, count, speak)

    @staticmethod
    def _place_of(unit: Unit, group_id: int) -> tuple[int, int]:
        week, before = weeks(unit.now)
        count = unit.question_pages.count()
        numbers = [one.group.id for one in unit.question_pages.rows(week=week, before=before, most=count)]
        return (numbers.index(group_id) if group_id in numbers else 0), count

    def _matters(self) -> list[Matter]:
        return list(matters(self._knowledge.scenarios))


def _reply(sheet: Sheet, choice: str | None) -> Reply | None:
    """Return the reply that a choice names by its line."""
    line = (choice or "").partition(".")[0]
    return next((one for one in sheet.replies if str(one.id) == line), None)
