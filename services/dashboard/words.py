"""What codes are called: the same words as on cards and buttons in the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.texts import catalogue, find_key, label

SECTIONS: Final = ("reason", "kind", "priority_name", "ending", "snooze", "ban", "language", "audit", "audit_place")
"""Texts without gaps to fill."""


def words_of_codes(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return each section as code → words."""
    return {section: dict(_section(section, language)) for section in SECTIONS}


def _section(section: str, language: str) -> list[tuple[str, str]]:
    names = [key.partition(".")[2] for key in catalogue(language) if key.startswith(f"{section}.")]
    return [(name, label(f"{section}.{name}", language)) for name in names]  # type: ignore[arg-type]  # keys of the file


def word_of(section: str, name: str, language: str) -> str:
    """Return what a code is called; itself where it has no name any more: older versions stored others."""
    key = find_key(section, name)
    return label(key, language) if key else name
