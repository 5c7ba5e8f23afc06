"""What becomes of the lines of a banned customer: they are stored, nobody is shown them, nothing is said."""

from __future__ import annotations

from services.customers.carrying_out import Outcome
from services.messages import customer_lines
from services.messages.incoming import CustomerMessage
from storage.records import Customer
from storage.units import Unit


def shelve(unit: Unit, said: CustomerMessage, customer: Customer) -> Outcome:
    """Store a line that is owed nothing: not even once the ban is lifted."""
    message = customer_lines.keep(unit, said, customer)
    unit.lines.shelve([message])
    return Outcome(message=message, first=False, verdict=None, ticket=None, reply=None, type="banned")
