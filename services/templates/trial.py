"""A template is run for every kind of customer before it is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final, Literal

from jinja2 import TemplateError, UndefinedError

from services.templates import markup
from services.templates.environment import environment
from services.templates.naming import facts_in
from services.templates.problems import TemplateProblem, problem
from services.templates.variables import FACTS, Context, context_of
from storage.closed_sets import LANGUAGES

MAX_UNITS: Final = 4096
"""Telegram's limit for one message, in UTF-16 units after entity parsing."""

FAR_TOO_LONG: Final = 100_000
"""Characters with all their tags and entities."""
_QUOTED: Final = re.compile(r"'([^']+)' is undefined")
_TROUBLES: Final = {"empty": problem(1, "empty"), "too_wordy": problem(1, "too_wordy", most=MAX_UNITS)}
_KINDS: Final = {
    "customer.first_name": ("Anna", ""),
    "customer.last_name": ("Smith", ""),
    "customer.language": LANGUAGES,
    "service.name": ("Service",),
    "time_of_day": ("morning", "day", "evening", "night"),
    "working_hours": ("9–18", ""),
    "first_contact": (True, False),
    "ticket_number": ("7", None),
    "order_number": ("5521", ""),
}


_FACT: Final = "14"


@lru_cache(maxsize=1024)
def trial(source: str) -> tuple[TemplateProblem, ...]:
    """Name what goes wrong, each kind of trouble once; a run cannot tell the line.

    Remembered: an import reads the files, compares them and writes them, and tries each text every time.
    """
    try:
        template = environment().from_string(source)
    except (TemplateError, SyntaxError, RecursionError, MemoryError):
        return (problem(1, "too_deep"),)
    try:
        found = {code for context in _customers(source) for code in _troubles(template.render(context))}
    except (TemplateError, TypeError, ValueError, RecursionError) as error:
        return (failure(error),)
    return tuple(_TROUBLES[code] for code in sorted(found))


def failure(error: Exception) -> TemplateProblem:
    """Tell of a run that broke off: a name that was set on another path only, or what Jinja2 and Python say."""
    if isinstance(error, UndefinedError) and (name := _QUOTED.match(str(error))):
        return problem(1, "unset", name=name[1])
    return problem(1, "fails", error=str(error))


def _troubles(answer: str) -> Iterator[Literal["empty", "too_wordy"]]:
    if len(answer) > FAR_TOO_LONG:  # for sure, so the text is not read
        yield "too_wordy"
        return
    if not markup.is_visible(answer):
        yield "empty"
    if markup.visible_length(answer.strip()) > MAX_UNITS:
        yield "too_wordy"


def _customers(source: str) -> Iterator[Context]:
    """Vary only what the template mentions: a variable it does not name cannot change it."""
    mentioned = (kinds if name.rpartition(".")[2] in source else kinds[:1] for name, kinds in _KINDS.items())
    facts = dict.fromkeys(facts_in(source), _FACT)  # an answer is given only where all of its facts are there
    for values in product(*mentioned):
        yield context_of({**dict(zip(_KINDS, values, strict=True)), FACTS: facts})
