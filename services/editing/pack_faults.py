"""What is wrong with a scenario that somebody is writing: told at its field, in the language of the writer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from services.classify.examples import words
from services.scenarios.packs.parsing import MAX_BUTTON, MAX_KEYS, MAX_TITLE, read_scenario
from services.scenarios.packs.parts import KEY, MAX_PHRASE, MAX_TEXT, RESERVED
from services.scenarios.packs.phrases import ENOUGH, same_words
from services.scenarios.packs.problems import Complaints
from services.scenarios.packs.writing import scenario_text
from services.templates import check, explain
from services.texts import label, text_key
from services.texts.keys import PackFaultKey
from storage.closed_sets import LANGUAGES, Action
from storage.matters import place_of
from storage.records import Answer, BackgroundLine, Scenario, Template

Severity = Literal["error", "notice"]
QUOTED: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One of them. `place` names the field: `title.ru`, `answers.0.texts.1`."""

    place: str
    line: int | None
    """Of a text or of a list of phrases, from 1."""
    message: str
    fix: str = ""
    severity: Severity = "error"
    """A notice stops nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a scenario has to get on with."""

    scenarios: Sequence[Scenario]
    background: Sequence[BackgroundLine]
    facts: Collection[str]

    def taught(self, but: str) -> Mapping[str, str]:
        """Return what phrases of all other scenarios belong to, and an empty place for off-topic lines."""
        found = {_meaning(line.text): "" for line in self.background}
        for scenario in self.scenarios:
            if scenario.key != but:
                found |= _phrases_of(scenario)
        return found


def _phrases_of(scenario: Scenario) -> dict[str, str]:
    return {
        _meaning(line): place_of(scenario.key, key)
        for key, part in scenario.parts
        for lines in part.examples.values()
        for line in lines
    }


def _meaning(phrase: str) -> str:
    return words(phrase) or same_words(phrase)


def faults(scenario: Scenario, around: Surroundings, speak: str) -> list[Fault]:
    """Return everything, errors and notices, in the order of the fields."""
    found = list(_Checking(scenario, around, speak).run())
    if not any(one.severity == "error" for one in found):
        found += _unreadable(scenario, around, speak)
    return found


def _unreadable(scenario: Scenario, around: Surroundings, speak: str) -> Iterator[Fault]:
    """Whatever is kept can be written to a file and read again, so the reader of files has the last word."""
    complaints = Complaints(scenario.key)
    read_scenario(scenario_text(scenario), complaints, facts=around.facts)
    for one in complaints.found:
        if one.severity == "error":
            said = label(text_key("pack_fault", "whole"), speak, part=one.message)
            yield Fault(place="", line=None, message=said, fix=one.fix)


class _Checking:
    def __init__(self, scenario: Scenario, around: Surroundings, speak: str) -> None:
        self._scenario = scenario
        self._around = around
        self._speak = speak
        self._taught = dict(around.taught(scenario.key))

    def run(self) -> Iterator[Fault]:
        one = self._scenario
        yield from self._key("key", one.key)
        yield from self._title("", one.title, MAX_TITLE)
        yield from self._text("description", one.description)
        if one.answers:
            if one.templates:
                yield self._fault("texts.0", "texts_own")
            yield from self._phrases("", place_of(one.key, None), one.examples)
        else:
            yield from self._part("", one, one.action)
        for number, answer in enumerate(one.answers):
            yield from self._answer(f"answers.{number}.", answer)

    def _answer(self, at: str, answer: Answer) -> Iterator[Fault]:
        yield from self._key(f"{at}key", answer.key)
        if sum(other.key == answer.key for other in self._scenario.answers) > 1:
            yield self._fault(f"{at}key", "key_taken", part=answer.key)
        if len(self._scenario.key) + len(answer.key) > MAX_KEYS:
            yield self._fault(f"{at}key", "keys_long", most=MAX_KEYS)
        yield from self._title(at, answer.title, MAX_BUTTON)
        yield from self._part(at, answer, answer.action or self._scenario.action)

    def _part(self, at: str, part: Scenario | Answer, action: Action) -> Iterator[Fault]:
        """Check what has phrases and texts of its own."""
        place = place_of(self._scenario.key, part.key if isinstance(part, Answer) else None)
        if not any(part.examples.values()):
            yield self._fault(f"{at}phrases", "phrases_none")
        else:
            yield from self._amounts(at, part.examples)
        yield from self._phrases(at, place, part.examples)
        yield from self._texts(at, part.templates, action)

    def _key(self, place: str, key: str) -> Iterator[Fault]:
        if not KEY.fullmatch(key) or key == RESERVED:
            yield self._fault(place, "key", part=key)

    def _title(self, at: str, titles: Mapping[str, str], most: int) -> Iterator[Fault]:
        for language in dict.fromkeys((*LANGUAGES, *titles)):
            said = titles.get(language, "")
            if not said.strip():
                yield self._fault(f"{at}title.{language}", "title_empty")
            elif len(said) > most:
                yield self._fault(f"{at}title.{language}", "title_long", size=len(said), most=most)

    def _text(self, place: str, said: str) -> Iterator[Fault]:
        if not said.strip():
            yield self._fault(place, "description_empty")
        elif len(said) > MAX_TEXT:
            yield self._fault(place, "description_long", size=len(said), most=MAX_TEXT)

    def _amounts(self, at: str, examples: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
        for language in LANGUAGES:
            size = len(examples.get(language, ()))
            if size < ENOUGH:
                code: PackFaultKey = "phrases_few" if size else "phrases_language"
                yield self._fault(f"{at}phrases.{language}", code, severity="notice", size=size, most=ENOUGH)

    def _phrases(self, at: str, teaches: str, examples: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
        for language, lines in examples.items():
            for number, phrase in enumerate(lines, 1):
                place, part = f"{at}phrases.{language}", phrase[:QUOTED]
                if len(phrase) > MAX_PHRASE:
                    yield self._fault(place, "phrase_long", line=number, size=len(phrase), most=MAX_PHRASE)
                other = self._taught.setdefault(_meaning(phrase), teaches)
                if other == "":
                    yield self._fault(place, "phrase_background", line=number, part=part)
                elif other != teaches:
                    yield self._fault(place, "phrase_elsewhere", line=number, part=part, place=other)

    def _texts(self, at: str, texts: Sequence[Template], action: Action) -> Iterator[Fault]:
        for number, template in enumerate(texts):
            yield from self._template(f"{at}texts.{number}", template)
        written = {one.language for one in texts}
        if action == "escalate":
            if texts:
                yield self._fault(f"{at}texts.0", "texts_unused", severity="notice")
        elif not texts:
            yield self._fault(f"{at}texts", "texts_none")
        else:
            for language in (one for one in LANGUAGES if one not in written):
                yield self._fault(f"{at}texts.{language}", "texts_language", severity="notice")

    def _template(self, place: str, template: Template) -> Iterator[Fault]:
        if not template.text.strip():
            yield self._fault(place, "text_empty")
            return
        for problem in check(template.text, facts=self._around.facts):
            message, fix = explain(problem, self._speak)
            yield Fault(place=place, line=problem.line, message=message, fix=fix)

    def _fault(
        self,
        at: str,
        code: PackFaultKey,
        /,
        *,
        line: int | None = None,
        severity: Severity = "error",
        **fields: object,
    ) -> Fault:
        message = label(text_key("pack_fault", code), self._speak, **fields)
        return Fault(place=at, line=line, message=message, severity=severity)
