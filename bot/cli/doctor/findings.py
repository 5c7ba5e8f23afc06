"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.cli.terminal import visible

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line. A warning is worth knowing and stops nothing."""

    level: Level
    subject: str
    words: str
    fix: str = ""

    def __str__(self) -> str:
        text = f"{self.words}; {self.fix}" if self.fix else self.words
        return visible(f"{self.level:<4}  {self.subject:<10}  {' '.join(text.split())}")


def ok(subject: str, words: str) -> Finding:
    return Finding(level="ok", subject=subject, words=words)


def warn(subject: str, words: str, fix: str = "") -> Finding:
    return Finding(level="warn", subject=subject, words=words, fix=fix)


def fail(subject: str, words: str, fix: str = "") -> Finding:
    return Finding(level="fail", subject=subject, words=words, fix=fix)
