"""Through which connection a chat is reached that is not the bot's own."""

from __future__ import annotations

from services.delivery.messenger import Target, Unconnected
from services.messages.addresses import chat_of, direct_topic_of, owner_of
from storage.address import Address
from storage.store import Store
from storage.units import Unit

GONE = "the bot is not connected to this account any more"
NO_RIGHT = "the account does not let the bot reply (can_reply)"


def doubted(unit: Unit, address: Address | None, why: str) -> None:
    """Note that nothing gets into an account, for want of a connection or a right.

    How it stands is asked for when something is written there next.
    """
    owner = owner_of(address) if address is not None else None
    if owner is not None and why in ("desk.no_connection", "desk.no_right"):
        unit.business.doubt(owner)


class Accounts:
    """Knows how each address is reached now."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def target(self, address: Address) -> Target:
        """Return where a person reads. Raises Unconnected: nothing of it may land in the bot's own chat instead."""
        return Target(chat_id=chat_of(address), via=await self.via(address), direct_topic=direct_topic_of(address))

    async def via(self, address: Address) -> str | None:
        """Return the connection to the account that a chat is in; None for the bot's own. Raises Unconnected."""
        owner = owner_of(address)
        if owner is None:
            return None
        connection = await self._store.read(lambda unit: unit.business.of_owner(owner))
        if connection is None:
            raise Unconnected(GONE, "connection")
        if not connection.can_reply:
            raise Unconnected(NO_RIGHT, "right")
        return connection.id
