"""What the pack becomes by the owner's choice: a pure function of what there is and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeVar

from services.classify.examples import words
from services.editing.pack_faults import Fault, Surroundings, faults
from services.faq.facts_found import ALWAYS_NAMED, FoundFact, facts_found, named
from services.faq.pairs import Pair
from services.faq.proposing import escaped, scenarios_of
from services.scenarios.facts import named_facts
from services.scenarios.modes import with_modes
from services.setup.state import Choice, Setup
from storage.closed_sets import AnswerMode
from storage.records import Answer, BackgroundLine, Fact, Pack, Scenario, Template
from storage.setup_pairs import SetupPair

ALWAYS: Final = frozenset(("GREETING", "THANKS", "HUMAN_OPERATOR", "COMPLAINT"))
"""What people say to every business, whatever it sells: hello, thank you, a person please, a complaint."""
Examples = Mapping[str, tuple[str, ...]]
Part = TypeVar("Part", Scenario, Answer)
Stands = Mapping[str, Collection[str]]
"""What facts say now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The pack as it will be, and what is wrong with it."""

    pack: Pack
    faults: tuple[Fault, ...] = ()
    values: tuple[FoundFact, ...] = ()
    """What facts are to say from then on."""
    released: tuple[BackgroundLine, ...] = ()
    """Off-topic lines that had to go: they ask what an answer answers now."""


def decided(setup: Setup, pairs: Collection[SetupPair]) -> bool:
    """Whether the owner's file has been looked through."""
    return setup.step == "pairs" and bool(pairs) and all(one.state != "new" for one in pairs)


def own_answers(scenarios: Iterable[Scenario]) -> int:
    """Return how many answers there are beside what everybody says."""
    return sum(len(one.answers) or 1 for one in scenarios if one.key not in ALWAYS)


def planned(
    choice: Choice,
    *,
    beside: bool,
    now: Pack,
    starter: Pack | None,
    pairs: Sequence[SetupPair] = (),
    unticked: Collection[str] = (),
    stands: Stands = MappingProxyType({}),
    speak: str = "en",
    start: AnswerMode = "auto",
) -> Plan:
    """Return what a choice makes of the pack; its faults are told in the language `speak`.

    `start`: the mode of new answers.
    """
    facts = _definitions(now, starter)
    base = now.scenarios if beside else _always(now, starter)
    values: list[FoundFact] = []
    scenarios = _always(now, starter)
    match choice:
        case "nothing":
            pass
        case "starter":
            shipped = starter.scenarios if starter else ()
            known = {one.key for one in now.scenarios} if beside else frozenset[str]()
            added = tuple(one for one in shipped if one.key not in known)
            scenarios = (*base, *_without(added, _phrases(base))) if beside else shipped
        case "faq":
            values = [one for one in found_facts(pairs, now, starter, stands) if one.key not in unticked]
            scenarios = _with_pairs(base, pairs, values)
    scenarios = with_modes(scenarios, now.scenarios, start=start)
    background, released = _background(now.background or (starter.background if starter else ()), scenarios)
    used = frozenset().union(*map(named_facts, scenarios)) | ALWAYS_NAMED | {fact.key for fact in now.facts}
    pack = Pack(
        scenarios=scenarios,
        background=background,
        version="",
        facts=tuple(fact for fact in facts if fact.key in used),
    )
    return Plan(pack=pack, values=tuple(values), released=released, faults=tuple(_faults(pack, now, speak)))


def bare(starter: Pack) -> Pack:
    """Return what a bot knows at first that begins with nothing."""
    return planned("nothing", beside=False, now=Pack(scenarios=(), background=(), version=""), starter=starter).pack


def _definitions(now: Pack, starter: Pack | None) -> tuple[Fact, ...]:
    known = {fact.key: fact for fact in (starter.facts if starter else ())} | {fact.key: fact for fact in now.facts}
    return tuple(known.values())


def found_facts(
    pairs: Iterable[SetupPair], now: Pack, starter: Pack | None, stands: Stands = MappingProxyType({})
) -> list[FoundFact]:
    """Return the facts that the owner's answers tell, but for those that say something else already."""
    used = frozenset().union(*map(named_facts, now.scenarios)) | ALWAYS_NAMED
    known = {fact.key: fact.type for fact in _definitions(now, starter) if fact.key in used}
    found = facts_found([pair_of(one) for one in pairs if one.state in ("kept", "merged")], known)
    return [one for one in found if one.value in stands.get(one.key, (one.value,))]


def pair_of(row: SetupPair) -> Pair:
    return Pair(questions=row.questions, answer=row.answer, topic=row.topic, language=row.language, place=row.place)


def _always(now: Pack, starter: Pack | None) -> tuple[Scenario, ...]:
    standing = {one.key: one for one in now.scenarios if one.key in ALWAYS}
    shipped = {one.key: one for one in (starter.scenarios if starter else ()) if one.key in ALWAYS}
    return tuple((shipped | standing).values())


