"""Does the text that is sent answer what was asked? Messages to eight trades, by a hand that saw no phrase.

Each line names the scenario and the answer that would help, and what else would (`also`). The whole way is taken: the
engine, sentence by sentence, the decision. What is asked back counts as good where the right choice is among the
buttons, and what goes to people where nothing in the pack could have answered.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from services.classify.local import LocalClassifier
    from services.customers.plans import Plan
    from storage.records import Pack

FILE: Final = Path(__file__).with_name("messages") / "trades.jsonl"
NOTHING: Final = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A message, and all that would help its writer: `SCENARIO.ANSWER`, or `SCENARIO` where no answer is named."""

    text: str
    language: str
    helps: frozenset[str]

    @property
    def in_scope(self) -> bool:
        return NOTHING not in self.helps

    @property
    def scenarios(self) -> frozenset[str]:
        return frozenset(place.partition(".")[0] for place in self.helps)


def lines() -> list[Line]:
    """Return the messages."""
    found = []
    for row in map(json.loads, FILE.read_text("utf-8").splitlines()):
        place = f"{row['scenario']}.{row['answer']}" if row["answer"] else row["scenario"]
        found.append(Line(text=row["text"], language=row["lang"], helps=frozenset((place, *row["also"]))))
    return found


def asked(pack: Pack, local: LocalClassifier, answer_at: float, clarify_at: float) -> None:
    """Print what becomes of the messages."""
    planned = whole_way(pack, local, answer_at, clarify_at)
    count: Counter[tuple[str, bool]] = Counter()
    good: Counter[tuple[str, bool]] = Counter()
    for line in lines():
        plan = planned(line.text, line.language)
        count[type(plan).__name__, line.in_scope] += 1
        good[type(plan).__name__, line.in_scope] += helps(plan, line)
    print("\nMessages to eight trades, by a hand that saw no phrase: what becomes of them")
    print("\n".join(_table(count, good)))


def whole_way(pack: Pack, local: LocalClassifier, answer_at: float, clarify_at: float) -> Callable[[str, str], Plan]:
    """Return what decides on a text in a language, as for a customer of whom nothing else is known."""
    from services.classify.declined import Declined
    from services.classify.examples import Examples
    from services.classify.matters import Matters, called_for
    from services.classify.remarks import remark_of
    from services.classify.statements import Statements
    from services.classify.sureness import Policy
    from services.classify.urgency import of_words
    from services.classify.verdict import Question
    from services.classify.wishes import asks_for_person
    from services.customers.decisions import decide, further
    from services.customers.situation import Situation

    known = {scenario.key: scenario for scenario in pack.scenarios}
    policy = Policy(answer_at=answer_at, clarify_at=clarify_at)
    matters = Matters(Examples(Statements(local, pack), pack), policy=lambda: policy, people=called_for(pack))
    engine = Declined(matters, pack, policy=lambda: policy)

    def planned(text: str, language: str) -> Plan:
        verdict = asyncio.run(engine.classify(Question(text=text, language=language)))
        now = Situation(ticket=None, asks=asks_for_person(text), urgency=of_words(text), remark=remark_of(text))
        return decide(now, verdict, known.get(verdict.scenario), policy, further(verdict, known.get, policy))

    return planned


def helps(plan: Plan, line: Line) -> bool:
    """Whether what is done is of use to the writer."""
    from services.customers.plans import Acknowledge, Choose, Clarify, Escalate, GiveAnswer
    from storage.matters import place_of

    match plan:
        case GiveAnswer():
            return plan.matter.name in line.helps or plan.scenario.key in line.helps
        case Choose():
            return any(place_of(plan.scenario.key, answer.key) in line.helps for answer in plan.answers)
        case Clarify():
            return any(guess.scenario in line.scenarios for guess in plan.guesses)
        case Escalate():
            people = {"COMPLAINT", "HUMAN_OPERATOR"}
            return not line.in_scope or bool(people & line.scenarios)
        case Acknowledge():
            return not line.in_scope
        case _:
            return False


def _table(count: Counter[tuple[str, bool]], good: Counter[tuple[str, bool]]) -> Iterator[str]:
    named = {
        "GiveAnswer": "answered at once",
        "Choose": "asked which answer",
        "Clarify": "asked which topic",
        "Escalate": "given to people",
        "Acknowledge": "told that it is fine",
    }
    total = sum(count.values())
    yield f"{'':<20} {'share':>6} {'of use':>7} {'in scope':>9} {'of use':>7}"
    for kind, words in named.items():
        all_of, good_of = (sum(of[kind, scope] for scope in (True, False)) for of in (count, good))
        inside = count[kind, True]
        yield (
            f"{words:<20} {all_of / total:>6.1%} {good_of / max(all_of, 1):>7.3f} {inside:>9}"
            f" {good[kind, True] / max(inside, 1):>7.3f}"
        )
