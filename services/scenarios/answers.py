"""From a scenario to the words a customer reads."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog

from services.templates import MAX_UNITS, TemplateInvalid, Templates
from services.templates.markup import cut
from services.templates.variables import plain_words
from services.texts import say
from services.texts.team import Team
from storage.records import Answer, Customer, Scenario, Template

log = structlog.get_logger()
_ASKS_FOR_NAME: Final = re.compile(r"\bif\s+(?:not\s+)?customer\.first_name\s*(?:%\}|and\b|or\b|else\b)")
_GAP: Final = re.compile(r"^[\s,!.:;]+")


def name_of(customer: Customer, *, cap: int = 64) -> str:
    """Return the name as it may be shown in one line; the outside id for a customer without one."""
    full = f"{customer.first_name} {customer.last_name}"
    return plain_words(full, cap=cap) or plain_words(customer.external_id, cap=cap)


def imagined(first_name: str, last_name: str, language: str, now: datetime) -> Customer:
    """Return somebody who is nowhere stored, to show how an answer reads."""
    return Customer(
        id=0,
        channel="api",
        external_id="",
        first_name=first_name,
        last_name=last_name,
        username=None,
        language=language,
        language_chosen=True,
        reachable=True,
        created_at=now,
    )


def without_gap(words: str) -> str:
    """Close the gap a name has left at the beginning: ", your link …" becomes "Your link …"."""
    rest = _GAP.sub("", words)
    return rest[:1].upper() + rest[1:] if rest != words else words


def names(source: str) -> bool:
    return "customer.first_name" in source


def manages_without(source: str) -> bool:
    """Whether a template has thought of customers without a name."""
    return _ASKS_FOR_NAME.search(source) is not None


def part_of_day(hour: int) -> str:
    """Return morning, day, evening or night for an hour of the team's clock."""
    parts = ((5, "night"), (12, "morning"), (18, "day"), (23, "evening"), (24, "night"))
    return next(part for end, part in parts if hour < end)


class Answers:
    """Renders answers in the name of the service."""

    def __init__(self, *, templates: Templates, service: str, hours: str, team: Team) -> None:
        self._templates = templates
        self._team = team
        self.service = service
        self.hours = hours

    def hello(self, customer: Customer, language: str) -> str:
        return say("customer.hello", language, name=plain_words(customer.first_name, cap=64))

    def render(
        self,
        scenario: Scenario,
        answer: Answer | None,
        customer: Customer,
        language: str,
        now: datetime,
        *,
        first_contact: bool,
        turn: int,
        ticket: int | None = None,
    ) -> str | None:
        """Return the answer as HTML, greeted on first contact; None when no template will do.

        `turn` picks among variants, so that a customer who asks again reads other words; `ticket` is the number of the
        one that was opened with the answer.
        """
        variables = self._variables(customer, language, now) | {"first_contact": first_contact, "ticket_number": ticket}
        texts = scenario.texts(answer)
        for source in _sources(texts, language, turn):
            greeted = first_contact and (not names(source) or manages_without(source))
            nameless = {"customer.first_name": ""} if greeted else {}  # the greeting has just said it
            try:
                words = self._templates.render(source, variables | nameless)
            except TemplateInvalid as error:
                log.warning("answer.template_failed", scenario=scenario.key, reason=str(error))
                continue
            if not any(template.language == language for template in texts):
                log.warning("answer.language_missing", scenario=scenario.key, language=language)
            if not first_contact:
                return words
            hello = self.hello(customer if greeted else replace(customer, first_name=""), language)
            return cut(f"{hello} {without_gap(words)}", MAX_UNITS)
        return None

    def _variables(self, customer: Customer, language: str, now: datetime) -> dict[str, object]:
        return {
            "customer.first_name": customer.first_name,
            "customer.last_name": customer.last_name,
            "customer.language": language,
            "service.name": self.service,
            "time_of_day": part_of_day(now.astimezone(self._team.zone).hour),
            "working_hours": self.hours,
        }


def _sources(texts: tuple[Template, ...], language: str, turn: int) -> list[str]:
    """Return all wordings worth trying, the right language first."""
    own = [template.text for template in texts if template.language == language]
    others = [template.text for template in texts if template.language != language]
    start = turn % len(own) if own else 0
    return own[start:] + own[:start] + others
