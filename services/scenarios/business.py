"""What the business is called and which languages its customers are served in: told in the set-up, kept as a row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from pydantic import TypeAdapter, ValidationError

from services.texts.languages import own
from storage.closed_sets import LANGUAGES, SpokenLanguage
from storage.records import Customer
from storage.units import Unit

NOTE: Final = "business"
"""Its row of the key-value table; every process looks at it within seconds."""
MOST_NAME: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """What the set-up was told. What it was not told is empty: then the settings say it."""

    name: str = ""
    languages: tuple[SpokenLanguage, ...] = ()
    """The first is the one for whoever writes in another."""

    @property
    def served(self) -> tuple[SpokenLanguage, ...]:
        """Return the languages that answers are wanted in."""
        return self.languages or LANGUAGES

    def spoken(self, language: str) -> str:
        """Return the language to speak to a customer of a language."""
        return language if not self.languages or own(language) in self.languages else self.languages[0]

    def spoken_to(self, customer: Customer, language: str) -> str:
        """Return the same for a customer that is known: a language that they have chosen stays."""
        return language if customer.language_chosen else self.spoken(language)


NOBODY: Final = Business()


@cache
def _adapter() -> TypeAdapter[Business]:
    return TypeAdapter(Business)


def business_in(row: str | None) -> Business:
    """Return what a row says; nothing for a row that is not there, or of another version of the bot."""
    try:
        return _adapter().validate_json(row or "null")
    except ValidationError:
        return NOBODY


def business_of(unit: Unit) -> Business:
    return business_in(unit.key_values.read(NOTE))


def keep(unit: Unit, business: Business) -> None:
    unit.key_values.write(NOTE, _adapter().dump_json(business).decode())
