"""The words of an answer: Jinja2 in a sandbox, checked before it is stored, never longer than one message."""

from services.templates.checking import MAX_SOURCE, check
from services.templates.markup import visible_length
from services.templates.naming import facts_in
from services.templates.problems import TemplateProblem, explain
from services.templates.rendering import TemplateInvalid, Templates
from services.templates.trial import MAX_UNITS
from services.templates.variables import VARIABLES

__all__ = [
    "MAX_SOURCE",
    "MAX_UNITS",
    "VARIABLES",
    "TemplateInvalid",
    "TemplateProblem",
    "Templates",
    "check",
    "explain",
    "facts_in",
    "visible_length",
]
