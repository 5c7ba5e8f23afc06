"""Where versions change places. Whoever changes one says so in the notebook, and every process learns it."""

from __future__ import annotations

from services.knowledge import NOTE
from services.packs import pack_version
from storage.records import Language
from storage.units import Unit
from storage.wordings import Wording, earlier, standing


async def put(
    unit: Unit, scenario: str, language: Language, text: str, *, instead_of: int | None, author: str
) -> int | None:
    """Let customers read a text; return its id, or None when the version it was to replace stands no more."""
    if instead_of is not None and not await unit.wordings.retire(instead_of):
        return None
    new = await unit.wordings.add(scenario, language, text, author=author)
    await _announce(unit)
    return new


async def undo(unit: Unit, wording: Wording, *, author: str) -> tuple[str, int] | None:
    """Let customers read what they read before a version; return that text and its new id, or None: too late."""
    before = earlier(await unit.wordings.of(wording.scenario)).get(wording.id)
    if before is None:
        return None
    new = await put(unit, wording.scenario, wording.language, before.text, instead_of=wording.id, author=author)
    return None if new is None else (before.text, new)


async def remove(unit: Unit, wording: Wording) -> bool:
    """Take an added variant away; False when it is too late, or when it took the place of another version."""
    if wording.id in earlier(await unit.wordings.of(wording.scenario)) or not await unit.wordings.retire(wording.id):
        return False
    await _announce(unit)
    return True


async def successor(unit: Unit, scenario: str, wording_id: int | None) -> Wording | None:
    """Return what stands now in the place of an older version."""
    versions = await unit.wordings.of(scenario)
    before = earlier(versions)
    for one in standing(versions):
        older: Wording | None = one
        while older is not None:
            if older.id == wording_id:
                return one
            older = before.get(older.id)
    return None


async def _announce(unit: Unit) -> None:
    """Write the pack's new version. The first write is a lock: whoever else changes the pack is read, or waits."""
    await unit.notebook.write(NOTE, "")
    await unit.notebook.write(NOTE, pack_version(*await unit.scenarios.load()))
