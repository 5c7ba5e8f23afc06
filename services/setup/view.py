"""What there is to see of the set-up, for the chat and for the page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.faq.facts_found import FoundFact
from services.scenarios.business import Business, business_of
from services.setup.facts_wanted import Wanted, wanted_facts
from services.setup.planning import Stands, found_facts, own_answers
from services.setup.state import STEPS, Setup
from services.texts.titles import full_title
from storage.matters import place_from, place_of
from storage.records import Pack, Scenario, Template
from storage.setup_pairs import SetupPair
from storage.units import Unit

A_PAGE: Final = 8
"""Answers to choose from at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """An answer that a pair may belong to."""

    name: str
    title: str
    text: str | None
    """Its first text in the language of the pair, as a template; None: it has none, or it is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One of the answers that what was tried may belong to."""

    number: int
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    setup: Setup
    mine: bool
    business: Business
    service: str
    """What customers are told that the business is called."""
    answers: int
    """How many answers there are beside what everybody says."""
    shipped: bool
    """They are those of the starter pack alone."""
    pairs: Sequence[SetupPair]
    found: Sequence[FoundFact]
    wanted: Sequence[Wanted]
    likely: Sequence[Likely]
    """Of the pair that is merged."""
    places: Sequence[Place]
    """Answers that what was tried may belong to: those of one page, or the one that it was taught."""
    proposes: bool
    """There is a model that can propose other ways of asking."""

    @property
    def number(self) -> int:
        """Which step it is, from 1."""
        return STEPS.index(self.setup.step) + 1

    @property
    def pair(self) -> SetupPair | None:
        return next((one for one in self.pairs if one.id == self.setup.pair), None)

    @property
    def place(self) -> tuple[int, int]:
        """Which pair, or which fact, of how many."""
        if self.setup.step == "pairs":
            ids = [one.id for one in self.pairs]
            return (ids.index(self.setup.pair) + 1 if self.setup.pair in ids else len(ids)), len(ids)
        keys = [one.fact.key for one in self.wanted]
        return (keys.index(self.setup.fact) + 1 if self.setup.fact in keys else len(keys)), len(keys)

    @property
    def fact(self) -> Wanted | None:
        return next((one for one in self.wanted if one.fact.key == self.setup.fact), None)


def view_of(
    unit: Unit,
    setup: Setup,
    *,
    who: int,
    service: str,
    starter: Pack | None,
    settings: Mapping[str, str],
    speak: str,
    proposes: bool,
) -> View:
    """Return what is to be seen. `service`: its name by the settings."""
    business = business_of(unit)
    now = pack_of(unit)
    pairs = unit.scenarios.pairs.all() if setup.step == "pairs" else []
    merging = next((one for one in pairs if one.id == setup.pair), None) if setup.merging is not None else None
    return View(
        setup=setup,
        mine=setup.holder is not None and setup.holder.id == who,
        business=business,
        service=business.name or service,
        answers=own_answers(now.scenarios),
        shipped=starter is not None and _said(now.scenarios) <= _said(starter.scenarios),
        pairs=pairs,
        found=found_facts(pairs, now, starter, stands_of(unit)) if pairs and setup.pair is None else [],
        wanted=wanted_facts(unit, settings) if setup.step == "facts" else [],
        likely=[_likely(now.scenarios, name, merging, speak) for name in merging.likely] if merging else [],
        places=_places(now.scenarios, setup, speak),
        proposes=proposes,
    )


def pack_of(unit: Unit) -> Pack:
    """Return what the bot knows; which version of it that is does not matter here."""
    scenarios, background = unit.scenarios.load()
    return Pack(scenarios=scenarios, background=background, version="", facts=tuple(unit.facts.definitions()))


def stands_of(unit: Unit) -> Stands:
    """Return what facts say now."""
    found: dict[str, list[str]] = {}
    for one in unit.facts.standing():
        found.setdefault(one.key, []).append(one.value)
    return found


def _likely(scenarios: Sequence[Scenario], name: str, pair: SetupPair, speak: str) -> Likely:
    key, answer = place_from(name)
    scenario = next((one for one in scenarios if one.key == key), None)
    part = scenario.answer(answer) if scenario else None
    if scenario is None or (answer and part is None):
        return Likely(name=name, title=name, text=None)
    text = _text(scenario.texts(part), pair.language)
    return Likely(name=name, title=full_title(scenario, part, speak), text=text)


def _places(scenarios: Sequence[Scenario], setup: Setup, speak: str) -> list[Place]:
    tried = setup.trying
    if tried is None:
        return []
    named = list(enumerate(tried.places))
    wanted = named[tried.page * A_PAGE : (tried.page + 1) * A_PAGE] if tried.asks == "place" else []
    if tried.taught and tried.place:
        wanted = [(0, tried.place)]
    return [Place(number=at, name=name, title=_title(scenarios, name, speak)) for at, name in wanted]


def _title(scenarios: Sequence[Scenario], name: str, speak: str) -> str:
    key, answer = place_from(name)
    scenario = next((one for one in scenarios if one.key == key), None)
    return full_title(scenario, scenario.answer(answer), speak) if scenario else name


def _said(scenarios: Sequence[Scenario]) -> set[tuple[str, str, str]]:
    """Return every text with whose it is."""
    return {
        (place_of(one.key, part.key if part else None), text.language, text.text)
        for one in scenarios
        for part, texts in ((None, one.templates), *((answer, answer.templates) for answer in one.answers))
        for text in texts
    }


def _text(templates: Sequence[Template], language: str) -> str | None:
    return next((one.text for one in templates if one.language == language), None)
