"""Whether a database is whole, and why it cannot be used: asked at the start, and of a trouble under way."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from storage import diagnosis
from storage.errors import DatabaseTrouble, DatabaseUnusable
from storage.troubles import first_line, trouble


class Integrity:
    """Whether a SQLite file is whole. A database server looks after its own files, so there is nothing to check."""

    def __init__(self, file: Path | None, *, address: str) -> None:
        """`address`: as people configured it, without its password."""
        self._file = file
        self._address = address

    @property
    def name(self) -> str:
        """What a trouble calls the database: whoever asks for the health of a bot learns no address of a server."""
        return str(self._file) if self._file is not None else "PostgreSQL"

    async def prove(self, *, thoroughly: bool) -> None:
        """Raise DatabaseUnusable for a malformed file.

        Looks at a small file always, at a large one `thoroughly` or when the last process did not close it.
        """
        if self._file is None or not self._file.exists():
            return
        if thoroughly or diagnosis.left_open(self._file) or self._file.stat().st_size <= diagnosis.SMALL:
            damaged = await self._damage()
            if damaged is not None:
                raise self.unusable(damaged)

    async def explained(self, found: DatabaseTrouble) -> DatabaseTrouble:
        """Say of a malformed file which part of it is broken."""
        damaged = await self._damage() if found.ailment == "malformed" else None
        return damaged or found

    async def demand(self) -> None:
        """Raise DatabaseTrouble for a malformed file, having read all of it."""
        damaged = await self._damage()
        if damaged is not None:
            raise damaged

    def unusable(self, error: Exception) -> DatabaseUnusable:
        """Return the refusal to work on it, with the fix."""
        if not isinstance(error, DatabaseTrouble):
            fix = "name another file, or move this one away" if self._file else "check that the server runs"
            return self._refusal(first_line(error), fix)
        return self._refusal(error.what, error.fix)

    def newer(self) -> DatabaseUnusable:
        return self._refusal("its schema is not known here", "a newer support-bot has written it: update this one")

    def older(self) -> DatabaseUnusable:
        return self._refusal(
            "it has not the schema of this support-bot yet",
            "run support-bot migrate; if an older bot works on it, stop that first",
        )

    def _refusal(self, reason: str, fix: str) -> DatabaseUnusable:
        return DatabaseUnusable(f"database.url: cannot use {self._address} ({reason}); {fix}")

    async def _damage(self) -> DatabaseTrouble | None:
        if self._file is None:
            return None
        try:
            if diagnosis.foreign(self._file):
                fix = "name another file, move this one away, or restore a backup"
                return DatabaseTrouble(f"{self._file}: file is not a database", fix, ailment="malformed")
            damaged = await asyncio.to_thread(diagnosis.damage, self._file)
        except (OSError, sqlite3.Error):
            return None  # not to be looked into just now: what is known already must do
        return trouble("malformed", f"{self._file}: {damaged} is malformed") if damaged else None
