"""Lines to a customer of which it is not certain yet what becomes of them."""

from __future__ import annotations

import contextlib

from services.messages.effects import Copy, Say, SendFile, decode
from services.queues.outbox import lane_of_person
from storage.records import Customer
from storage.units import Unit


def under_way(unit: Unit, customer: Customer) -> dict[int, str | None]:
    """Return the rows of lines that wait, with None, or were set aside, with the reason.

    What waits counts: a line that was set aside may be on its way again.
    """
    found = {}
    for payload, error in unit.outbox.open_ends(lane_of_person(customer.address)):
        with contextlib.suppress(ValueError):  # among what was set aside there may be what nobody can read
            effect = decode(payload)
            if isinstance(effect, (Say, Copy, SendFile)) and effect.message_id is not None:
                found[effect.message_id] = error
    return found
