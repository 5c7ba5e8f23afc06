"""What to do with a message: decided in one pure function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from services.classify.matters import SMALL_TALK
from services.classify.remarks import Remark
from services.classify.sureness import Policy
from services.classify.urgency import highest
from services.classify.verdict import Verdict
from services.customers.offers import choices_of
from services.customers.plans import (
    Acknowledge,
    Choose,
    Clarify,
    Escalate,
    GiveAnswer,
    Keep,
    LeaveToOwner,
    Plan,
    Relay,
    TakeComment,
)
from services.customers.situation import Situation
from services.customers.who_speaks import Speaker
from storage.closed_sets import Priority
from storage.matters import Matter
from storage.messages import ASKED_BACK
from storage.records import Answer, Scenario, Ticket
from storage.span_counts import NOT_KNOWN

TRIES: Final = 2
"""So many answers to one question; who asks it once more is not helped by another. Nor by a third question back."""
LOOKED_AT: Final = 2 * TRIES
"""A question back and the answer to the choice are two lines of the bot."""
OFFERED: Final = 5  # answers to choose from: more are a menu that nobody reads
PRESSING: Final[frozenset[Priority]] = frozenset(("high", "critical"))


def offered(now: Situation) -> str | None:
    """Return the scenario that a bare "yes" takes up: the one that the bot has asked about just now."""
    last = now.last
    if now.remark != "yes" or last is None or last.kind != "clarify" or last.feedback is not None:
        return None
    return last.scenario


def is_open(now: Situation) -> bool:
    """Whether what to do depends on what is said."""
    for_people = now.speaker == "people" or (now.speaker == "both" and now.shows)
    return not (for_people or now.wants_person or now.crowded or now.commenting is not None)


def needs_verdict(now: Situation) -> bool:
    """Whether the classifier has a say at all: it is not paid for what is decided already."""
    return is_open(now) and not now.wordless and now.remark is None


def decide(
    now: Situation,
    verdict: Verdict | None,
    scenario: Scenario | None,
    policy: Policy,
    also: tuple[Matter, ...] = (),
    *,
    offerable: Callable[[str], bool] = bool,
) -> Plan:
    """Choose a plan. `scenario` is the one the verdict names, if it still exists; `also`: further matters of it.

    `offerable`: which scenarios, by key, may stand on a button of "did you mean".
    """
    if now.commenting is not None:
        return TakeComment(now.commenting)
    if now.rated is not None and _comments(now, verdict, scenario, policy):
        return TakeComment(now.rated)
    if now.ticket is None:
        silent = now.speaker == "people"
        return LeaveToOwner() if silent else _alone(now, verdict, scenario, policy, also, offerable=offerable)
    if now.speaker == "people" or (now.speaker == "both" and now.shows):
        return Relay(now.ticket)
    return _beside(now.ticket, now.speaker, _alone(now, verdict, scenario, policy, also, offerable=offerable))


def _comments(now: Situation, verdict: Verdict | None, scenario: Scenario | None, policy: Policy) -> bool:
    """Whether words that ask for nothing are the comment on a score: they say how it was, or nothing that is known."""
    if now.ticket is not None or now.crowded or now.remark is not None or now.urgency in PRESSING:
        return False
    known = verdict is not None and scenario is not None and policy.knows(verdict)
    return now.judges or not known or (scenario is not None and scenario.key in SMALL_TALK)


def _beside(ticket: Ticket, who: Speaker, plan: Plan) -> Plan:
    """Choose a plan beside a ticket that nobody has taken: who says hello there, or sends a picture, asks nothing."""
    match plan:
        case GiveAnswer(scenario=scenario) if who == "bot" or scenario.key not in SMALL_TALK:
            return plan
        case Clarify() | Choose() | Escalate() | Acknowledge() if who == "bot":
            return plan
        case Escalate(reason=reason, suggested=suggested):
            fitting = tuple(one for one in suggested if one.scenario.key not in SMALL_TALK)
            return Relay(ticket, fitting, unknown=reason in NOT_KNOWN)
        case _:
            return Relay(ticket)


def _alone(  # noqa: PLR0911  # one line a case: the table is the point
    now: Situation,
    verdict: Verdict | None,
    scenario: Scenario | None,
    policy: Policy,
    also: tuple[Matter, ...],
    *,
    offerable: Callable[[str], bool],
) -> Plan:
    """Choose a plan as if there were no ticket."""
    if now.wants_person:
        return Escalate("asked")
    if now.asks:
        return _called(verdict, scenario, policy)
    if now.crowded:
        return Escalate("urgent") if now.urgency in PRESSING else Keep()
    if now.passes_on and (now.wordless or now.remark is not None):
        return Escalate("passed_on")
    if now.remark is not None and offered(now) is None:
        return _remarked(now, now.remark)
    if now.wordless:
        return Escalate("wordless")
    if verdict is not None and verdict.declines and not _presses(now, verdict):
        return Acknowledge("declined")
    if verdict is None or verdict.confidence < policy.clarify_at:
        return Escalate("passed_on" if now.passes_on else "unsure")
    if scenario is None or not policy.knows(verdict):
        return _doubt(now, verdict, scenario, offerable)
    return _certainty(now, verdict, scenario, policy, also)


def _called(verdict: Verdict | None, scenario: Scenario | None, policy: Policy) -> Plan:
    """Call people; the scenario is shown to them where it says the same."""
    if verdict is None or scenario is None or scenario.action != "escalate":
        return Escalate("asked")
    return Escalate("people_only", scenario) if verdict.confidence >= policy.clarify_at else Escalate("asked")


def _remarked(now: Situation, remark: Remark) -> Plan:
    """Say nothing to an "ok" after an answer; to anything else, ask what is wanted."""
    answered = now.last is not None and now.last.kind in ("answer", "notice")
    settles = (
        (now.last.question_id or now.last.id) if now.last is not None and answered and remark != "puzzled" else None
    )
    return Acknowledge("nothing_asked", settles)


def _doubt(now: Situation, verdict: Verdict, scenario: Scenario | None, offerable: Callable[[str], bool]) -> Plan:
    """Ask back where that costs nothing. Without a scenario the best guess is "none of these": never an answer."""
    if scenario is not None and scenario.action == "escalate":
        return Escalate("people_only", scenario)
    if _presses(now, verdict):
        return Escalate("urgent", scenario)
    if now.passes_on:  # "is this true?" is about what they pass on
        return Escalate("passed_on", scenario)
    choices = choices_of(verdict, offerable)
    if not choices or now.tried.count(ASKED_BACK) >= TRIES:
        return Escalate("unsure", scenario)
    if scenario is not None and scenario.answers and [one.scenario for one in choices] == [scenario.key]:
        return _which(now, verdict, scenario)  # a topic alone is no choice: its questions are
    return Clarify(choices)


def _certainty(now: Situation, verdict: Verdict, scenario: Scenario, policy: Policy, also: tuple[Matter, ...]) -> Plan:
    answer = sure_answer(scenario, verdict, policy)
    if scenario.answers and answer is None:
        return _which(now, verdict, scenario)
    matter = Matter(scenario, answer)
    if matter.action == "escalate":
        return Escalate("people_only", scenario, answer)
    answered = [key for key in now.tried if key != ASKED_BACK]
    if answered[:TRIES] == [matter.name] * TRIES and scenario.key not in SMALL_TALK:
        return Escalate("unhelped", scenario, answer)
    asked = [one for one in (matter, *also) if one.action != "escalate"]
    suggested = tuple(one for one in asked if one.mode == "suggest")
    first, *others = [one for one in asked if one.mode == "auto"] or (None,)
    if first is None:
        return Escalate("suggested" if suggested else "switched_off", scenario, answer, suggested)
    rest = verdict.rest or len(others) < len(also)
    actions = {one.action for one in (first, *others)}
    handover = rest or "answer_and_escalate" in actions or _presses(now, verdict)
    return GiveAnswer(
        first.scenario, first.answer, handover=handover, also=tuple(others), rest=rest, suggested=suggested
    )


def sure_answer(scenario: Scenario, verdict: Verdict, policy: Policy) -> Answer | None:
    """Return the answer of a scenario that a verdict is sure of."""
    sure = verdict.answer_confidence >= policy.at(scenario.key, verdict.answer)
    return scenario.answer(verdict.answer) if sure else None


def _which(now: Situation, verdict: Verdict, scenario: Scenario) -> Plan:
    """Ask which answer was meant: the text of another one is never sent instead."""
    if scenario.action == "escalate":
        return Escalate("people_only", scenario)
    if _presses(now, verdict):
        return Escalate("urgent", scenario)
    if now.tried.count(ASKED_BACK) >= TRIES:
        return Escalate("unsure", scenario)
    ranked = [answer for guess in verdict.answers if (answer := scenario.answer(guess.scenario))]
    likeliest = ranked[:1]
    ranked += [answer for answer in scenario.answers if answer not in ranked]
    ranked = choosable(scenario, ranked)
    if not ranked or choosable(scenario, likeliest) != likeliest:
        return Escalate("unsure", scenario)
    return Choose(scenario, tuple(ranked[:OFFERED]))


def choosable(scenario: Scenario, answers: Sequence[Answer]) -> list[Answer]:
    """Return what a customer may pick: what is sent without people, or leads to them anyway."""
    matters = (Matter(scenario, answer) for answer in answers)
    return [one.answer for one in matters if one.answer and (one.mode == "auto" or one.action == "escalate")]


def _presses(now: Situation, verdict: Verdict) -> bool:
    """Whether people should see it although the bot knows an answer: no template settles a double charge."""
    return highest(now.urgency, verdict.urgency) in PRESSING


def further(verdict: Verdict, find: Callable[[str], Scenario | None], policy: Policy) -> tuple[Matter, ...]:
    """Return the further matters of a message that a text can settle."""
    known = ((find(one.scenario), one) for one in verdict.more)
    matters = [Matter(scenario, sure_answer(scenario, one, policy)) for scenario, one in known if scenario]
    return tuple(matter for matter in matters if matter.answer or not matter.scenario.answers)
