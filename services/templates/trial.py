"""A template is run for every kind of customer before it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from jinja2 import TemplateError

from services.templates import markup
from services.templates.environment import environment
from services.templates.variables import Context, context_of

MAX_UNITS: Final = 4096
"""Telegram's limit for one message, in UTF-16 units after entity parsing."""

_KINDS: Final = {
    "customer.first_name": ("Anna", ""),
    "customer.last_name": ("Smith", ""),
    "customer.language": ("ru", "en"),
    "service.name": ("Service",),
    "time_of_day": ("morning", "day", "evening", "night"),
    "working_hours": ("9–18", ""),
    "first_contact": (True, False),
    "ticket_number": ("7", None),
}


def trial(source: str) -> tuple[tuple[str, str], ...]:
    """Name what goes wrong and the fix, each kind of trouble once."""
    try:
        template = environment().from_string(source)
    except (TemplateError, SyntaxError, RecursionError, MemoryError):
        return (("too deep or too large to compile", "write it more simply"),)
    try:
        answers = {template.render(context).strip() for context in _customers(source)}
    except (TemplateError, TypeError, ValueError, RecursionError) as error:
        return ((f"it fails when it is used: {error}", "give every name a value on every path, of the right kind"),)
    return tuple(_troubles(answers))


def _troubles(answers: set[str]) -> Iterator[tuple[str, str]]:
    if "" in answers:
        yield "the answer is empty for some customers", "add words that always stand"
    if max(map(markup.visible_length, answers)) > MAX_UNITS:
        yield f"longer than one message ({MAX_UNITS} characters)", "shorten it"


def _customers(source: str) -> Iterator[Context]:
    """Vary only what the template mentions: a variable it does not name cannot change it."""
    mentioned = (kinds if name.rpartition(".")[2] in source else kinds[:1] for name, kinds in _KINDS.items())
    for values in product(*mentioned):
        yield context_of(dict(zip(_KINDS, values, strict=True)))
