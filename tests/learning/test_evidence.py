"""What labels come to: an operator beats customers, each customer counts once, and what was denied teaches nothing."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest

from services.classify.examples import Place
from services.learning.contradictions import contradicting
from services.learning.evidence import phrases_of
from services.learning.labelling import OF_CUSTOMERS
from storage.closed_sets import LabelSource
from storage.labels import Label

NUMBERS = itertools.count(1)


def said(source: LabelSource, scenario: str | None, text: str = "where is my order", **more: Any) -> Label:
    mine = source in OF_CUSTOMERS
    known: dict[str, Any] = {
        "id": next(NUMBERS),
        "ticket_id": 1,
        "message_id": None,
        "answer": None,
        "language": "en",
        "operator_id": None if mine else 7,
        "operator_name": None if mine else "Olga",
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        "customer_id": 1,
    }
    return Label(source=source, scenario=scenario, text=text, **known | more)


@pytest.mark.parametrize(
    ("labels", "learned"),
    [
        ([said("correct", "DELIVERY")], ("DELIVERY", 1.0)),
        ([said("sent", "DELIVERY")], ("DELIVERY", 0.8)),
        ([said("sent", "DELIVERY"), said("edited", "DELIVERY")], ("DELIVERY", 1.0)),
        ([said("sent", "DELIVERY"), said("correct", "REFUND")], ("REFUND", 1.0)),
        ([said("sent", "DELIVERY"), said("sent", "REFUND")], ("REFUND", 0.8)),
        ([said("correct", None)], (None, 1.0)),
        ([said("picked", "REFUND", customer_id=n) for n in range(9)] + [said("sent", "DELIVERY")], ("DELIVERY", 0.8)),
        ([said("picked", "REFUND")], ("REFUND", 0.4)),
        ([said("picked", "REFUND", customer_id=n) for n in range(9)], ("REFUND", 0.6)),
        ([said("helped", "REFUND", customer_id=1), said("helped", "REFUND", customer_id=2)], ("REFUND", 0.4)),
        ([said("helped", "REFUND") for _ in range(9)], None),
        ([said("picked", "REFUND"), said("person", "REFUND", customer_id=2)], None),
        ([said("picked", "REFUND"), said("wrong", "REFUND")], None),
        ([said("correct", "REFUND"), said("wrong", "REFUND")], None),
        ([said("wrong", "REFUND")], None),
        ([said("correct", "REFUND", "[PHONE] [NAME]")], None),
    ],
)
def test_what_was_said_of_the_same_words(labels: list[Label], learned: tuple[str | None, float] | None) -> None:
    found = phrases_of(labels)
    assert [(one.scenario, one.weight) for one in found] == ([learned] if learned else [])


def test_other_marks_and_letters_are_the_same_words_and_masks_are_left_out() -> None:
    [one] = phrases_of([said("sent", "A", "Call me: [PHONE]!"), said("sent", "A", "call me [PHONE]")])
    assert (one.text, one.weight) == ("call me", 1.0)


def vandal(count: int) -> list[Label]:
    return [said("correct", "REFUND", f"delivery {number}", operator_id=9) for number in range(count)]


@pytest.mark.parametrize(
    ("labels", "held"),
    [
        ([said("correct", "REFUND", "how much is delivery")], 1),
        ([said("correct", "DELIVERY", "how much is delivery")], 0),
        ([said("correct", "REFUND", "how much is delivery", confirmed_by="Anna")], 0),
        ([said("correct", "REFUND", "delivery of what I sent back")], 0),
        ([said("picked", "REFUND", "delivery of what I sent back")], 1),
        ([said("correct", "REFUND", "something new")], 0),
        ([*vandal(9)], 0),
        ([*vandal(200)], 200),
        ([*vandal(10), *(said("correct", "REFUND", f"new {n}", operator_id=9) for n in range(20))], 30),
        ([*vandal(10), *(said("correct", "REFUND", f"new {n}", operator_id=8) for n in range(50))], 10),
        ([*vandal(9), *(said("correct", "REFUND", f"new {n}", operator_id=9) for n in range(90))], 0),
        ([*vandal(10), *(said("correct", "REFUND", f"new {n}", operator_id=9) for n in range(90))], 10),
        ([*vandal(10), *(said("correct", "DELIVERY", f"new {n}", operator_id=9) for n in range(90))], 0),
    ],
)
def test_what_contradicts_waits_for_an_admin(labels: list[Label], held: int) -> None:
    """Of a phrase always, of what the bot is sure of where it is a customer's word, or too much of one author's."""
    phrases = {"how much is delivery": ("DELIVERY", "COST")}
    found = contradicting(labels, phrases, sure_of_delivery)
    assert len(found.held) == held


def sure_of_delivery(text: str) -> Place | None:
    return ("DELIVERY", None) if "delivery" in text else None


@pytest.mark.parametrize("others", [0, 200], ids=["alone", "among many labels of another operator"])
def test_what_comes_a_few_at_a_time_is_added_up(others: int) -> None:
    """Nine a week are obeyed in the first one; in the second, all of them wait."""
    first, second = vandal(9), vandal(9)
    rest = [said("correct", "REFUND", f"new {number}", operator_id=8) for number in range(others)]
    begun = contradicting([*first, *rest], {}, sure_of_delivery)
    assert begun.held == ()
    assert len(begun.against) == 9
    then = contradicting(second, {}, sure_of_delivery, obeyed=[*first, *rest], doubted=begun.against)
    assert [one.id for one in then.held] == [one.id for one in (*first, *second)]
    calm = contradicting(second, {}, sure_of_delivery, obeyed=rest, doubted={})
    assert calm.held == (), "what an admin has accepted is counted no longer"


def test_two_authors_against_one_answer_are_too_many_together() -> None:
    mine = [said("correct", "REFUND", f"delivery {number}", operator_id=9) for number in range(5)]
    theirs = [said("correct", "REFUND", f"delivery of {number}", operator_id=8) for number in range(5)]
    rest = [said("correct", "PRICING", f"new {number}", operator_id=7) for number in range(300)]
    assert len(contradicting([*mine, *theirs, *rest], {}, sure_of_delivery).held) == 10
    proven = [said("sent", "DELIVERY", f"parcel {number}", operator_id=7) for number in range(20)]
    assert contradicting([*mine, *theirs, *rest, *proven], {}, sure_of_delivery).held == ()
