"""How answers have fared: what people did with those that were proposed, what came of those that the bot gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, insert, or_, select, update

from storage.closed_sets import Decision, LabelSource
from storage.matters import place_of
from storage.tables import answer_trust, labels, messages, ratings, suggestions, tickets, verdicts

LOW_SCORE: Final = 2
"""A rating of so many stars, or fewer, speaks against the answer that the bot has given in that conversation."""
_OF_OPERATORS: Final[tuple[LabelSource, ...]] = ("correct", "sent", "edited", "taught", "grouped")
"""Labels by which an operator says what words are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What came of the answers that the bot gave by itself."""

    count: int
    corrected: int = 0
    """Operators have said that it was another matter."""
    unhelped: int = 0
    """Customers have called a person instead, or rated the conversation low."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a verdict on which people had a word, or that the bot has answered by."""

    confidence: float
    """That the text is right."""
    right: float
    """0 or 1; a customer who called a person instead leaves a half."""
    place: str
    """The answer, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Since when an answer has its mode, and with how many decisions the bot has asked for more."""

    since: datetime | None = None
    asked_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """An answer that there is, and how often people were asked for it all the same."""

    scenario: str
    answer: str | None
    count: int


class Evidence:
    """Of one answer at a time; a scenario with one text has no answer's key."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def decisions(self, scenario: str, answer: str | None, since: datetime | None, *, most: int) -> Counter[Decision]:
        """Return how the last questions were decided; several decisions on one question are one, the last."""
        t = suggestions
        wanted = [t.c.scenario == scenario, t.c.answer == answer, t.c.decision.is_not(None)]
        wanted += [t.c.decided_at >= since] if since else []
        rows = self._connection.execute(
            select(t.c.message_id, t.c.decision).where(*wanted).order_by(t.c.decided_at.desc(), t.c.id.desc())
        )
        last: dict[int, Decision] = {}
        for row in rows:
            last.setdefault(row.message_id, row.decision)
            if len(last) == most:
                break
        return Counter(last.values())

    def given(self, scenario: str, answer: str | None, since: datetime | None, *, most: int) -> Given:
        """Return what came of the last answers; an operator's word goes before a customer's."""
        m = messages
        wanted = [m.c.kind == "answer", m.c.scenario == scenario, m.c.answer == answer]
        wanted += [m.c.created_at >= since] if since else []
        low = _rated_low(m)
        rows = self._connection.execute(
            select(
                _corrected(scenario, answer).label("corrected"), or_(m.c.feedback == "person", low).label("unhelped")
            )
            .where(*wanted)
            .order_by(m.c.id.desc())
            .limit(most)
        ).all()
        return Given(
            count=len(rows),
            corrected=sum(bool(row.corrected) for row in rows),
            unhelped=sum(bool(row.unhelped) and not row.corrected for row in rows),
        )

    def outcomes(
        self, engine: str, *, least: float, below: float, without: Collection[str], most: int, among: int
    ) -> list[Outcome]:
        """Return what came of the last verdicts of an engine that were so sure, out of the last `among` of all.

        The last one comes first, and of several on the same message it alone counts. Right is what an operator has
        said too, or what was sent and nobody has spoken against.
        """
        last = select(verdicts).order_by(verdicts.c.id.desc()).limit(among).subquery()
        sure = func.coalesce(last.c.answer_confidence, last.c.confidence)
        told, given = labels.alias(), messages.alias()
        same = _same(told, last.c.scenario, last.c.answer)
        word = and_(told.c.message_id == last.c.message_id, told.c.retired_at.is_(None))
        agreed = exists().where(word, told.c.source.in_(_OF_OPERATORS), same)
        against = exists().where(word, _against(told, same))
        sent = and_(
            given.c.question_id == last.c.message_id,
            given.c.kind == "answer",
            given.c.scenario == last.c.scenario,
            given.c.answer.is_not_distinct_from(last.c.answer),
        )
        called = exists().where(sent, or_(given.c.feedback == "person", _rated_low(given)))
        rows = self._connection.execute(
            select(
                last.c.message_id,
                last.c.scenario,
                last.c.answer,
                sure.label("confidence"),
                against.label("against"),
                called.label("called"),
                agreed.label("agreed"),
            )
            .where(last.c.engine == engine, last.c.scenario.not_in(without), sure >= least, sure < below)
            .where(or_(agreed, against, exists().where(sent)))
            .order_by(last.c.id.desc())
            .limit(most)
        )
        found: dict[int, Outcome] = {}
        for row in rows:
            right = _right(row.against, row.called, row.agreed)
            place = place_of(row.scenario, row.answer)
            found.setdefault(row.message_id, Outcome(confidence=row.confidence, right=right, place=place))
        return list(found.values())

    def rungs(self, since: datetime, until: datetime) -> list[Rung]:
        """Return what was proposed to people, or is switched off, by how often it was asked for; the most first."""
        s, t = suggestions, tickets
        asked: Counter[tuple[str, str | None]] = Counter()
        proposed = select(s.c.scenario, s.c.answer, func.count(s.c.message_id.distinct()))
        off = select(t.c.scenario, t.c.answer, func.count()).where(t.c.reason == "switched_off")
        for wanted, table, at in ((proposed, s, s.c.created_at), (off, t, t.c.opened_at)):
            within = wanted.where(at >= since, at < until, table.c.scenario.is_not(None))
            for scenario, answer, count in self._connection.execute(within.group_by(table.c.scenario, table.c.answer)):
                asked[scenario, answer] += count
        return [Rung(scenario=key[0], answer=key[1], count=count) for key, count in asked.most_common()]

    def trust(self, scenario: str, answer: str | None) -> Trust:
        row = self._connection.execute(
            select(answer_trust).where(answer_trust.c.place == place_of(scenario, answer))
        ).one_or_none()
        return Trust(since=row.since, asked_of=row.asked_of) if row else Trust()

    def begin(self, place: str) -> None:
        """Note that an answer has another mode from now on: what it has earned before counts no longer."""
        self._keep(place, since=self._now, asked_of=None)

    def asked(self, place: str, of: int) -> None:
        """Note with how many decisions the bot has asked for more trust."""
        self._keep(place, asked_of=of)

    def _keep(self, place: str, **values: object) -> None:
        mine = answer_trust.c.place == place
        if not self._connection.execute(update(answer_trust).where(mine).values(**values)).rowcount:
            self._connection.execute(insert(answer_trust).values(place=place, **values))


def _corrected(scenario: str, answer: str | None) -> ColumnElement[bool]:
    """Return whether an operator's word stands against an answer of the bot, by its question or by its ticket."""
    theirs = or_(labels.c.message_id == messages.c.question_id, labels.c.ticket_id == messages.c.ticket_id)
    same = and_(labels.c.scenario.is_not_distinct_from(scenario), labels.c.answer.is_not_distinct_from(answer))
    against = or_(and_(labels.c.source == "correct", ~same), and_(labels.c.source == "wrong", same))
    return exists().where(theirs, labels.c.retired_at.is_(None), against)


def _same(told: FromClause, scenario: ColumnElement[str], answer: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(told.c.scenario == scenario, told.c.answer.is_not_distinct_from(answer))


def _against(told: FromClause, same: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether an operator has said that it is something else, or none of the business's, or not this."""
    other = or_(told.c.scenario.is_(None), ~same)
    return or_(and_(told.c.source.in_(_OF_OPERATORS), other), and_(told.c.source == "wrong", same))


def _rated_low(said: FromClause) -> ColumnElement[bool]:
    return exists().where(ratings.c.ticket_id == said.c.ticket_id, ratings.c.score <= LOW_SCORE)


def _right(against: bool, called: bool, agreed: bool) -> float:  # noqa: FBT001 - a table of three answers
    """An operator's word goes before a customer's."""
    if against:
        return 0.0
    return 0.5 if called and not agreed else 1.0
