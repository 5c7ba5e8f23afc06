"""How often codes were tried without success lately: by one person, and by all together."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

from storage.units import Unit

WITHIN: Final = timedelta(hours=1)
BY_ONE: Final = 5
BY_ALL: Final = 50
"""More than that is somebody with many accounts; who has the shell can still name an admin there."""
_NOTE: Final = "admin_tries"


def are_spent(unit: Unit, user_id: int) -> bool:
    """Whether somebody has to wait before a code of theirs is looked at."""
    lately = _lately(unit)
    return len(lately) >= BY_ALL or sum(one == user_id for one, _ in lately) >= BY_ONE


def note(unit: Unit, user_id: int) -> None:
    """Note a try that failed; those of long ago go."""
    unit.key_values.write(_NOTE, json.dumps([*_lately(unit), (user_id, unit.now.isoformat())]))


def forget(unit: Unit) -> None:
    unit.key_values.forget(_NOTE)


def _lately(unit: Unit) -> list[tuple[int, str]]:
    kept = json.loads(unit.key_values.read(_NOTE) or "[]")
    return [(user_id, at) for user_id, at in kept if datetime.fromisoformat(at) > unit.now - WITHIN]
