"""Who speaks where an answer fits: changed here, by whoever may, and written into the log."""

from __future__ import annotations

import structlog

from services.desk import audit
from services.desk.audit import Actor
from services.editing.stored_versions import announce
from storage.closed_sets import AnswerMode
from storage.matters import Matter
from storage.units import Unit

log = structlog.get_logger()


def set_mode(unit: Unit, matter: Matter, mode: AnswerMode, *, actor: Actor, author: str) -> bool:
    """Let an answer have a mode; False where it has it already. Every process goes by it within seconds."""
    unit.scenarios.hold()
    if not unit.scenarios.set_mode(matter.scenario.key, matter.answer_key, mode):
        return False
    announce(unit, author=author)
    noted(unit, matter.name, matter.mode, mode, actor=actor)
    return True


def noted(unit: Unit, name: str, before: AnswerMode, mode: AnswerMode, *, actor: Actor) -> None:
    """Write into the log who has changed the mode of an answer."""
    unit.evidence.begin(name)
    audit.note(unit, actor, "mode_changed", detail=f"{name}: {before} → {mode}", before=before)
    log.info("answer.mode", answer=name, before=before, mode=mode, who=actor.name)
