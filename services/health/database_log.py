"""An outage of the database in the log: a line as it begins, a line as it ends, however much fails between."""

from __future__ import annotations

import structlog

from storage.errors import DatabaseTrouble

__all__ = ["DatabaseTrouble", "OutageLog"]
log = structlog.get_logger()


class OutageLog:
    """Listens to a store's watch."""

    def began(self, trouble: DatabaseTrouble) -> None:
        hint = "nothing is taken in, nothing is lost; the bot goes on by itself once this is mended"
        log.error("database.trouble", kind=trouble.ailment, reason=trouble.what, fix=trouble.fix, hint=hint)

    def ended(self, *, seconds: float, refused: int) -> None:
        log.warning("database.works", after_s=round(seconds, 1), refused=refused)
