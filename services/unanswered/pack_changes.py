"""What is added to the pack out of customers' questions, and how it is taken away again. Inside a write unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from pydantic import TypeAdapter

from services.editing.stored_versions import announce
from services.faq.proposing import key_of
from services.scenarios.documents import content_of, mark_of
from services.scenarios.packs.parsing import MAX_TITLE
from services.scenarios.packs.parts import MAX_PHRASE, MAX_TEXT
from storage.closed_sets import LANGUAGES, AnswerMode, Language
from storage.records import Answer, BackgroundLine, Scenario, Template
from storage.units import Unit

PHRASES_MOST: Final = 40
"""Questions of a group that become phrases, the newest: as many as an answer of the starter pack has."""
_MASKED: Final = re.compile(r"\s*\[[A-Z]{2,12}\]")
Line = tuple[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A phrase that stood elsewhere before. No scenario: it was background."""

    line: Line
    scenario: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a decision has added: taking it back takes away just that."""

    scenario: str | None = None
    answer: str | None = None
    phrases: tuple[Line, ...] = ()
    """Of the answer that these two keys name."""
    background: tuple[Line, ...] = ()
    moved: tuple[Moved, ...] = ()
    made: str | None = None
    """The content of a scenario that was made, by its mark."""
    labels: tuple[int, ...] = ()


@cache
def _adapter() -> TypeAdapter[Change]:
    return TypeAdapter(Change)


def written(change: Change) -> str:
    """Return it as it is kept with the group."""
    return _adapter().dump_json(change).decode()


def read(kept: str | None) -> Change:
    return _adapter().validate_json(kept) if kept else Change()


def phrases_of(lines: Iterable[Line]) -> list[Line]:
    """Return questions as phrases: without what masking has put, each once."""
    found: dict[str, Line] = {}
    for language, text in lines:
        said = " ".join(_MASKED.sub("", text).split())
        if any(letter.isalpha() for letter in said) and len(said) <= MAX_PHRASE:
            found.setdefault(_alike(said), (language, said))
    return list(found.values())[:PHRASES_MOST]


def add_phrases(
    unit: Unit, scenario: str, answer: str | None, lines: Sequence[Line], *, author: str, move: bool = False
) -> Change | None:
    """Let an answer know these questions, but for those that the pack knows; None where there is no such answer.

    `move`: those that stand elsewhere are taken from there.
    """
    unit.scenarios.hold()
    known, background = unit.scenarios.load()
    there = next((one for one in known if one.key == scenario), None)
    if there is None or (answer is not None and there.answer(answer) is None):
        return None
    known, background, moved = _freed(known, background, lines, (scenario, answer)) if move else (known, background, ())
    new = _unknown(lines, known, background)
    if new:
        changed = _with_examples(_of(known, scenario), answer, lambda examples: _added(examples, new))
        _write(unit, _put(known, changed), background, author)
    return Change(scenario=scenario, answer=answer, phrases=tuple(new), moved=moved)


def make_answer(
    unit: Unit,
    title: str,
    language: Language,
    source: str,
    lines: Sequence[Line],
    *,
    author: str,
    mode: AnswerMode = "suggest",
    move: bool = False,
) -> Change:
    """Make a scenario with one text of questions and of what was answered to them."""
    unit.scenarios.hold()
    known, background = unit.scenarios.load()
    known, background, moved = _freed(known, background, lines) if move else (known, background, ())
    new = _unknown(lines, known, background) or list(lines[:1])
    made = Scenario(
        key=key_of(title, {one.key for one in known}),
        title=dict.fromkeys(LANGUAGES, title_from(title)),
        description=_cut("; ".join(text for _, text in new), MAX_TEXT),
        priority="medium",
        action="answer",
        mode=mode,
        examples=_added({}, new),
        templates=(Template(language=language, text=source),),
    )
    written_now = _write(unit, (*known, made), background, author)
    stands = next(one for one in written_now if one.key == made.key)
    return Change(scenario=made.key, phrases=tuple(new), moved=moved, made=mark_of(content_of(stands)))


def add_background(unit: Unit, lines: Sequence[Line], *, author: str, move: bool = False) -> Change:
    """Let the engine know that these are none of the business's questions."""
    unit.scenarios.hold()
    known, background = unit.scenarios.load()
    known, background, moved = _freed(known, background, lines, (None, None)) if move else (known, background, ())
    new = _unknown(lines, known, background)
    if new:
        added = tuple(BackgroundLine(language=language, text=text) for language, text in new)
        _write(unit, known, (*background, *added), author)
    return Change(background=tuple(new), moved=moved)


