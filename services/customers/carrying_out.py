"""What each plan does, once it is made: inside the write unit, for one received message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from services.classify.urgency import highest
from services.classify.verdict import Verdict
from services.customers.conversation import Conversation
from services.customers.plans import Acknowledge, Choose, Clarify, Escalate, GiveAnswer, Keep, Plan, Relay
from services.messages.incoming import CustomerMessage
from storage.closed_sets import Priority
from storage.records import Message, Ticket

Type = Literal["bot_auto", "clarify", "handover", "pending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message that has been stored, and all that is known as the plan is carried out."""

    said: CustomerMessage
    message: Message
    verdict: Verdict | None
    talk: Conversation
    first: bool
    """Nobody has ever written to this customer before."""
    crowded: bool = False
    """The customer writes faster than the limit."""
    urgency: Priority = "low"
    """What is said raises what the scenario asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was written for a message."""

    message: Message
    first: bool
    verdict: Verdict | None
    ticket: Ticket | None
    reply: Message | None
    type: Type


def carry_out(plan: Plan, received: Received) -> Outcome:  # noqa: PLR0911  # one case a plan
    """Write what the plan asks for."""
    match plan:
        case Relay(ticket):
            return _relay(ticket, received)
        case GiveAnswer():
            return _answer(plan, received)
        case Clarify(guesses):
            return _outcome(received, "clarify", received.talk.clarify(guesses, first_contact=received.first))
        case Choose(scenario, answers):
            reply = received.talk.choose(scenario, answers, first_contact=received.first)
            return _outcome(received, "clarify", reply)
        case Escalate():
            return _call_people(plan, received)
        case Keep():
            return _keep(received)
        case Acknowledge():
            return _acknowledge(plan, received)
        case _:
            assert_never(plan)


def _outcome(received: Received, kind: Type, reply: Message | None, ticket: Ticket | None = None) -> Outcome:
    return Outcome(
        message=received.message,
        first=received.first,
        verdict=received.verdict,
        ticket=ticket,
        reply=reply,
        type=kind,
    )


def _relay(ticket: Ticket, received: Received) -> Outcome:
    """Pass a line on in silence; a command and a request of the API get a word back, for they wait for one."""
    ticket = received.talk.people.raised(ticket, received.urgency)
    if received.said.kind != "command":
        received.talk.people.relay(ticket, received.message, received.said)
    waits = received.said.wants_person and not received.crowded
    if waits or not received.talk.customer.address.can_be_written_to:
        return _outcome(received, "handover", received.talk.tell("already", ticket=ticket), ticket)
    return _outcome(received, "handover", None, ticket)


def _acknowledge(plan: Acknowledge, received: Received) -> Outcome:
    """Stay silent where that is polite; a request of the API waits for a word."""
    if plan.settles is not None and received.talk.customer.channel != "api":
        received.talk.settle(received.message, plan.settles)
        return _outcome(received, "bot_auto", None)
    return _outcome(received, "bot_auto", received.talk.acknowledge(plan.key, first_contact=received.first))


def _answer(plan: GiveAnswer, received: Received) -> Outcome:
    if (lacking := received.talk.lacks(plan.matter)) is not None:
        return _call_people(Escalate("unfilled", plan.scenario, plan.answer), received, reasoning=lacking)
    also = [matter for matter in plan.also if received.talk.lacks(matter) is None]
    rest = plan.rest or len(also) < len(plan.also)
    looks = plan.handover or rest
    ticket = _open(Escalate("answered_too", plan.scenario, plan.answer), received) if looks else None
    reply = received.talk.answer(plan.matter, *also, first_contact=received.first, ticket=ticket, rest=rest)
    if reply is not None:
        return _outcome(received, "bot_auto", reply, ticket)
    if ticket is None:
        return _call_people(Escalate("unanswerable", plan.scenario, plan.answer), received)
    return _outcome(received, "handover", received.talk.hand_over(ticket, first_contact=received.first), ticket)


def _call_people(plan: Escalate, received: Received, *, reasoning: str | None = None) -> Outcome:
    ticket = _open(plan, received, reasoning=reasoning)
    return _outcome(received, "handover", received.talk.hand_over(ticket, first_contact=received.first), ticket)


def _open(plan: Escalate, received: Received, *, reasoning: str | None = None) -> Ticket:
    return received.talk.escalate(
        plan.reason,
        received.message,
        verdict=received.verdict,
        scenario=plan.scenario,
        answer=plan.answer,
        # Who asks the same again and again has waited longer than the clock says.
        urgency=highest(received.urgency, "high" if plan.reason == "unhelped" else None),
        reasoning=reasoning,
    )


def _keep(received: Received) -> Outcome:
    return _outcome(received, "handover", received.talk.slow_down())
