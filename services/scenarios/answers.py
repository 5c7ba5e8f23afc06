"""From a scenario to the words a customer reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import structlog

from services.classify.order_numbers import order_number
from services.scenarios.business import Business
from services.scenarios.facts import HOURS, Facts, in_language
from services.scenarios.gaps import gap
from services.templates import MAX_UNITS, TemplateInvalid, Templates
from services.templates.markup import cut
from services.templates.variables import FACTS, plain_words
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An answer that cannot be given yet: its words with gaps, and the keys of the facts that would fill them."""

    html: str
    missing: tuple[str, ...]


SOON_DAYS: Final = 7
"""Who waits for people wants to know of the holiday of this week, and of none in three months."""


class Answers:
    """Renders answers in the name of the service."""

    def __init__(
        self,
        *,
        templates: Templates,
        service: str,
        team: Team,
        facts: Callable[[], Facts] = Facts,
        business: Callable[[], Business] = Business,
    ) -> None:
        """`facts` and `business` tell what is known at the moment; `service`: its name by the settings."""
        self._templates = templates
        self._team = team
        self._facts = facts
        self._business = business
        self._service = service

    @property
    def service(self) -> str:
        """The name of the service: as the set-up was told, else as the settings say."""
        return self._business().name or self._service

    @property
    def business(self) -> Business:
        return self._business()

    @property
    def facts(self) -> Facts:
        return self._facts()

    def knowing(self, facts: Facts) -> Answers:
        """Return the same, saying just these facts: for who looks at them while they are changed."""
        return Answers(
            templates=self._templates,
            service=self._service,
            team=self._team,
            facts=lambda: facts,
            business=self._business,
        )

    def hours(self, language: str, now: datetime) -> str:
        """Return when people answer, with what is otherwise in the coming days; empty where nobody has said."""
        return self.facts.value(HOURS, language, self._day(now), days=SOON_DAYS) or ""

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._team.zone).date()

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
        asked: str = "",
    ) -> str | None:
        """Return the answer as HTML, greeted on first contact; None when no template will do, or facts are missing.

        `turn` picks among variants, so that a customer who asks again reads other words; `ticket` is the number of the
        one that was opened with the answer; `asked` are the customer's words, for what they tell already.
        """
        variables = self._variables(customer, language, now) | {
            "first_contact": first_contact,
            "ticket_number": ticket,
            "order_number": order_number(asked),
        }
        texts = scenario.texts(answer)
        facts = self.facts
        for wording in _wordings(texts, facts, language, turn):
            source = wording.text
            greeted = first_contact and (not names(source) or manages_without(source))
            nameless = {"customer.first_name": ""} if greeted else {}  # the greeting has just said it
            known = {FACTS: facts.values(wording.language, self._day(now))}
            try:
                words = self._templates.render(source, variables | nameless | known)
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

    def fill(self, wording: Template, customer: Customer, now: datetime, *, ticket: int) -> str | None:
        """Return a text that belongs to no scenario, in the language it says; None where it says nothing."""
        variables = self._variables(customer, wording.language, now)
        known = {"first_contact": False, "ticket_number": ticket, FACTS: self.facts.values(wording.language)}
        try:
            return self._templates.render(wording.text, variables | known)
        except TemplateInvalid as error:
            log.warning("answer.template_failed", scenario=None, reason=str(error))
            return None

    def proposed(
        self,
        scenario: Scenario,
        answer: Answer | None,
        customer: Customer,
        language: str,
        now: datetime,
        *,
        speak: str,
    ) -> Proposal | None:
        """Return what an answer would say, with a question to the owner, in `speak`, for each fact that is missing.

        None for an answer that lacks no fact: it is given, or has no template that will do.
        """
        facts = self.facts
        wordings = in_language(scenario.texts(answer), language)
        wording = min(wordings, key=lambda one: len(facts.lacking(one)), default=None)
        missing = facts.lacking(wording) if wording else ()
        if wording is None or not missing:
            return None
        asked = {key: gap(facts.question(key, speak)) for key in missing}
        known = {FACTS: facts.values(wording.language, self._day(now)) | asked}
        try:
            html = self._templates.render(wording.text, self._variables(customer, language, now) | known)
        except TemplateInvalid as error:
            log.warning("answer.template_failed", scenario=scenario.key, reason=str(error))
            return None
        return Proposal(html=html, missing=missing)

    def _variables(self, customer: Customer, language: str, now: datetime) -> dict[str, object]:
        return {
            "customer.first_name": customer.first_name,
            "customer.last_name": customer.last_name,
            "customer.language": language,
            "service.name": self.service,
            "time_of_day": part_of_day(now.astimezone(self._team.zone).hour),
            "working_hours": self.hours(language, now),
        }


def _wordings(texts: tuple[Template, ...], facts: Facts, language: str, turn: int) -> list[Template]:
    """Return all wordings worth trying, the right language first.

    Where that language has wordings and facts are missing in all of them, no other language stands in: the facts are
    asked for instead.
    """
    if facts.missing(texts, language):
        return []
    ready = [one for one in texts if not facts.lacking(one)]
    own = [one for one in ready if one.language == language]
    start = turn % len(own) if own else 0
    return own[start:] + own[:start] + [one for one in ready if one.language != language]
