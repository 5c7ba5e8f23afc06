"""What codes are called: the same words as on cards and buttons in the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.texts import catalogue, label

SECTIONS: Final = (
    "reason",
    "kind",
    "priority_name",
    "ending",
    "snooze",
    "ban",
    "language",
    "audit",
    "audit_place",
    "label_source",
    "learning_state",
)
"""Texts without gaps to fill."""


def words_of_codes(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return each section as code → words."""
    return {section: dict(_section(section, language)) for section in SECTIONS}


def _section(section: str, language: str) -> list[tuple[str, str]]:
    names = [key.partition(".")[2] for key in catalogue(language) if key.startswith(f"{section}.")]
    return [(name, label(f"{section}.{name}", language)) for name in names]  # type: ignore[arg-type]  # keys of the file
