"""Troubles that last until people mend them: told once each time one begins, seen in /health while it lasts."""

from __future__ import annotations

from typing import Final, Literal

import structlog

from services.queues.alerts import Alerts
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
Trouble = Literal["no_access", "demoted", "no_topics", "no_group", "conflict"]
OF_GROUP: Final[tuple[Trouble, ...]] = ("no_access", "demoted", "no_topics", "no_group")
"""Of one operator group. The rest is trouble with what comes in: somebody else takes the updates."""
Standing = Literal["administrator", "member", "silenced", "out"]
"""What the bot is in the operator group; silenced: it may not write there."""


class Troubles:
    """Begins and ends them, in the database: every replica's /health tells the same."""

    def __init__(self, *, store: Store, alerts: Alerts) -> None:
        self._store = store
        self._alerts = alerts
        self._over: set[str] = set()
        """Known to have ended, so that every call that goes well need not look."""

    def begin(self, unit: Unit, kind: Trouble, group_id: int | None = None, **values: object) -> None:
        """Tell the admins, unless it lasts already. `group_id`: of which group, as in `Ticket`."""
        note = _note(kind, group_id)
        self._over.discard(note)
        if unit.key_values.read(note) is None:
            unit.key_values.write(note, unit.now.isoformat())
            cause = f"{note.removeprefix(_NOTE)}:{unit.now.isoformat()}"
            self._alerts.admins(unit, cause, kind, **values)
            log.warning("trouble.began", kind=kind, group=group_id)

    async def end(self, kind: Trouble, group_id: int | None = None) -> None:
        """Note that it is mended: the next one is told again."""
        note = _note(kind, group_id)
        if note in self._over:
            return
        self._over.add(note)
        lasts = await self._store.read(lambda unit: unit.key_values.read(note) is not None)
        if lasts:
            await self._store.write(lambda unit: unit.key_values.forget(note))
            log.info("trouble.ended", kind=kind, group=group_id)

    def of_group(self, unit: Unit, group_id: int | None = None) -> list[Trouble]:
        """Return what is wrong with an operator group now."""
        return [kind for kind in OF_GROUP if unit.key_values.read(_note(kind, group_id)) is not None]

    async def stands(
        self, cause: Cause, *, now: Standing, before: Standing, group_id: int | None = None, title: str = ""
    ) -> None:
        """Learn what the bot has become in an operator group, at once and not by what fails there next.

        `title`: names the group, where there are several.
        """

        def act(unit: Unit) -> None:
            if now in ("out", "silenced"):
                self.begin(unit, "no_access", group_id, reason=now, group=title)
            elif now == "member" and before == "administrator":
                self.begin(unit, "demoted", group_id, group=title)

        await self._store.write(act, cause)
        if now in ("administrator", "member"):
            await self.end("no_access", group_id)
        if now == "administrator":
            await self.end("demoted", group_id)


_NOTE: Final = "trouble:"


def _note(kind: Trouble, group_id: int | None) -> str:
    return f"{_NOTE}{kind}" if group_id is None else f"{_NOTE}{kind}:{group_id}"
