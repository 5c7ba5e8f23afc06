"""Counts as people read them: shares, medians, what was never measured left out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

from services.autopilot.policies import Moved
from services.autopilot.young import Growth
from services.reports.span import Span
from storage.closed_sets import Author, BotKind, Feedback, Reason
from storage.evidence import Rung
from storage.span_counts import SpanCounts
from storage.statistics import AUDIT, LABEL, Counts
from storage.ticket_lists import TicketCounts

AFTER_AN_ANSWER: Final[frozenset[Reason]] = frozenset(("answered_too", "unhelped"))
"""Reasons of tickets that follow an answer: the bot had decided to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One period, as people read it. None: there is nothing to measure it on."""

    messages: int
    answered: int
    auto_share: int | None
    """Percent of what the bot decided: to answer, to ask back, to call people."""
    clarified: int
    reasons: Mapping[str, int]
    """Tickets by why people were asked, the most frequent first."""
    helped: int
    person: int
    engines: Mapping[str, int]
    """Percent of the verdicts, by who gave them."""
    audits: int
    agreement: int | None
    cost_usd: float
    replies: int
    first_reply: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReport:
    """What one of several operator groups did."""

    name: str
    standing: TicketCounts
    counts: SpanCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Growing:
    """Answers that their newness keeps back, by name, and from which confidence the others are given."""

    answers: Mapping[str, Growth]
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A span beside the one before."""

    span: Span
    standing: TicketCounts
    """Of the open tickets now."""
    now: Figures
    before: Figures
    counts: SpanCounts
    counts_before: SpanCounts
    groups: tuple[GroupReport, ...] = ()
    """Each operator group for itself, where there are several and all are told of."""
    rungs: Sequence[Rung] = ()
    """Answers that people gave although the bot has them: what is asked for most first."""
    untrusted: Sequence[Rung] = ()
    """Of these, what is in the pack still and not the bot's to give by now."""
    of_group: str | None = None
    """The name of the only group whose tickets are told of; None: of all, and of what the bot did."""
    moved: Moved | None = None
    """From which confidence the built-in engine answers, where that has moved."""
    growing: Growing | None = None
    """Answers that their newness keeps back; None: there are none."""


def figures(counts: Counts) -> Figures:
    """Make figures of counts."""

    def count(author: Author, *kinds: BotKind, feedback: Feedback | None = None) -> int:
        return sum(
            one.count
            for one in counts.messages
            if one.author == author and (not kinds or one.kind in kinds) and feedback in (None, one.feedback)
        )

    answered, clarified = count("bot", "answer"), count("bot", "clarify")
    called = sum(number for reason, number in counts.reasons.items() if reason not in AFTER_AN_ANSWER)
    judged = {one.engine: one.count for one in counts.engines if one.engine not in (AUDIT, LABEL)}
    return Figures(
        messages=count("customer"),
        answered=answered,
        auto_share=percent(answered, answered + clarified + called),
        clarified=clarified,
        reasons=dict(sorted(counts.reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        helped=count("bot", "answer", feedback="helped"),
        person=count("bot", "answer", feedback="person"),
        engines={engine: percent(number, sum(judged.values())) or 0 for engine, number in judged.items()},
        audits=counts.audits,
        agreement=percent(counts.agreed, counts.audits),
        cost_usd=sum(one.cost_usd for one in counts.engines) + counts.spent,
        replies=len(counts.first_replies),
        first_reply=middle(counts.first_replies),
    )


def middle(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None


def percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def slowest(spans: Sequence[timedelta], share: int = 90) -> timedelta | None:
    """Return within what time so many percent are done."""
    ordered = sorted(spans)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else None
