"""Labels from work that happens anyway: each is kept with words that masking has read, and weighs by its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.classify.masking.masking import mask
from services.classify.masking.names import hide_names
from storage.closed_sets import LabelSource
from storage.records import Customer, Message
from storage.units import Unit

WEIGHTS: Final[Mapping[LabelSource, float]] = {
    "correct": 1.0,
    "taught": 1.0,
    "sent": 0.8,
    "grouped": 0.8,
    "edited": 0.6,
    "wrong": -1.0,
    "picked": 0.4,
    "helped": 0.2,
    "person": -0.2,
}
"""What a label weighs beside a phrase of the pack, which weighs 1. Below zero: it says what the words are not about.

A customer's counts less than any of an operator's: they know what they meant, and not which answers there are; and
whoever calls a person may just want one.
"""
OF_CUSTOMERS: Final[frozenset[LabelSource]] = frozenset(("picked", "helped", "person"))


def masked(words: str, customer: Customer) -> str:
    """Return a customer's words as a label may hold them."""
    return hide_names(mask(words), names=(customer.first_name, customer.last_name))


def keep_pick(
    unit: Unit, customer: Customer, line: Message, *, scenario: str, answer: str | None, language: str
) -> None:
    """Keep what a customer says that their line is about; the last pick counts."""
    unit.labels.retire_of_line(line.id, "picked")
    _keep(unit, "picked", customer, line, scenario=scenario, answer=answer, language=language)


def keep_feedback(
    unit: Unit, customer: Customer, line: Message, *, helped: bool, scenario: str, answer: str | None, language: str
) -> None:
    """Keep whether an answer to a customer's line was it; who was helped may still call a person."""
    unit.labels.retire_of_line(line.id, "helped", "person")
    source: LabelSource = "helped" if helped else "person"
    _keep(unit, source, customer, line, scenario=scenario, answer=answer, language=language)


def _keep(
    unit: Unit,
    source: LabelSource,
    customer: Customer,
    line: Message,
    *,
    scenario: str,
    answer: str | None,
    language: str,
) -> None:
    if line.author != "customer" or not line.text.strip():
        return
    unit.labels.add(
        source,
        message_id=line.id,
        ticket_id=line.ticket_id,
        scenario=scenario,
        answer=answer,
        language=language,
        text=masked(line.text, customer),
    )
