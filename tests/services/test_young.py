"""The thresholds of answers of few phrases, by their record: the rule as a table."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from services.autopilot.policies import policy_of
from services.autopilot.young import BEGINS, FEW, GROWN, HIGHEST, LOWEST, Beginning, beginnings, growth, young
from services.classify.sureness import Policy
from services.classify.verdict import Guess, Verdict
from storage.evidence import Outcome
from storage.matters import place_from, place_of
from storage.records import Answer, Scenario

CONFIGURED = Policy(answer_at=0.775, clarify_at=0.3)
USUAL = 0.775
NEW = Beginning(at=BEGINS)
BOTH = {"A": NEW, "B": NEW}


def some(number: int, confidence: float, right: float = 1.0, place: str = "A") -> list[Outcome]:
    return [Outcome(confidence=confidence, right=right, place=place)] * number


def scenario(key: str, phrases: int, **more: Any) -> Scenario:
    made = Scenario(
        key=key, title={}, description="", priority="low", action="answer", examples=lines(phrases), templates=()
    )
    return replace(made, **more)


def lines(number: int) -> dict[Any, tuple[str, ...]]:
    return {"en": tuple(f"phrase {one}" for one in range(number))}


def answer(key: str, phrases: int, **more: Any) -> Answer:
    return Answer(key=key, title={}, examples=lines(phrases), templates=(), **more)


def says(place: str, confidence: float) -> Verdict:
    key, _, own = place.partition(".")
    return Verdict(
        scenario=key,
        confidence=0.99 if own else confidence,
        reasoning="",
        engine="local",
        version="1",
        answer=own or None,
        answer_confidence=confidence if own else 0.0,
        answers=(Guess(scenario=own, confidence=confidence),) if own else (),
    )


def test_what_has_few_phrases_begins_where_nearly_all_is_right() -> None:
    found = beginnings(
        (
            scenario("MADE", 1),
            scenario("KNOWN", GROWN),
            scenario("PEOPLE", 2, action="escalate"),
            scenario("THANKS", 2),
            scenario("FAQ", 0, answers=(answer("ASKED", 2), answer("NAMED", 0), answer("MORE", FEW))),
        ),
        USUAL,
    )
    assert found == {"MADE": NEW, "FAQ.ASKED": Beginning(at=USUAL), "FAQ.NAMED": NEW, "FAQ.MORE": NEW}


@pytest.mark.parametrize("outcomes", [[], [Outcome(confidence=0.9, right=1.0, place="MADE")] * 5])
def test_with_more_phrases_it_comes_nearer_to_the_threshold_of_all(outcomes: list[Outcome]) -> None:
    """It left its own at once, with one phrase more than few: from .96 to .775."""
    at = [
        policy_of(CONFIGURED, (scenario("MADE", phrases),), outcomes).at("MADE", None)
        for phrases in range(FEW, GROWN + 1)
    ]
    steps = [before - after for before, after in itertools.pairwise(at)]
    assert at[-1] == USUAL
    assert all(0 <= step < 0.02 for step in steps)
    assert sum(steps) > 0.08


@pytest.mark.parametrize(
    ("outcomes", "least", "most"),
    [
        ([], 10, 40),
        ([Outcome(confidence=0.9, right=1.0, place="A")] * 10, 1, 20),
        ([Outcome(confidence=0.9, right=0.0, place="A")] * 20, None, None),
    ],
)
def test_how_many_confirmations_it_still_needs(outcomes: list[Outcome], least: int | None, most: int | None) -> None:
    found = growth(BOTH, outcomes, USUAL)["A"]
    if least is None or most is None:
        assert found.needs is None
        return
    assert found.needs is not None
    assert least <= found.needs <= most
    more = [Outcome(confidence=0.9, right=1.0, place="A")] * found.needs
    assert "A" not in growth(BOTH, [*more, *more[:2], *outcomes], USUAL), "then it is given as early as all others"
    assert "A" in growth(BOTH, [*more[: len(more) // 2], *outcomes], USUAL)


def test_what_is_given_as_early_as_all_others_needs_nothing() -> None:
    assert growth({"A": Beginning(at=USUAL)}, [], USUAL) == {}


@pytest.mark.parametrize(
    ("outcomes", "lowest", "highest"),
    [
        ([], BEGINS, BEGINS),
        (some(1, 0.9), 0.92, 0.959),
        (some(1, 0.9, 0.0), HIGHEST, HIGHEST),
        (some(10, 0.9), 0.78, 0.9),
        (some(200, 0.9), LOWEST, 0.75),
        (some(20, 0.9, 0.5), HIGHEST, HIGHEST),  # customers who called a person each time
        (some(20, 0.9) + some(20, 0.9, 0.0), HIGHEST, HIGHEST),
        (some(95, 0.9) + some(5, 0.9, 0.0), 0.75, 0.9),
    ],
)
def test_the_record_of_an_answer_moves_it(outcomes: list[Outcome], lowest: float, highest: float) -> None:
    assert lowest <= young(BOTH, outcomes, USUAL)["A"].answer_at <= highest


def test_what_others_of_few_phrases_have_proven_counts_less_than_its_own() -> None:
    found = young(BOTH, some(30, 0.9), USUAL)
    assert found["A"].answer_at < found["B"].answer_at < BEGINS
    assert (found["A"].confirmed, found["B"].confirmed) == (30, 0)
    mixed = young(BOTH, some(30, 0.9) + some(4, 0.9, 0.0, place="B"), USUAL)
    assert mixed["A"].answer_at < 0.9 < HIGHEST == mixed["B"].answer_at


def test_what_is_surer_by_the_engine_proves_less() -> None:
    assert young(BOTH, some(20, 0.97), USUAL)["A"].answer_at > young(BOTH, some(20, 0.7), USUAL)["A"].answer_at


def test_answers_of_many_phrases_keep_to_the_threshold_of_all() -> None:
    known = scenario("KNOWN", GROWN)
    policy = policy_of(CONFIGURED, (known, scenario("MADE", 2)), some(60, 0.9, 0.0, place="MADE"))
    assert (policy.at("KNOWN", None), policy.at("MADE", None)) == (0.775, HIGHEST)
    assert policy.settles(says("KNOWN", 0.8))
    wrong = some(30, 0.8, 0.0, place="KNOWN")
    assert policy_of(CONFIGURED, (known, scenario("MADE", 2)), wrong).at("MADE", None) == BEGINS


def test_only_what_would_be_given_otherwise_is_held_back() -> None:
    faq = scenario("FAQ", 0, answers=(answer("ASKED", 2), answer("MORE", FEW)))
    policy = policy_of(CONFIGURED, (scenario("MADE", 2), faq), some(2, 0.9, place="MADE"))
    held = policy.held_back(says("MADE", 0.85))
    assert held is not None
    assert held.confirmed == 2
    assert policy.held_back(says("MADE", 0.7)) is None, "nobody would give it"
    assert policy.held_back(says("MADE", 0.97)) is None, "it is given"
    assert policy.held_back(says("FAQ.MORE", 0.9)) is not None
    assert policy.knows(says("FAQ.MORE", 0.9)), "it may be asked which answer is meant"
    assert policy.settles(says("FAQ.ASKED", 0.78)), "an owner's question is found by a curve of its own"


@pytest.mark.parametrize("place", [("DELIVERY", None), ("DELIVERY", "COST")])
def test_the_name_of_a_place_is_read_back(place: tuple[str, str | None]) -> None:
    assert place_from(place_of(*place)) == place
