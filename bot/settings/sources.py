"""What a source of settings has to say: what it found, where, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings.problems import Problem, SettingsInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    value: object
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    found: Mapping[str, Found] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def unreadable(path: Path, error: OSError | UnicodeDecodeError) -> SettingsInvalid:
    reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
    return SettingsInvalid(
        [Problem(key="", where=str(path), what=f"cannot be read: {reason}", fix="name a readable text file")]
    )
