"""What each plan does, once it is made: inside the write unit, for one received message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, assert_never

from services.classify.acknowledgements import acknowledgement_of
from services.classify.grounds import Ground
from services.classify.urgency import highest
from services.classify.verdict import Verdict
from services.customers.conversation import HANDOVER, Conversation
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
from services.messages import customer_lines
from services.messages.incoming import CustomerMessage
from storage.closed_sets import Priority, Reason
from storage.matters import Matter
from storage.records import Message, Ticket
from storage.span_counts import NOT_KNOWN

WORDS: Final = ("text", "sticker")
"""Kinds of lines that say no more than their words; a sticker's are its sign."""
Type = Literal["bot_auto", "clarify", "handover", "pending", "banned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message that has been stored, and all that is known as the plan is carried out."""

    said: CustomerMessage
    message: Message
    lines: Sequence[Message]
    """The lines that are one question, the message last."""
    verdict: Verdict | None
    talk: Conversation
    now: Situation
    first: bool
    """Nobody has ever written to this customer before."""
    urgency: Priority = "low"
    """What is said raises what the scenario asks for."""

    @property
    def words(self) -> str:
        return customer_lines.words(self.lines)


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
        case TakeComment(ticket_id):
            received.talk.people.commented(ticket_id, received.lines)
            return _outcome(received, "bot_auto", received.talk.tell("comment_taken"))
        case Relay():
            return _pass_on(plan, received)
        case GiveAnswer():
            return _answer(plan, received)
        case Clarify(guesses):
            return _asked_back(received, received.talk.clarify(guesses, first_contact=received.first))
        case Choose(scenario, answers):
            reply = received.talk.choose(scenario, answers, first_contact=received.first)
            return _asked_back(received, reply)
        case Escalate():
            return _call_people(plan, received)
        case Keep():
            return _keep(received)
        case LeaveToOwner():
            received.talk.leave(received.lines)
            return _outcome(received, "handover", None)
        case Acknowledge():
            said = received.talk.acknowledge(plan, received.message, first_contact=received.first)
            return _outcome(received, "bot_auto", said)
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


def _pass_on(plan: Relay, received: Received) -> Outcome:
    _suggest(plan.suggested, plan.ticket, received)
    if plan.unknown:
        received.talk.calls.unknown(plan.ticket, received.lines)
    return _relay(plan.ticket, received)


def _relay(ticket: Ticket, received: Received) -> Outcome:
    """Pass lines on; the customer hears that people have them where nobody talks with them yet.

    A command and a request of the API get a word back at any time, for they wait for one.
    """
    talk = received.talk
    ticket = talk.people.raised(
        talk.people.reopened(ticket, received.lines), received.urgency, received.words, received.verdict
    )
    bare = received.said.kind == "command" and not received.said.wants_person
    acknowledgement = _is_acknowledgement(ticket, received)
    silent = acknowledgement or bare or received.now.remark == "quiet"
    if not (acknowledgement or bare):
        talk.people.waits(ticket)
    _show(ticket, received)
    insists = received.now.speaker == "both" and (received.said.wants_person or received.now.asks)
    calls = (insists and talk.calls.insist(ticket)) or received.said.wants_person
    if talk.customer.address.waits_for_words or (calls and not received.now.crowded):
        return _outcome(received, "handover", talk.tell("already", ticket=ticket, kind=HANDOVER), ticket)
    reply = talk.reassure(ticket) if received.now.speaker == "both" and not silent else None
    return _outcome(received, "handover", reply, ticket)


def _is_acknowledgement(ticket: Ticket, received: Received) -> bool:
    """Whether the customer only thanks or agrees, which asks nobody for anything; an "ok" to a question answers it."""
    said = received.said
    kind = acknowledgement_of(said.text) if said.kind in WORDS else None
    return kind == "thanks" or (kind == "agreed" and not received.talk.people.asked(ticket))


def _show(ticket: Ticket, received: Received, reply: Message | None = None) -> None:
    """Show people lines that they have not seen, and what the bot has said about them."""
    people = received.talk.people
    if received.message.ticket_id is not None:
        people.relay(ticket, received.message, received.said)
    else:
        people.follow(ticket, [line for line in received.lines if line.kind != "command" and line.ticket_id is None])
    if reply is not None:
        people.answered(ticket, reply)


def _asked_back(received: Received, reply: Message) -> Outcome:
    ticket = received.now.ticket
    if ticket is not None:
        _show(ticket, received, reply)
    return _outcome(received, "clarify", reply, ticket)


def _answer(plan: GiveAnswer, received: Received) -> Outcome:
    if (lacking := received.talk.lacks(plan.matter)) is not None:
        return _call_people(Escalate("unfilled", plan.scenario, plan.answer), received, ground=lacking)
    if received.now.ticket is not None:
        return _answer_beside(plan, received.now.ticket, received)
    also, rest = _given(plan, received)
    looks = plan.handover or rest
    reason: Reason = "unsure" if rest else "answered_too"  # where something is left, a look is not enough
    ticket = _open(Escalate(reason, plan.scenario, plan.answer), received) if looks else None
    reply = received.talk.answer(plan.matter, *also, first_contact=received.first, ticket=ticket, rest=rest)
    if ticket is not None:
        _suggest(plan.suggested, ticket, received)
    if reply is not None:
        return _outcome(received, "bot_auto", reply, ticket)
    if ticket is None:
        return _call_people(Escalate("unanswerable", plan.scenario, plan.answer), received)
    return _outcome(received, "handover", received.talk.hand_over(ticket, first_contact=received.first), ticket)


def _given(plan: GiveAnswer, received: Received) -> tuple[list[Matter], bool]:
    """Return the further matters whose answers lack nothing, and whether people have to answer something else."""
    also = [matter for matter in plan.also if received.talk.lacks(matter) is None]
    return also, plan.rest or len(also) < len(plan.also)


def _answer_beside(plan: GiveAnswer, ticket: Ticket, received: Received) -> Outcome:
    """Answer a customer whose ticket nobody has taken: the ticket gets the line and the answer."""
    also, rest = _given(plan, received)
    reply = received.talk.answer(plan.matter, *also, first_contact=received.first, ticket=ticket, rest=rest)
    if reply is None:
        return _call_people(Escalate("unanswerable", plan.scenario, plan.answer), received)
    ticket = received.talk.people.raised(ticket, received.urgency, received.words, received.verdict)
    if plan.handover or rest or ticket.snoozed_at is not None:  # whatever the customer writes ends a snooze
        received.talk.people.waits(ticket)
    if rest:
        received.talk.calls.needed(ticket)
        received.talk.calls.unknown(ticket, received.lines)
    _show(ticket, received, reply)
    _suggest(plan.suggested, ticket, received)
    return _outcome(received, "bot_auto", reply, ticket)


def _call_people(plan: Escalate, received: Received, *, ground: Ground | None = None) -> Outcome:
    """Open a ticket; who has a real one is in good hands already."""
    reason, lacking = _withheld(plan, received)
    if received.now.ticket is not None and received.now.speaker != "bot":
        if reason in NOT_KNOWN:
            received.talk.calls.unknown(received.now.ticket, received.lines)
        return _relay(received.now.ticket, received)
    ticket = _open(replace(plan, reason=reason), received, ground=ground or lacking)
    _suggest(plan.suggested, ticket, received)
    return _outcome(received, "handover", received.talk.hand_over(ticket, first_contact=received.first), ticket)


def _withheld(plan: Escalate, received: Received) -> tuple[Reason, Ground | None]:
    """Return why people are called, and what is to be filled in where for lack of it nothing can be proposed."""
    lacking = [received.talk.lacks(matter) for matter in plan.suggested]
    return ("unfilled", lacking[0]) if lacking and all(lacking) else (plan.reason, None)


def _suggest(suggested: Sequence[Matter], ticket: Ticket, received: Received) -> None:
    """Propose to people what they may send; where facts are missing there is nothing to send."""
    ready = [matter for matter in suggested if received.talk.lacks(matter) is None]
    if ready:
        received.talk.calls.suggest(ticket, received.message, ready)


def _open(plan: Escalate, received: Received, *, ground: Ground | None = None) -> Ticket:
    return received.talk.calls.people(
        plan.reason,
        received.message,
        # Who asks for a person has said why people are called: what else it sounds like is no news.
        verdict=None if plan.reason == "asked" else received.verdict,
        scenario=plan.scenario,
        answer=plan.answer,
        # Who asks the same again and again has waited longer than the clock says.
        urgency=highest(received.urgency, "high" if plan.reason == "unhelped" else None),
        ground=ground,
    )


def _keep(received: Received) -> Outcome:
    return _outcome(received, "handover", received.talk.slow_down())
