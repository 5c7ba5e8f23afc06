"""Where people read: in private, at a ticket, or in the operator group itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator

from storage.address import Address
from storage.records import Customer


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateChat:
    """One person's chat with the bot: a customer's or an admin's."""

    address: Address
    topic_id: int | None = None
    kind: Literal["private"] = "private"


def home(customer: Customer) -> PrivateChat | None:
    """Return where a customer reads: the topic they wrote in, where their chat has topics. None: they come and ask."""
    here = PrivateChat(address=customer.address, topic_id=customer.topic_id)
    return here if customer.address.can_be_written_to else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPlace:
    """Where a ticket lives in the operator group: its topic, or under its card."""

    ticket_id: int
    kind: Literal["ticket"] = "ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlace:
    """An operator group itself, outside any ticket; optionally in answer to a message there."""

    reply_to: int | None = None
    topic_id: int | None = None
    group_id: int | None = None
    """Which of several groups, as in `Ticket`."""
    kind: Literal["hall"] = "hall"


Place = Annotated[PrivateChat | TicketPlace | GroupPlace, Discriminator("kind")]