def take_back(unit: Unit, change: Change, *, author: str) -> bool:
    """Take away what was added; False where the answer that was made has been changed since: somebody works on it."""
    unit.scenarios.hold()
    known, background = unit.scenarios.load()
    there = next((one for one in known if one.key == change.scenario), None)
    if change.made is not None and there is not None:
        if mark_of(content_of(there)) != change.made:
            return False
        known = tuple(one for one in known if one.key != there.key)
    elif there is not None:
        gone = set(change.phrases)
        known = _put(known, _with_examples(there, change.answer, lambda examples: _removed(examples, gone)))
    lines = set(change.background)
    background = tuple(one for one in background if (one.language, one.text) not in lines)
    for one in change.moved:
        known, background = _put_back(known, background, one)
    _write(unit, known, background, author)
    return True


def title_from(question: str) -> str:
    """Propose a title: the question without what masking has put, as short as a title must be."""
    said = " ".join(_MASKED.sub("", question).split()).strip(" ?!.,;:")
    return _cut(said[:1].upper() + said[1:], MAX_TITLE) or "?"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"


def _unknown(lines: Iterable[Line], known: Iterable[Scenario], background: Iterable[BackgroundLine]) -> list[Line]:
    """Return what the pack has nowhere: the same phrase in two places teaches nothing."""
    there = {_alike(text) for one in known for said in one.phrases.values() for text in said}
    there |= {_alike(one.text) for one in background}
    return [(language, text) for language, text in lines if _alike(text) not in there]


def _freed(
    known: tuple[Scenario, ...],
    background: tuple[BackgroundLine, ...],
    lines: Iterable[Line],
    stays: tuple[str | None, str | None] | None = None,
) -> tuple[tuple[Scenario, ...], tuple[BackgroundLine, ...], tuple[Moved, ...]]:
    """Take these phrases from wherever they stand, but for where they may stay, and return what was taken."""
    wanted = {_alike(text) for _, text in lines}
    moved = [
        Moved(line=(language, text), scenario=one.key, answer=answer)
        for one in known
        for answer, part in one.parts
        if (one.key, answer) != stays
        for language, texts in part.examples.items()
        for text in texts
        if _alike(text) in wanted
    ]
    for each in moved:
        there = _of(known, each.scenario or "")
        known = _put(known, _with_examples(there, each.answer, partial(_removed, gone={each.line})))
    strange = [] if stays == (None, None) else [one for one in background if _alike(one.text) in wanted]
    moved += [Moved(line=(one.language, one.text)) for one in strange]
    return known, tuple(one for one in background if one not in strange), tuple(moved)


def _put_back(
    known: tuple[Scenario, ...], background: tuple[BackgroundLine, ...], one: Moved
) -> tuple[tuple[Scenario, ...], tuple[BackgroundLine, ...]]:
    """Let a phrase stand where it stood, as far as that is still there."""
    if one.scenario is None:
        return known, (*background, BackgroundLine(language=one.line[0], text=one.line[1]))
    there = next((scenario for scenario in known if scenario.key == one.scenario), None)
    if there is None or not _unknown([one.line], known, background):
        return known, background
    return _put(known, _with_examples(there, one.answer, partial(_added, lines=[one.line]))), background


def _of(known: Iterable[Scenario], key: str) -> Scenario:
    return next(one for one in known if one.key == key)


def _alike(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.lower().replace("ё", "е")).split())


_Examples = Mapping[Language, tuple[str, ...]]


def _with_examples(scenario: Scenario, answer: str | None, change: Callable[[_Examples], _Examples]) -> Scenario:
    if answer is None:
        return replace(scenario, examples=change(scenario.examples))

    def changed(one: Answer) -> Answer:
        return replace(one, examples=change(one.examples)) if one.key == answer else one

    return replace(scenario, answers=tuple(changed(one) for one in scenario.answers))


def _added(examples: _Examples, lines: Iterable[Line]) -> _Examples:
    found = {language: list(texts) for language, texts in examples.items()}
    for language, text in lines:
        found.setdefault(language, []).append(text)
    return {language: tuple(texts) for language, texts in found.items()}


def _removed(examples: _Examples, gone: set[Line]) -> _Examples:
    return {
        language: tuple(text for text in texts if (language, text) not in gone) for language, texts in examples.items()
    }


def _put(known: Iterable[Scenario], changed: Scenario) -> tuple[Scenario, ...]:
    return tuple(changed if one.key == changed.key else one for one in known)


def _write(
    unit: Unit, known: tuple[Scenario, ...], background: tuple[BackgroundLine, ...], author: str
) -> tuple[Scenario, ...]:
    unit.scenarios.replace(known, background, author=author)
    return announce(unit, author=author)
