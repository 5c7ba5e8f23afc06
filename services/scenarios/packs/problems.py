"""What can be wrong with a pack, told as file, line, mistake and fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "notice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in one line (from 1; 0 means the file or folder as a whole)."""

    file: str
    line: int
    message: str
    fix: str
    severity: Severity = "error"
    """A notice is worth knowing and stops nothing."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.severity}: {self.message}; {self.fix}"


class PackInvalid(Exception):
    """The pack cannot be used; `problems` holds all of it, notices too."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Complaints:
    """Collects the problems of one file, so that a mistake is one line where it is found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def error(self, line: int, message: str, fix: str) -> None:
        self.found.append(Problem(file=self.file, line=line, message=message, fix=fix))

    def notice(self, line: int, message: str, fix: str) -> None:
        self.found.append(Problem(file=self.file, line=line, message=message, fix=fix, severity="notice"))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda each: (each.file, each.line, each.message)))
