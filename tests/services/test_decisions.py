"""What is done with a message, as tables: what is true of the conversation, what the classifier says, the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN, Guess, Verdict
from services.customers.decisions import decide, needs_verdict
from services.customers.offers import offered_by
from services.customers.plans import Acknowledge, Choose, Clarify, Escalate, GiveAnswer, Keep, Plan, Relay
from services.customers.situation import Situation
from storage.closed_sets import Action, AnswerMode
from storage.matters import Matter
from storage.messages import ASKED_BACK
from storage.records import Answer, Scenario, Ticket

POLICY = Policy(answer_at=0.8, clarify_at=0.5)
QUIET = Situation(ticket=None)
BOTH: Action = "answer_and_escalate"
TICKET = Ticket(
    id=7,
    customer_id=1,
    status="open",
    reason="asked",
    scenario=None,
    confidence=None,
    reasoning=None,
    priority="medium",
    question="?",
    operator_id=None,
    operator_name=None,
    opened_at=datetime(2026, 1, 1, tzinfo=UTC),
    taken_at=None,
    closed_at=None,
    chat_id=None,
    topic_id=None,
    card_id=None,
)

TALKING = Situation(ticket=TICKET, speaker="people")
UNTAKEN = Situation(ticket=TICKET, speaker="both")
LOOKED_AT = Situation(ticket=TICKET, speaker="bot")


def scenario(action: Action = "answer") -> Scenario:
    return Scenario(key="REFUND", title={}, description="", priority="low", action=action, examples={}, templates=())


def verdict(confidence: float, key: str = "REFUND") -> Verdict:
    guesses = (Guess(scenario="REFUND", confidence=confidence),)
    return Verdict(scenario=key, confidence=confidence, reasoning="", engine="local", version="1", nearest=guesses)


@pytest.mark.parametrize(
    ("now", "said", "known", "plan"),
    [
        pytest.param(TALKING, verdict(0.9), scenario(), Relay(TICKET), id="people talk with them: it is passed on"),
        pytest.param(
            replace(TALKING, wants_person=True, crowded=True, wordless=True),
            None,
            None,
            Relay(TICKET),
            id="whatever else is true",
        ),
        pytest.param(
            Situation(ticket=None, wants_person=True),
            None,
            None,
            Escalate("asked"),
            id="asks for a person by command or button",
        ),
        pytest.param(
            Situation(ticket=None, wants_person=True, crowded=True),
            None,
            None,
            Escalate("asked"),
            id="even while writing too fast",
        ),
        pytest.param(Situation(ticket=None, crowded=True), None, None, Keep(), id="writes too fast"),
        pytest.param(
            Situation(ticket=None, wordless=True), None, None, Escalate("wordless"), id="a picture without words"
        ),
        pytest.param(QUIET, None, None, Escalate("unsure"), id="no engine has an opinion"),
        pytest.param(QUIET, verdict(0.49), scenario(), Escalate("unsure"), id="the best guess is far-fetched"),
        pytest.param(
            QUIET,
            verdict(0.5),
            scenario(),
            Clarify((Guess(scenario="REFUND", confidence=0.5),)),
            id="just enough to ask back",
        ),
        pytest.param(
            QUIET,
            verdict(0.79),
            scenario(),
            Clarify((Guess(scenario="REFUND", confidence=0.79),)),
            id="almost enough to answer",
        ),
        pytest.param(QUIET, verdict(0.8), scenario(), GiveAnswer(scenario()), id="just enough to answer"),
        pytest.param(
            QUIET,
            verdict(0.8),
            scenario("answer_and_escalate"),
            GiveAnswer(scenario("answer_and_escalate"), handover=True),
            id="enough, and people look at such questions too",
        ),
        pytest.param(
            QUIET,
            verdict(0.6),
            scenario("escalate"),
            Escalate("people_only", scenario("escalate")),
            id="people decide such questions: not even asked back",
        ),
        pytest.param(
            QUIET,
            verdict(0.3),
            scenario("escalate"),
            Escalate("unsure"),
            id="a faint guess at one of those is no reason to say so",
        ),
        pytest.param(QUIET, verdict(0.2, UNKNOWN), None, Escalate("unsure"), id="none of the scenarios, surely"),
        pytest.param(
            QUIET,
            replace(verdict(0.0, UNKNOWN), declines=True),
            None,
            Acknowledge("declined"),
            id="only says what is not needed",
        ),
        pytest.param(
            Situation(ticket=None, urgency="critical"),
            replace(verdict(0.0, UNKNOWN), declines=True),
            None,
            Escalate("unsure"),
            id="says so where something presses",
        ),
        pytest.param(
            QUIET,
            verdict(0.55, UNKNOWN),
            None,
            Clarify((Guess(scenario="REFUND", confidence=0.55),)),
            id="perhaps none of them: the nearest is offered, never answered",
        ),
    ],
)
def test_each_situation_has_its_plan(now: Situation, said: Verdict | None, known: Scenario | None, plan: Plan) -> None:
    assert decide(now, said, known, POLICY) == plan


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        pytest.param(QUIET, True, id="nothing is decided yet"),
        pytest.param(TALKING, False, id="people talk with them"),
        pytest.param(UNTAKEN, True, id="nobody has taken their ticket"),
        pytest.param(Situation(ticket=None, wants_person=True), False, id="they ask for a person"),
        pytest.param(Situation(ticket=None, wordless=True), False, id="there are no words"),
        pytest.param(Situation(ticket=None, crowded=True), False, id="they write too fast"),
    ],
)
def test_the_classifier_is_paid_only_where_its_word_counts(now: Situation, asked: bool) -> None:  # noqa: FBT001  # a table
    assert needs_verdict(now) == asked


@pytest.mark.parametrize(
    ("said", "known", "plan"),
    [
        pytest.param(
            verdict(0.9), scenario(), GiveAnswer(scenario(), handover=True), id="answered and shown to people"
        ),
        pytest.param(verdict(0.6), scenario(), Escalate("urgent", scenario()), id="not asked back"),
        pytest.param(verdict(0.55, UNKNOWN), None, Escalate("urgent"), id="not even where no scenario fits"),
        pytest.param(verdict(0.1), scenario(), Escalate("unsure"), id="nobody knows what it is about"),
    ],
)
def test_what_presses_is_seen_by_people_whatever_the_bot_knows(
    said: Verdict, known: Scenario | None, plan: Plan
) -> None:
    assert decide(Situation(ticket=None, urgency="critical"), said, known, POLICY) == plan


def test_the_third_question_from_one_scenario_calls_a_person() -> None:
    once = Situation(ticket=None, tried=("REFUND",))
    twice = Situation(ticket=None, tried=("REFUND", "REFUND"))
    other = Situation(ticket=None, tried=("REFUND", "DELIVERY"))
    assert decide(once, verdict(0.9), scenario(), POLICY) == GiveAnswer(scenario())
    assert decide(other, verdict(0.9), scenario(), POLICY) == GiveAnswer(scenario())
    assert decide(twice, verdict(0.9), scenario(), POLICY) == Escalate("unhelped", scenario())


@pytest.mark.parametrize("key", ["GREETING", "THANKS"])
def test_who_thanks_again_and_again_lacks_no_answer(key: str) -> None:
    small = replace(scenario(), key=key)
    assert decide(Situation(ticket=None, tried=(key, key)), verdict(0.9, key), small, POLICY) == GiveAnswer(small)


def test_nobody_is_asked_back_for_ever() -> None:
    asked_once = Situation(ticket=None, tried=("",))
    asked_twice = Situation(ticket=None, tried=("", ""))
    chosen_twice = Situation(ticket=None, tried=("PRICING", "", "PAYMENT", ""))
    assert isinstance(decide(asked_once, verdict(0.6), scenario(), POLICY), Clarify)
    for now in (asked_twice, chosen_twice):
        assert decide(now, verdict(0.6), scenario(), POLICY) == Escalate("unsure", scenario())
        assert decide(now, verdict(0.9), scenario(), POLICY) == GiveAnswer(scenario())


def test_a_question_back_between_two_answers_does_not_hide_that_they_were_of_no_use() -> None:
    now = Situation(ticket=None, tried=("REFUND", "", "REFUND"))
    assert decide(now, verdict(0.9), scenario(), POLICY) == Escalate("unhelped", scenario())


def test_only_what_is_likely_is_offered() -> None:
    guesses = tuple(
        Guess(scenario=key, confidence=chance) for key, chance in (("REFUND", 0.6), ("THANKS", 0.2), ("PRICING", 0.01))
    )
    said = replace(verdict(0.6), nearest=guesses)
    assert decide(QUIET, said, scenario(), POLICY) == Clarify(guesses[:1])


@pytest.mark.parametrize(("chance", "asks"), [(0.05, False), (0.19, False), (0.3, True)])
def test_what_is_far_fetched_is_not_offered_because_small_talk_is_likelier(chance: float, *, asks: bool) -> None:
    guesses = (Guess(scenario="GREETING", confidence=0.59), Guess(scenario="REFUND", confidence=chance))
    said = replace(verdict(0.59), scenario="GREETING", nearest=guesses)
    assert isinstance(decide(QUIET, said, replace(scenario(), key="GREETING"), POLICY), Clarify) is asks


# --- a ticket that nobody has taken --------------------------------------------------------------------------------

DOUBT = Clarify((Guess(scenario="REFUND", confidence=0.6),))


@pytest.mark.parametrize(
    ("more", "said", "untaken", "for_a_look"),
    [
        pytest.param({}, verdict(0.9), GiveAnswer(scenario()), GiveAnswer(scenario()), id="surely answered"),
        pytest.param({}, verdict(0.6), Relay(TICKET), DOUBT, id="in doubt"),
        pytest.param({}, verdict(0.1), Relay(TICKET, unknown=True), Escalate("unsure"), id="no idea"),
        pytest.param({"shows": True}, verdict(0.9), Relay(TICKET), GiveAnswer(scenario()), id="a picture with words"),
        pytest.param({"wordless": True}, None, Relay(TICKET), Escalate("wordless"), id="a picture"),
        pytest.param({"wants_person": True}, None, Relay(TICKET), Escalate("asked"), id="calls a person"),
        pytest.param({"asks": True}, verdict(0.9), Relay(TICKET), Escalate("asked"), id="asks for one in words"),
        pytest.param({"crowded": True}, None, Relay(TICKET), Relay(TICKET), id="too fast: people read it"),
        pytest.param(
            {"tried": ("REFUND", "REFUND")},
            verdict(0.9),
            Relay(TICKET),
            Escalate("unhelped", scenario()),
            id="the same for the third time",
        ),
    ],
)
def test_beside_a_ticket_that_nobody_has_taken_the_bot_answers_what_it_is_sure_of(
    more: dict[str, Any], said: Verdict | None, untaken: Plan, for_a_look: Plan
) -> None:
    known = scenario() if said else None
    assert decide(replace(UNTAKEN, **more), said, known, POLICY) == untaken
    assert decide(replace(LOOKED_AT, **more), said, known, POLICY) == for_a_look


def test_who_waits_for_people_and_says_hello_has_asked_nothing() -> None:
    hello = replace(scenario(), key="GREETING")
    assert decide(UNTAKEN, verdict(0.9, "GREETING"), hello, POLICY) == Relay(TICKET)
    assert decide(LOOKED_AT, verdict(0.9, "GREETING"), hello, POLICY) == GiveAnswer(hello)


# --- a scenario with several answers -------------------------------------------------------------------------------

COST = Answer(key="COST", title={}, examples={}, templates=())
WHEN = Answer(key="WHEN", title={}, examples={}, templates=(), action="answer_and_escalate")
PEOPLE = Answer(key="PEOPLE", title={}, examples={}, templates=(), action="escalate")
SEVERAL = replace(scenario(), answers=(COST, WHEN, PEOPLE))


def about(answer: str | None, sure: float, *ranked: str) -> Verdict:
    guesses = tuple(Guess(scenario=key, confidence=sure) for key in ranked)
    return replace(verdict(0.9), answer=answer, answer_confidence=sure, answers=guesses)


def test_where_one_topic_alone_is_likely_its_questions_are_offered_at_once() -> None:
    likely = (Guess(scenario="REFUND", confidence=0.6), Guess(scenario="PRICING", confidence=0.01))
    said = replace(about("WHEN", 0.5, "WHEN", "COST"), confidence=0.6, nearest=likely)
    assert decide(QUIET, said, SEVERAL, POLICY) == Choose(SEVERAL, (WHEN, COST, PEOPLE))
    both = (likely[0], Guess(scenario="PRICING", confidence=0.3))
    assert decide(QUIET, replace(said, nearest=both), SEVERAL, POLICY) == Clarify(both)


@pytest.mark.parametrize(
    ("now", "said", "plan"),
    [
        (QUIET, about("COST", 0.85), GiveAnswer(SEVERAL, COST)),
        (QUIET, about("WHEN", 0.85), GiveAnswer(SEVERAL, WHEN, handover=True)),
        (QUIET, about("PEOPLE", 0.85), Escalate("people_only", SEVERAL, PEOPLE)),
        # Sure of the scenario and not of the answer: the text of another answer is never sent instead.
        (QUIET, about("COST", 0.7, "WHEN", "COST"), Choose(SEVERAL, (WHEN, COST, PEOPLE))),
        (QUIET, about(None, 0.0), Choose(SEVERAL, (COST, WHEN, PEOPLE))),
        (QUIET, about("GONE", 0.95), Choose(SEVERAL, (COST, WHEN, PEOPLE))),
        (replace(QUIET, urgency="critical"), about("COST", 0.7), Escalate("urgent", SEVERAL)),
        (replace(QUIET, urgency="critical"), about("COST", 0.9), GiveAnswer(SEVERAL, COST, handover=True)),
        (replace(QUIET, tried=(ASKED_BACK, ASKED_BACK)), about("COST", 0.7), Escalate("unsure", SEVERAL)),
        # Two answers of one scenario are two matters: only the same one again did not help.
        (replace(QUIET, tried=("REFUND.WHEN", "REFUND.COST")), about("COST", 0.9), GiveAnswer(SEVERAL, COST)),
        (replace(QUIET, tried=("REFUND.COST",) * 2), about("COST", 0.9), Escalate("unhelped", SEVERAL, COST)),
    ],
)
def test_the_question_that_was_asked_is_answered_or_asked_back(now: Situation, said: Verdict, plan: Plan) -> None:
    assert decide(now, said, SEVERAL, POLICY) == plan


def test_further_questions_are_answered_too_and_what_is_left_goes_to_people() -> None:
    other = Matter(replace(scenario(), key="PRICING"))
    people = Matter(replace(scenario("escalate"), key="COMPLAINT"))
    sure = verdict(0.9)
    known = scenario()
    assert decide(QUIET, sure, known, POLICY, (other,)) == GiveAnswer(known, also=(other,))
    assert decide(QUIET, replace(sure, rest=True), known, POLICY) == GiveAnswer(known, handover=True, rest=True)
    both = GiveAnswer(known, handover=True, also=(other,), rest=True)
    assert decide(QUIET, sure, known, POLICY, (other, people)) == both


# --- who answers ---------------------------------------------------------------------------------------------------

PROPOSED = replace(scenario(), mode="suggest")
OFF = replace(scenario(), mode="off")
HELLO = replace(scenario(), key="GREETING")
PRICING = replace(scenario(), key="PRICING")


def also(one: Scenario, mode: AnswerMode = "auto") -> Matter:
    return Matter(replace(one, mode=mode))


@pytest.mark.parametrize(
    ("now", "known", "more", "plan"),
    [
        (QUIET, PROPOSED, (), Escalate("suggested", PROPOSED, None, (Matter(PROPOSED),))),
        (QUIET, OFF, (), Escalate("switched_off", OFF)),
        # Two questions: what may be sent is sent, people have the rest.
        (QUIET, scenario(), (also(PRICING),), GiveAnswer(scenario(), also=(also(PRICING),))),
        (
            QUIET,
            scenario(),
            (also(PRICING, "suggest"),),
            GiveAnswer(scenario(), handover=True, rest=True, suggested=(also(PRICING, "suggest"),)),
        ),
        (QUIET, scenario(), (also(PRICING, "off"),), GiveAnswer(scenario(), handover=True, rest=True)),
        (
            QUIET,
            PROPOSED,
            (also(PRICING),),
            GiveAnswer(also(PRICING).scenario, handover=True, rest=True, suggested=(Matter(PROPOSED),)),
        ),
        (QUIET, OFF, (also(PRICING),), GiveAnswer(also(PRICING).scenario, handover=True, rest=True)),
        (
            QUIET,
            PROPOSED,
            (also(PRICING, "suggest"),),
            Escalate("suggested", PROPOSED, None, (Matter(PROPOSED), also(PRICING, "suggest"))),
        ),
        (QUIET, OFF, (also(PRICING, "suggest"),), Escalate("suggested", OFF, None, (also(PRICING, "suggest"),))),
        (QUIET, OFF, (also(PRICING, "off"),), Escalate("switched_off", OFF)),
        # People decide some questions whatever their mode is.
        (
            QUIET,
            replace(scenario("escalate"), mode="off"),
            (),
            Escalate("people_only", replace(scenario("escalate"), mode="off")),
        ),
        # What presses is no other matter: people have it, with the text before them.
        (replace(QUIET, urgency="critical"), PROPOSED, (), Escalate("suggested", PROPOSED, None, (Matter(PROPOSED),))),
        # Beside a ticket that nobody has taken it is passed on with the proposal, and not twice handed over.
        (UNTAKEN, PROPOSED, (), Relay(TICKET, (Matter(PROPOSED),))),
        (UNTAKEN, OFF, (), Relay(TICKET)),
        (LOOKED_AT, PROPOSED, (), Escalate("suggested", PROPOSED, None, (Matter(PROPOSED),))),
        (TALKING, PROPOSED, (), Relay(TICKET)),
        # Small talk follows its own mode; who waits for people and greets has asked nothing.
        (QUIET, HELLO, (), GiveAnswer(HELLO)),
        (QUIET, replace(HELLO, mode="off"), (), Escalate("switched_off", replace(HELLO, mode="off"))),
        (UNTAKEN, replace(HELLO, mode="suggest"), (), Relay(TICKET)),
    ],
)
def test_the_mode_of_an_answer_says_who_gives_it(
    now: Situation, known: Scenario, more: tuple[Matter, ...], plan: Plan
) -> None:
    assert decide(now, verdict(0.9, known.key), known, POLICY, more) == plan


MIXED = replace(scenario(), answers=(COST, replace(WHEN, mode="suggest"), replace(PEOPLE, mode="off")))


@pytest.mark.parametrize(
    ("said", "plan"),
    [
        (about("COST", 0.85), GiveAnswer(MIXED, COST)),
        (
            about("WHEN", 0.85),
            Escalate("suggested", MIXED, MIXED.answers[1], (Matter(MIXED, MIXED.answers[1]),)),
        ),
        # Offered is what may be sent, or leads to people anyway.
        (about("COST", 0.7, "COST", "WHEN"), Choose(MIXED, (COST, MIXED.answers[2]))),
        (about("WHEN", 0.7, "WHEN", "COST"), Escalate("unsure", MIXED)),
        (about(None, 0.0), Choose(MIXED, (COST, MIXED.answers[2]))),
    ],
)
def test_a_customer_chooses_among_answers_that_are_sent(said: Verdict, plan: Plan) -> None:
    assert decide(QUIET, said, MIXED, POLICY) == plan


@pytest.mark.parametrize(
    ("modes", "offered"),
    [
        ({}, ["REFUND", "PRICING"]),
        ({"PRICING": "off"}, ["REFUND"]),
        ({"REFUND": "suggest"}, []),  # what is likeliest may not be offered: the other was probably not meant
        ({"REFUND": "off", "PRICING": "off"}, []),
    ],
)
def test_did_you_mean_offers_what_may_be_sent(modes: dict[str, AnswerMode], offered: list[str]) -> None:
    known = {one.key: replace(one, mode=modes.get(one.key, "auto")) for one in (scenario(), PRICING)}
    guesses = tuple(Guess(scenario=key, confidence=0.3) for key in known)
    said = replace(verdict(0.6), nearest=guesses)
    plan = decide(QUIET, said, known["REFUND"], POLICY, offerable=offered_by(known.get))
    assert plan == (
        Clarify(tuple(one for one in guesses if one.scenario in offered))
        if offered
        else Escalate("unsure", known["REFUND"])
    )
