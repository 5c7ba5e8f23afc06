"""Where versions change places. Whoever changes one says so in the key-value table, and every process learns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from services.editing.history import removed, steps_from
from services.scenarios import journal
from services.scenarios.knowledge import NOTE
from services.scenarios.packs import pack_version
from storage.closed_sets import Language
from storage.records import Scenario
from storage.template_versions import TemplateVersion, earlier, standing
from storage.units import Unit


def put(
    unit: Unit,
    scenario: str,
    language: Language,
    text: str,
    *,
    instead_of: int | None,
    author: str,
    answer: str | None = None,
) -> int | None:
    """Let customers read a text; return its id, or None when the version it was to replace stands no more."""
    if instead_of is not None and not unit.template_versions.retire(instead_of):
        return None
    new = unit.template_versions.add(scenario, language, text, author=author, answer=answer)
    announce(unit, author=author)
    return new


def step(
    unit: Unit, wording: TemplateVersion, action: Literal["undo", "redo"], *, author: str
) -> tuple[str, int] | None:
    """Let customers read the text before a version, or after it; return that text and its new id, or None: too late."""
    beside = steps_from(_beside(unit, wording), wording.id)
    text = beside.back if action == "undo" else beside.forward
    if text is None:
        return None
    new = _put_beside(unit, wording, text, instead_of=wording.id, author=author)
    return None if new is None else (text, new)


def remove(unit: Unit, wording: TemplateVersion, *, author: str) -> bool:
    """Take an added variant away; False when it is too late, or when it took the place of another version."""
    if wording.id in earlier(_beside(unit, wording)) or not unit.template_versions.retire(wording.id):
        return False
    announce(unit, author=author)
    return True


def restore(unit: Unit, wording: TemplateVersion, *, author: str) -> int | None:
    """Let customers read again what was taken away; return its new id, or None when they do, or read its successor."""
    unit.scenarios.hold()  # two who put the same back at once must not both find it missing
    gone = removed(_beside(unit, wording), wording.language)
    if wording.id not in [one.id for one in gone]:
        return None
    return _put_beside(unit, wording, wording.text, instead_of=None, author=author)


def successor(versions: Sequence[TemplateVersion], wording_id: int | None) -> TemplateVersion | None:
    """Return what stands now in the place of an older version."""
    before = earlier(versions)
    for one in standing(versions):
        older: TemplateVersion | None = one
        while older is not None:
            if older.id == wording_id:
                return one
            older = before.get(older.id)
    return None


def _beside(unit: Unit, wording: TemplateVersion) -> list[TemplateVersion]:
    """Return a version with all others of its answer."""
    return unit.template_versions.of_answer(wording.scenario, wording.answer)


def _put_beside(unit: Unit, wording: TemplateVersion, text: str, *, instead_of: int | None, author: str) -> int | None:
    """Let customers read a text of the same answer in the same language."""
    return put(
        unit, wording.scenario, wording.language, text, instead_of=instead_of, author=author, answer=wording.answer
    )


def announce(unit: Unit, *, author: str) -> tuple[Scenario, ...]:
    """Write the new version of the pack and return what it holds.

    The first write is a lock: whoever else changes the pack is read, or waits.
    """
    unit.key_values.write(NOTE, "")
    scenarios, background = unit.scenarios.load()
    journal.note(unit, scenarios, author=author)
    unit.key_values.write(NOTE, pack_version(scenarios, background, unit.facts.definitions()))
    return scenarios
