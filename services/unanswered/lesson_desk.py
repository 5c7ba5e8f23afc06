"""An operator's reply becomes an answer of the bot: offered under the reply, shown before it is stored, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.classify.masking.masking import mask
from services.classify.masking.names import hide_names
from services.classify.matters import SMALL_TALK
from services.desk.audit import Actor
from services.scenarios.facts import Facts
from services.scenarios.knowledge import Knowledge
from services.templates import check
from services.unanswered import pack_changes
from services.unanswered.deciding import Decided, Join, Make, decide_in, outdated
from services.unanswered.pack_changes import Change, phrases_of, title_from
from services.unanswered.question_desk import matters
from services.unanswered.replies import Reply, reads, stored
from storage.lessons import Lesson
from storage.matters import Matter
from storage.records import Ticket
from storage.units import Unit

Teaching = Make | Join


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonSheet:
    """One reply that can be learned from."""

    lesson: Lesson
    ticket: Ticket
    question: str
    """Masked."""
    language: str
    reply: Reply
    likely: list[Matter]

    @property
    def title(self) -> str:
        return title_from(self.question)


class LessonDesk:
    """Reads and teaches, inside a unit."""

    def __init__(self, *, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @property
    def facts(self) -> Facts:
        return self._knowledge.facts

    def matters(self) -> list[Matter]:
        """Return what a reply can be an answer to: nobody teaches greetings, or what is people's anyway."""
        known = matters(self._knowledge.scenarios)
        return [one for one in known if one.scenario.key not in SMALL_TALK and one.action != "escalate"]

    def title(self, scenario: str | None, answer: str | None, speak: str) -> str:
        return self._knowledge.title(scenario, speak, answer) or scenario or ""

    def sheet(self, unit: Unit, ticket_id: int) -> LessonSheet | None:
        """Return what can be taught; None where nothing was offered, or it is gone."""
        lesson = unit.lessons.get(ticket_id)
        ticket = unit.tickets.get(ticket_id)
        line = unit.messages.get(lesson.message_id) if lesson and lesson.message_id else None
        customer = unit.customers.get(ticket.customer_id) if ticket else None
        if lesson is None or ticket is None or line is None or customer is None:
            return None
        operator = line.author_name or ""
        made = stored(line.text, ticket, customer, operator=operator, facts=self.facts, language=customer.language)
        scenario = self._knowledge.scenario(ticket.scenario or "")
        likely = [Matter(scenario, scenario.answer(ticket.answer))] if scenario else []
        names = {one.name for one in self.matters()}
        return LessonSheet(
            lesson=lesson,
            ticket=ticket,
            question=hide_names(mask(ticket.question), names=(customer.first_name, customer.last_name)),
            language=customer.language,
            reply=Reply(
                id=line.id,
                ticket_id=ticket.id,
                author=operator,
                text=line.text,
                created_at=line.created_at,
                source=made.source,
                reads=reads(made.source, self.facts, customer.language),
                gaps=made.gaps,
            ),
            likely=[one for one in likely if one.name in names],
        )

    def teach(self, unit: Unit, sheet: LessonSheet, decision: Teaching, *, who: Actor, author: str) -> Decided:
        """Let the bot know; with it goes the whole group of such questions, where nobody has decided on it yet."""
        if sheet.lesson.state != "offered":
            return outdated()
        if isinstance(decision, Make):
            problems = check(decision.source, facts=self.facts.definitions)
            if problems or not decision.source.strip() or not decision.title.strip():
                return Decided(problem="text", problems=tuple(problems))
        unit.tickets.locked(sheet.ticket.id)  # of two who teach at once the first does
        lesson = unit.lessons.get(sheet.ticket.id)
        if lesson is None or lesson.state != "offered":
            return outdated()
        change = _changed(unit, sheet, decision, who=who, author=author)
        if change is None:
            return outdated()
        label = unit.labels.add(
            "taught",
            scenario=change.scenario,
            answer=change.answer,
            language=sheet.language,
            text=sheet.question,
            ticket_id=sheet.ticket.id,
            operator_id=who.id,
            operator_name=who.name,
        )
        undo = pack_changes.written(replace(change, labels=(label,)))
        unit.lessons.settle(sheet.ticket.id, "taught", undo=undo)
        return Decided(state="answered", scenario=change.scenario, answer=change.answer)

    def take_back(self, unit: Unit, sheet: LessonSheet, *, who: Actor, author: str) -> Decided:
        """Forget what was taught, and offer it again."""
        if sheet.lesson.state != "taught":
            return outdated()
        change = pack_changes.read(sheet.lesson.undo)
        if (change.phrases or change.made) and not pack_changes.take_back(unit, change, author=author):
            return Decided(problem="changed", scenario=change.scenario, answer=change.answer)
        for label_id in change.labels:
            unit.labels.take_back(label_id, by=who.name)
        group = unit.question_groups.of_ticket(sheet.ticket.id)
        if group is not None and group.state == "answered" and group.scenario == change.scenario:
            unit.question_groups.decide(group.id, "open", by=None)
        unit.lessons.settle(sheet.ticket.id, "offered")
        return Decided(state="open")

    def decline(self, unit: Unit, ticket_id: int) -> bool:
        """Note that a reply is not for all. False: that was decided already."""
        lesson = unit.lessons.get(ticket_id)
        if lesson is None or lesson.state != "offered":
            return False
        settle_in_vain(unit, lesson, "declined")
        return True


def settle_in_vain(unit: Unit, lesson: Lesson, state: str) -> None:
    """Note that nobody has taken an offer; after the second for questions of one meaning none is made."""
    unit.lessons.settle(lesson.ticket_id, "declined" if state == "declined" else "ignored")
    group = unit.question_groups.of_ticket(lesson.ticket_id)
    if group is not None:
        unit.question_groups.offered_in_vain(group.id)


def _changed(unit: Unit, sheet: LessonSheet, decision: Teaching, *, who: Actor, author: str) -> Change | None:
    group = unit.question_groups.of_ticket(sheet.ticket.id)
    if group is not None and group.state == "open":
        done = decide_in(unit, group.id, decision, who=who, author=author)
        now = unit.question_groups.get(group.id)
        return pack_changes.read(now.undo) if now is not None and done.problem is None else None
    lines = phrases_of([(sheet.language, sheet.question)])
    if isinstance(decision, Join):
        return pack_changes.add_phrases(unit, decision.scenario, decision.answer, lines, author=author)
    return pack_changes.make_answer(
        unit, decision.title, decision.language, decision.source.strip(), lines, author=author
    )
