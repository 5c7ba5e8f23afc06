"""Whether the bot may write where a customer does: accounts and channels of others let it, or do not."""

from __future__ import annotations

from collections.abc import Sequence

from services.customers.who_speaks import owner_speaks
from services.messages.addresses import chat_of, direct_topic_of, owner_of
from storage.address import Address
from storage.records import Customer, Message
from storage.units import Unit


def left_to_owner(unit: Unit, customer: Customer, lines: Sequence[Message]) -> None:
    """Note that lines are their owner's to answer: for good where the bot may not write, else until they are silent."""
    if not owner_speaks(customer, unit.now):
        unit.lines.shelve(lines)


def may_write(unit: Unit, address: Address) -> bool:
    """Return it; what is not known of a channel yet is found out as something is sent there."""
    owner = owner_of(address)
    if owner is not None:
        connection = unit.business.of_owner(owner)
        return connection is not None and connection.can_reply
    if direct_topic_of(address) is None:
        return True
    channel = unit.direct.get(chat_of(address))
    return channel is None or channel.may_manage