def _with_pairs(
    base: Sequence[Scenario], pairs: Sequence[SetupPair], values: Sequence[FoundFact]
) -> tuple[Scenario, ...]:
    """Add what is kept, and give the answers that were named what is merged with them."""
    kept = [one for one in pairs if one.state == "kept"]
    merged = [one for one in pairs if one.state == "merged"]
    taught = {words(phrase) for one in (*kept, *merged) for _, phrase in _asked(one)}
    standing = list(_without(base, taught, keeping=[(one.scenario, one.target) for one in merged]))
    for one in merged:
        at = next((n for n, scenario in enumerate(standing) if scenario.key == one.scenario), None)
        if at is None:  # the answer went with the others
            kept.append(one)
        else:
            standing[at] = _merged(standing[at], one, values)
    added = scenarios_of(map(pair_of, kept), taken=[one.key for one in standing], facts=values)
    by_question = {one.questions: one for one in kept}
    return (*standing, *(_finished(one, by_question) for one in added))


def _finished(scenario: Scenario, rows: Mapping[tuple[str, ...], SetupPair]) -> Scenario:
    """Give new answers the titles that the owner wrote, and the phrasings that were ticked."""
    return replace(scenario, answers=tuple(_titled(answer, rows) for answer in scenario.answers))


def _titled(answer: Answer, rows: Mapping[tuple[str, ...], SetupPair]) -> Answer:
    row = rows[next(iter(answer.examples.values()))]
    return replace(answer, title=dict.fromkeys(answer.title, row.title), examples=_taught({}, row))


def _merged(scenario: Scenario, row: SetupPair, values: Sequence[FoundFact]) -> Scenario:
    if row.target is None:
        return _extended(scenario, row, values)
    answers = tuple(_extended(one, row, values) if one.key == row.target else one for one in scenario.answers)
    return replace(scenario, answers=answers)


def _extended(part: Part, row: SetupPair, values: Sequence[FoundFact]) -> Part:
    texts: tuple[Template, ...] = part.templates
    if row.own_text:
        own = Template(language=row.language, text=named(escaped(row.answer), values))
        texts = (*(one for one in texts if one.language != row.language), own)
    return replace(part, examples=_taught(part.examples, row), templates=texts)


def _taught(examples: Examples, row: SetupPair) -> Examples:
    said = {language: list(lines) for language, lines in examples.items()}
    for language, phrase in _asked(row):
        lines = said.setdefault(language, [])
        if words(phrase) not in map(words, lines):
            lines.append(phrase)
    return {language: tuple(lines) for language, lines in said.items()}


def _asked(row: SetupPair) -> Iterator[tuple[str, str]]:
    """Yield each way of asking with its language: those of the file, and those that were ticked."""
    yield from ((row.language, question) for question in row.questions)
    yield from ((one.language, one.text) for one in row.phrasings if one.ticked)


def _phrases(scenarios: Iterable[Scenario]) -> frozenset[str]:
    return frozenset(
        words(line) for one in scenarios for _, part in one.parts for lines in part.examples.values() for line in lines
    )


def _without(
    scenarios: Iterable[Scenario], phrases: Collection[str], keeping: Collection[tuple[str | None, str | None]] = ()
) -> tuple[Scenario, ...]:
    """Take phrases away that teach something else from now on; what loses all of its phrases goes.

    `keeping`: what stays all the same, since it is given phrases.
    """
    return tuple(found for one in scenarios if (found := _rest(one, phrases, keeping)) is not None)


def _rest(
    scenario: Scenario, phrases: Collection[str], keeping: Collection[tuple[str | None, str | None]]
) -> Scenario | None:
    answers = tuple(
        replace(one, examples=_left(one.examples, phrases))
        for one in scenario.answers
        if not one.examples or _left(one.examples, phrases) or (scenario.key, one.key) in keeping
    )
    left = _left(scenario.examples, phrases)
    bare = scenario.examples and not left and not scenario.answers and (scenario.key, None) not in keeping
    if bare or (scenario.answers and not answers):
        return None
    return replace(scenario, examples=left, answers=answers)


def _left(examples: Examples, phrases: Collection[str]) -> Examples:
    kept = {
        language: tuple(line for line in lines if words(line) not in phrases) for language, lines in examples.items()
    }
    return {language: lines for language, lines in kept.items() if lines}


def _background(
    lines: Sequence[BackgroundLine], scenarios: Iterable[Scenario]
) -> tuple[tuple[BackgroundLine, ...], tuple[BackgroundLine, ...]]:
    taught = _phrases(scenarios)
    kept = tuple(line for line in lines if words(line.text) not in taught)
    return kept, tuple(line for line in lines if words(line.text) in taught)


def _faults(pack: Pack, before: Pack, speak: str) -> Iterator[Fault]:
    """Yield what stands against saving; not what was so before."""
    around = Surroundings(
        scenarios=pack.scenarios, background=pack.background, facts=frozenset(fact.key for fact in pack.facts)
    )
    stood = {one.key: one for one in before.scenarios}
    for scenario in pack.scenarios:
        old = stood.get(scenario.key)
        if scenario != old:
            borne = {(one.place, one.message) for one in faults(old, around, speak)} if old else set()
            found = (one for one in faults(scenario, around, speak) if one.severity == "error")
            yield from (one for one in found if (one.place, one.message) not in borne)
