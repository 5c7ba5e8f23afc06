"""What can be wrong with a template: a closed list of codes, each with words in `texts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Final, Literal, NamedTuple

TEXTS: Final = Path(__file__).with_name("texts.toml")

Code = Literal[
    "too_long", "too_deep", "syntax", "open_if",
    "control", "loop", "call", "list", "brackets", "joining", "arithmetic", "block", "expression", "dot", "assignment",
    "group", "unknown_variable", "unknown_filter", "unknown_test",
    "misspelt_variable", "misspelt_filter", "misspelt_test", "unknown_fact", "misspelt_fact",
    "sign_less", "sign_and", "unknown_tag", "attributes", "closes_nothing", "closes_other", "never_closed", "branch",
    "unset", "fails", "empty", "too_wordy",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateProblem:
    """What is wrong in which line of the template, counted from 1; `fields` are the values its words speak of."""

    line: int
    code: Code
    fields: Mapping[str, object]


class Explanation(NamedTuple):
    """What is wrong, and what to write instead: plain text without an end stop."""

    message: str
    fix: str


def problem(line: int, code: Code, /, **fields: object) -> TemplateProblem:
    return TemplateProblem(line=line, code=code, fields=fields)


def explain(found: TemplateProblem, language: str) -> Explanation:
    words = explanations().get(language) or explanations()["en"]
    message, fix = words[found.code]
    return Explanation(message.substitute(found.fields), fix.substitute(found.fields))


@cache
def explanations() -> Mapping[str, Mapping[str, tuple[Template, Template]]]:
    """Return the message and the fix of each code by language."""
    document = tomllib.loads(TEXTS.read_text("utf-8"))
    return {
        language: {code: (Template(one["message"]), Template(one["fix"])) for code, one in texts.items()}
        for language, texts in document.items()
    }
