"""What one pack says otherwise than another, scenario by scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from storage.records import Answer, Fact, Pack, Scenario

LISTED: Final = 20
"""So many lines tell what a change is about; a whole background list hides it."""


def differences(old: Pack, new: Pack, *, details: bool) -> list[str]:
    """Return a line for each scenario that changes; with details also the texts that come and go."""
    return [
        *_scenarios(_by_key(old), _by_key(new), details=details),
        *_facts(old, new, details=details),
        *_background(old, new, details=details),
    ]


def _by_key(pack: Pack) -> dict[str, Scenario]:
    return {scenario.key: scenario for scenario in pack.scenarios}


def _scenarios(old: Mapping[str, Scenario], new: Mapping[str, Scenario], *, details: bool) -> Iterator[str]:
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before is None:
            yield f"+ {key}"
        elif after is None:
            yield f"- {key}"
        else:
            yield from _changes(before, after, details=details)


def _changes(before: Scenario, after: Scenario, *, details: bool) -> Iterator[str]:
    said = [_plain(name, getattr(before, name), getattr(after, name)) for name in ("priority", "action")]
    said += [_mode(None if after.answers else before, after)]
    said += [name for name in ("title", "description") if getattr(before, name) != getattr(after, name)]
    phrases = _come_and_go(_phrases(before), _phrases(after))
    templates = _come_and_go(_templates(before), _templates(after))
    said += [_count("phrases", phrases), _count("templates", templates)]
    said += [_keys("answers", [one.key for one in before.answers], [one.key for one in after.answers])]
    said += [f"{one.key} changed" for one in after.answers if _differs(before.answer(one.key), one)]
    said += [f"{one.key} {told}" for one in after.answers if (told := _mode(before.answer(one.key), one))]
    if not any(phrases) and not any(templates) and before.templates != after.templates:
        said.append("order of templates")
    if changed := [part for part in said if part]:
        yield f"~ {before.key}: {', '.join(changed)}"
        if details:
            yield from _listed(phrases)
            yield from _listed(templates)


def _facts(old: Pack, new: Pack, *, details: bool) -> Iterator[str]:
    moved = _come_and_go(*([_told(fact) for fact in pack.facts] for pack in (old, new)))
    if any(moved):
        yield f"~ {_count('facts', moved)}"
        if details:
            yield from _listed(moved)


def _told(fact: Fact) -> str:
    questions = " / ".join(fact.question.values())
    examples = " / ".join(fact.example.values())
    return f"{fact.key} ({fact.type}): {questions} [{examples}]"


def _background(old: Pack, new: Pack, *, details: bool) -> Iterator[str]:
    moved = _come_and_go(*([f"{line.language}: {line.text}" for line in pack.background] for pack in (old, new)))
    if any(moved):
        yield f"~ {_count('background lines', moved)}"
        if details:
            yield from _listed(moved)


def _phrases(scenario: Scenario) -> list[str]:
    return [
        f"{_mark(answer)}{language}: {phrase}"
        for answer, part in scenario.parts
        for language, phrases in part.examples.items()
        for phrase in phrases
    ]


def _templates(scenario: Scenario) -> list[str]:
    return [
        f"{_mark(answer)}{template.language}: {template.text}"
        for answer, part in scenario.parts
        for template in part.templates
    ]


def _mark(answer: str | None) -> str:
    """Return what the lines of an answer begin with."""
    return f"{answer} " if answer else ""


def _differs(before: Answer | None, after: Answer) -> bool:
    """Whether an answer that stays changes in what is not listed line by line."""
    return before is not None and (before.title, before.priority, before.action) != (
        after.title,
        after.priority,
        after.action,
    )


def _mode(before: Scenario | Answer | None, after: Scenario | Answer) -> str:
    """Return how a mode changes; what a file does not say stays as it is."""
    if before is None or before.mode is None or after.mode is None:
        return ""
    return _plain("mode", before.mode, after.mode)


def _keys(what: str, before: list[str], after: list[str]) -> str:
    """Return the keys that come and go, which are few."""
    gone, new = _come_and_go(before, after)
    marks = [f"+{key}" for key in new] + [f"-{key}" for key in gone]
    return f"{what} {' '.join(marks)}" if marks else ""


def _plain(name: str, before: str, after: str) -> str:
    return "" if before == after else f"{name} {before} → {after}"


def _come_and_go(before: Iterable[str], after: Iterable[str]) -> tuple[list[str], list[str]]:
    gone, new = set(before), set(after)
    return sorted(gone - new), sorted(new - gone)


def _count(what: str, moved: tuple[list[str], list[str]]) -> str:
    gone, new = moved
    counts = [f"+{len(new)}"] * bool(new) + [f"-{len(gone)}"] * bool(gone)
    return f"{what} {' '.join(counts)}" if counts else ""


def _listed(moved: tuple[list[str], list[str]]) -> Iterator[str]:
    for mark, lines in zip("-+", moved, strict=True):
        yield from (f"    {mark} {line!r}" if "\n" in line else f"    {mark} {line}" for line in lines[:LISTED])
        if len(lines) > LISTED:
            yield f"    {mark} … and {len(lines) - LISTED} more"
