"""Troubles that last until people mend them: told once each time one begins, seen in /health while it lasts."""

from __future__ import annotations

from typing import Final, Literal

import structlog

from services.queues.alerts import Alerts
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
Trouble = Literal["no_access", "demoted", "no_group", "conflict"]
OF_GROUP: Final[tuple[Trouble, ...]] = ("no_access", "demoted", "no_group")
"""The rest is trouble with what comes in: somebody else takes the updates."""
Standing = Literal["administrator", "member", "silenced", "out"]
"""What the bot is in the operator group; silenced: it may not write there."""


class Troubles:
    """Begins and ends them, in the database: every replica's /health tells the same."""

    def __init__(self, *, store: Store, alerts: Alerts) -> None:
        self._store = store
        self._alerts = alerts
        self._over: set[Trouble] = set()
        """Known to have ended, so that every call that goes well need not look."""

    def begin(self, unit: Unit, kind: Trouble, **values: object) -> None:
        """Tell the admins, unless it lasts already."""
        self._over.discard(kind)
        if unit.key_values.read(_note(kind)) is None:
            unit.key_values.write(_note(kind), unit.now.isoformat())
            self._alerts.admins(unit, f"{kind}:{unit.now.isoformat()}", kind, **values)
            log.warning("trouble.began", kind=kind)

    async def end(self, kind: Trouble) -> None:
        """Note that it is mended: the next one is told again."""
        if kind in self._over:
            return
        self._over.add(kind)
        lasts = await self._store.read(lambda unit: unit.key_values.read(_note(kind)) is not None)
        if lasts:
            await self._store.write(lambda unit: unit.key_values.forget(_note(kind)))
            log.info("trouble.ended", kind=kind)

    def of_group(self, unit: Unit) -> list[Trouble]:
        """Return what is wrong with the operator group now."""
        return [kind for kind in OF_GROUP if unit.key_values.read(_note(kind)) is not None]

    async def stands(self, cause: Cause, *, now: Standing, before: Standing) -> None:
        """Learn what the bot has become in the operator group, at once and not by what fails there next."""

        def act(unit: Unit) -> None:
            if now in ("out", "silenced"):
                self.begin(unit, "no_access", reason=now)
            elif now == "member" and before == "administrator":
                self.begin(unit, "demoted")

        await self._store.write(act, cause)
        if now in ("administrator", "member"):
            await self.end("no_access")
        if now == "administrator":
            await self.end("demoted")


def _note(kind: Trouble) -> str:
    return f"trouble:{kind}"
