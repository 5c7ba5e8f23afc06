"""Why something in the set-up could not be done."""

from __future__ import annotations

from dataclasses import dataclass

from services.texts import label, text_key
from services.texts.keys import SetupFaultKey


@dataclass(frozen=True, slots=True)
class Refusal:
    """A code, with the part that it is about."""

    code: SetupFaultKey
    part: str = ""

    def words(self, language: str) -> str:
        """Return what is wrong and what to do."""
        return label(text_key("setup_fault", self.code), language, part=self.part)
