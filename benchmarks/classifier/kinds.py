"""Kinds of messages at which engines of words fail, a dozen of each, by a hand that saw no phrase.

Negations, a question behind a courtesy, how-to that sounds like a fault, statements, shared words, long mails, noise,
urgent matters. What counts is harm: a text that is sent and does not answer, and a text where nothing was asked.
The labels are that hand's; `also` names, besides, what the starter pack has got an answer for since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.classifier.asked import whole_way

if TYPE_CHECKING:
    from benchmarks.classifier.floors import Floors
    from services.classify.local import LocalClassifier
    from services.customers.plans import Plan
    from storage.records import Pack

FILE: Final = Path(__file__).with_name("messages") / "kinds.jsonl"
NOTHING: Final = "nothing"
PERSON: Final = "a person"
HEAD: Final = f"\n{'kind':<18} {'lines':>5} {'sent':>6} {'right':>6} {'served':>7}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    kind: str
    text: str
    language: str
    fits: frozenset[str]
    """Scenarios that a text may be sent from."""
    wants: str
    """`nothing`, `a person`, or what should be told."""


def lines() -> list[Line]:
    rows = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [
        Line(
            kind=row["kind"],
            text=row["text"],
            language=row["lang"],
            fits=frozenset((row["scenario"], *row["also"])),
            wants=row["wants"],
        )
        for row in rows
    ]


def kinds(pack: Pack, local: LocalClassifier, answer_at: float, clarify_at: float, floors: Floors) -> None:
    """Print, by kind, what share gets a text, how many of these fit, and for how many what is done is of use."""
    planned = whole_way(pack, local, answer_at, clarify_at)
    told = [(line, planned(line.text, line.language)) for line in lines()]
    print(HEAD)
    for kind in (*dict.fromkeys(line.kind for line, _ in told), "all"):
        here = [(line, plan) for line, plan in told if kind in (line.kind, "all")]
        sent = [(line, plan) for line, plan in here if type(plan).__name__ == "GiveAnswer"]
        share, right = len(sent) / len(here), sum(served(plan, line) for line, plan in sent)
        good = sum(served(plan, line) for line, plan in here) / len(here)
        precision = f"{right / len(sent):>6.3f}" if sent else f"{'–':>6}"
        print(f"{kind:<18} {len(here):>5} {share:>6.3f} {precision} {good:>7.3f}")
        floors.hold(f"kinds: {kind}", right=right / len(sent) if sent else 1.0, served=good)


def served(plan: Plan, line: Line) -> bool:
    """Whether what is done is of use, and does no harm: a person for somebody who wants nothing does none."""
    from services.customers.plans import Acknowledge, Choose, Clarify, Escalate, GiveAnswer

    match plan:
        case GiveAnswer():
            calls = plan.matter.action == "answer_and_escalate" and line.wants == PERSON
            return calls or (plan.scenario.key in line.fits and line.wants != NOTHING)
        case Choose():
            return plan.scenario.key in line.fits
        case Clarify():
            return any(guess.scenario in line.fits for guess in plan.guesses)
        case Escalate():
            return line.wants in (PERSON, NOTHING)
        case Acknowledge():
            return line.wants == NOTHING
        case _:
            return line.wants == NOTHING
