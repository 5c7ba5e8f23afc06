"""What is wrong with the settings, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from bot.redaction import redact


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to put right. Never holds the value of a secret."""

    key: str
    """`http.port`, or the name as written when there is no such setting; empty when the whole file is meant."""
    where: str
    """`config.toml line 12`, `.env line 3`, or the variable's name."""
    what: str
    fix: str

    @property
    def line(self) -> str:
        subject = "" if self.key in {"", self.where} else f" {self.key}"
        return " ".join(f"{self.where}:{subject} {self.what}; {self.fix}".split())


class SettingsInvalid(Exception):
    """The settings cannot be used; all problems at once, so that one round of editing is enough."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(problem.line for problem in self.problems)

    @property
    def summary(self) -> str:
        """The first problem and how many more there are, on one line."""
        more = len(self.problems) - 1
        return f"{self.lines[0]} (and {more} more)" if more else self.lines[0]


def unknown(name: str, where: str, known: Iterable[str]) -> Problem:
    near = get_close_matches(name, list(known), n=1, cutoff=0.7)
    fix = f"did you mean {near[0]}?" if near else "config.toml of the project lists every key"
    return Problem(key=name, where=where, what="is no setting", fix=fix)


def explain(error: ErrorDetails, *, key: str, where: str, secret: bool) -> Problem:
    """Say a validation error as a sentence; the value is shown unless it may be secret."""
    what, fix = _sentence(error)
    shown = "" if secret else f"= {_cut(error['input'])} "
    return Problem(key=key, where=where, what=shown + what, fix=fix)


_BY_TYPE = {
    "int": ("is not a whole number", "write digits only"),
    "extra": ("is no key of such a table", "config.toml lists them"),
    "float": ("is not a number", "write one like 0.5"),
    "finite": ("is not a finite number", "write one like 0.5"),
    "tuple": ("is not a list", 'write ["a", "b"] or [1, 2]; in a variable a,b will do'),
    "string": ("is not text", 'write it in quotes, like "this"'),
    "path": ("is not a path", 'write it in quotes, like "this"'),
}
_BY_RULE = {
    "expected": ("is not one of the choices", "write {}"),
    "ge": ("is too small", "write a number from {} up"),
    "gt": ("is too small", "write a number above {}"),
    "le": ("is too large", "write a number up to {}"),
    "min_length": ("is empty", "write something, or leave the key out"),
}


def _sentence(error: ErrorDetails) -> tuple[str, str]:
    rule = error.get("ctx", {})
    if "fix" in rule:
        return rule["what"], rule["fix"]
    for name in _BY_RULE.keys() & rule.keys():
        what, fix = _BY_RULE[name]
        return what, fix.format(rule[name])
    kind = error["type"].partition("_")[0]
    return _BY_TYPE.get(kind, (f"is refused: {error['msg']}", "look at its comment in config.toml"))


def _cut(value: object, limit: int = 60) -> str:
    text = redact(repr(value))
    return text if len(text) <= limit else text[:limit] + "…"
