"""Where the set-up stands, in one unit, and how it goes on: written at once, and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

from services.setup.state import SetupChanges, held, keep
from storage.setup_pairs import SetupPairs
from storage.units import Unit


class Progress:
    """Nobody else changes it until the unit closes."""

    def __init__(self, unit: Unit, *, speak: str) -> None:
        self.unit = unit
        self.speak = speak
        self.setup = held(unit)

    @property
    def rows(self) -> SetupPairs:
        """The questions and answers of the owner's file."""
        return self.unit.scenarios.pairs

    def put(self, **changes: Unpack[SetupChanges]) -> None:
        self.setup = replace(self.setup, touched_at=self.unit.now, changes=self.setup.changes + 1, **changes)
        keep(self.unit, self.setup)
