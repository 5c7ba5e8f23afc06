"""From a checked template and a customer to the text that Telegram takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Template, TemplateError

from services.templates import markup
from services.templates.checking import check
from services.templates.environment import environment
from services.templates.problems import TemplateProblem, explain, problem
from services.templates.trial import MAX_UNITS, failure
from services.templates.variables import context_of


class TemplateInvalid(Exception):
    """There is no answer in this template: `check` refuses it, or it says nothing to this customer."""

    def __init__(self, problems: tuple[TemplateProblem, ...]) -> None:
        super().__init__("; ".join("line {}: {} ({})".format(each.line, *explain(each, "en")) for each in problems))
        self.problems = problems


class Templates:
    """Renders answers and keeps what it compiled. No value of a variable makes it fail; an unsafe template does."""

    def __init__(self, *, cache_size: int = 512) -> None:
        self._compiled = lru_cache(maxsize=cache_size)(_compile)

    def render(self, source: str, variables: Mapping[str, object]) -> str:
        """Telegram HTML of at most 4096 visible UTF-16 units; raises TemplateInvalid.

        `variables` holds names of VARIABLES, dotted (`"customer.first_name"`) or nested; absent ones are empty.
        """
        try:
            rendered = self._compiled(source).render(context_of(variables)).strip()
        except (TemplateError, TypeError, ValueError) as error:
            # Only a branch that no trial walked can end here, e.g. one for a single first name.
            raise TemplateInvalid((failure(error),)) from error
        if not markup.is_visible(rendered):
            raise TemplateInvalid((problem(1, "empty"),))
        return markup.cut(rendered, MAX_UNITS)


def _compile(source: str) -> Template:
    if problems := check(source):
        raise TemplateInvalid(problems)
    return environment().from_string(source)
