"""What to do with a message: all judgement in one pure function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.classify.urgency import highest
from services.classify.verdict import Guess, Verdict
from storage.closed_sets import Priority, Reason
from storage.messages import ASKED_BACK, place_of
from storage.records import Answer, Scenario, Ticket

TRIES: Final = 2
"""So many answers to one question; who asks it once more is not helped by another. Nor by a third question back."""
LOOKED_AT: Final = 2 * TRIES
"""A question back and the answer to the choice are two lines of the bot."""
OFFERED: Final = 5
"""Answers to choose from: more are a menu that nobody reads."""
FAINT: Final = 0.05
"""Chance below which a guess is no choice to offer."""
PRESSING: Final[frozenset[Priority]] = frozenset(("high", "critical"))
SMALL_TALK: Final = frozenset(("GREETING", "THANKS"))
"""Scenarios of the starter pack that ask for nothing: who says such a thing again does not lack an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How sure is sure enough. 0 to 1, clarify_at ≤ answer_at."""

    answer_at: float
    clarify_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is true of a conversation as a message arrives."""

    ticket: Ticket | None
    """The open one, if people look after this customer."""
    wants_person: bool = False
    """The customer asked for one by command or button."""
    asks: bool = False
    """The words ask for one. What an engine thinks of them does not count against that."""
    wordless: bool = False
    """A picture, a voice line, a sticker: nothing a classifier could read."""
    crowded: bool = False
    """The customer writes faster than the limit."""
    urgency: Priority = "low"
    """What the words alone ask for."""
    tried: tuple[str, ...] = ()
    """The last automatic answers that were not called helpful, the newest first, as `place_of` names them; `ASKED_BACK`
    stands for a question back."""


@dataclass(frozen=True, slots=True)
class Relay:
    """People look after this customer: pass it on."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class GiveAnswer:
    """Answer from a template; `handover`: people also look at it."""

    scenario: Scenario
    answer: Answer | None = None
    """None: the scenario has one text."""
    handover: bool = False


@dataclass(frozen=True, slots=True)
class Clarify:
    """Ask "did you mean": up to three scenarios, the likeliest first."""

    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """Ask which answer of a scenario was meant, the likeliest first."""

    scenario: Scenario
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Escalate:
    """Ask people."""

    reason: Reason
    scenario: Scenario | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Store it and say nothing: the customer is over the limit."""


Plan = Relay | GiveAnswer | Clarify | Choose | Escalate | Keep


def is_open(now: Situation) -> bool:
    """Whether what to do depends on what is said."""
    return not (now.ticket or now.wants_person or now.crowded)


def needs_verdict(now: Situation) -> bool:
    """Whether the classifier has a say at all: it is not paid for what is decided already."""
    return is_open(now) and not now.wordless


def decide(  # noqa: PLR0911  # one line a case: the table is the point
    now: Situation, verdict: Verdict | None, scenario: Scenario | None, policy: Policy
) -> Plan:
    """Choose a plan. `scenario` is the one the verdict names, if it still exists."""
    if now.ticket is not None:
        return Relay(now.ticket)
    if now.wants_person:
        return Escalate("asked")
    if now.asks:
        return _called(verdict, scenario, policy)
    if now.crowded:
        return Escalate("urgent") if now.urgency in PRESSING else Keep()
    if now.wordless:
        return Escalate("wordless")
    if verdict is None or verdict.confidence < policy.clarify_at:
        return Escalate("unsure")
    if scenario is None or verdict.confidence < policy.answer_at:
        return _doubt(now, verdict, scenario)
    return _certainty(now, verdict, scenario, policy)


def _called(verdict: Verdict | None, scenario: Scenario | None, policy: Policy) -> Plan:
    """Call people; the scenario is shown to them where it says the same."""
    if verdict is None or scenario is None or scenario.action != "escalate":
        return Escalate("asked")
    return Escalate("people_only", scenario) if verdict.confidence >= policy.clarify_at else Escalate("asked")


def _doubt(now: Situation, verdict: Verdict, scenario: Scenario | None) -> Plan:
    """Ask back where that costs nothing. Without a scenario the best guess is "none of these": never an answer."""
    if scenario is not None and scenario.action == "escalate":
        return Escalate("people_only", scenario)
    if _presses(now, verdict):
        return Escalate("urgent", scenario)
    choices = _choices(verdict)
    if not choices or now.tried.count(ASKED_BACK) >= TRIES:
        return Escalate("unsure", scenario)
    return Clarify(choices)


def _choices(verdict: Verdict) -> tuple[Guess, ...]:
    """Return what is worth a button: the likeliest, and what is not far-fetched beside it."""
    first, *others = [one for one in verdict.nearest[:3] if one.scenario not in SMALL_TALK] or (None,)
    if first is None:
        return ()
    return (first, *(one for one in others if one.confidence >= FAINT))


def _certainty(now: Situation, verdict: Verdict, scenario: Scenario, policy: Policy) -> Plan:
    answer = sure_answer(scenario, verdict, policy)
    if scenario.answers and answer is None:
        return _which(now, verdict, scenario)
    action = (answer.action if answer else None) or scenario.action
    if action == "escalate":
        return Escalate("people_only", scenario, answer)
    answered = [key for key in now.tried if key != ASKED_BACK]
    place = place_of(scenario.key, answer.key if answer else None)
    if answered[:TRIES] == [place] * TRIES and scenario.key not in SMALL_TALK:
        return Escalate("unhelped", scenario, answer)
    return GiveAnswer(scenario, answer, handover=action == "answer_and_escalate" or _presses(now, verdict))


def sure_answer(scenario: Scenario, verdict: Verdict, policy: Policy) -> Answer | None:
    """Return the answer of a scenario that a verdict is sure of."""
    return scenario.answer(verdict.answer) if verdict.answer_confidence >= policy.answer_at else None


def _which(now: Situation, verdict: Verdict, scenario: Scenario) -> Plan:
    """Ask which answer was meant: the text of another one is never sent instead."""
    if scenario.action == "escalate":
        return Escalate("people_only", scenario)
    if _presses(now, verdict):
        return Escalate("urgent", scenario)
    if now.tried.count(ASKED_BACK) >= TRIES:
        return Escalate("unsure", scenario)
    ranked = [answer for guess in verdict.answers if (answer := scenario.answer(guess.scenario))]
    ranked += [answer for answer in scenario.answers if answer not in ranked]
    return Choose(scenario, tuple(ranked[:OFFERED]))


def _presses(now: Situation, verdict: Verdict) -> bool:
    """Whether people should see it although the bot knows an answer: no template settles a double charge."""
    return highest(now.urgency, verdict.urgency) in PRESSING
