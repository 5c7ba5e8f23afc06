"""Who writes: a customer that is known, under today's name, or a new one."""

from __future__ import annotations

from services.messages.incoming import Person
from services.scenarios.business import business_of
from services.texts import languages
from services.texts.team import Team
from storage.records import Customer
from storage.units import Unit


def acquainted(unit: Unit, person: Person, team: Team) -> Customer:
    """Return who writes, under today's name; their conversation holds still until the unit closes."""
    known = unit.customers.find(person.address, lock=True)
    if known is None:
        return unit.customers.add(
            person.address,
            first_name=person.first_name,
            last_name=person.last_name,
            username=person.username,
            language=business_of(unit).spoken(spoken_to(person, team)),
            topic_id=person.topic_id,
        )
    if not person.first_name:
        return known
    return unit.customers.renew(
        known,
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
        topic_id=person.topic_id,
    )


def spoken_to(person: Person, team: Team) -> str:
    """Return the language for somebody of whom nothing is known but what their client says."""
    return languages.of_client(person.language, team.language, fallback=team.fallback)
