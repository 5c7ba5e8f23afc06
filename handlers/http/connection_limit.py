"""Who is connected, and who has to go when there is no room left."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from typing import Final, Protocol

NOWHERE: Final = ""


class OpenConnection(Protocol):
    """One connection. The tests have another than the server."""

    @property
    def address(self) -> str:
        """As `neighbourhood` names it."""
        ...

    @property
    def silent(self) -> bool:
        """Whether it has not made one request yet."""
        ...

    @property
    def idle(self) -> bool:
        """Whether nobody would miss an answer if it were gone."""
        ...

    def drop(self) -> None: ...


class ConnectionLimit:
    """Lets everybody in who comes, as long as somebody can go for it who is not waiting for an answer.

    So a thousand connections that say nothing keep no one out: each newcomer takes the place of the oldest of them.
    """

    def __init__(self, *, most: int, most_each: int) -> None:
        """`most_each` holds for one address of the internet. One that is not may be a proxy that speaks for all."""
        self._most = most
        self._most_each = most_each
        self._connections: dict[OpenConnection, None] = {}
        self._by_address: dict[str, dict[OpenConnection, None]] = {}

    def __len__(self) -> int:
        return len(self._connections)

    def enter(self, connection: OpenConnection) -> bool:
        """Take a newcomer in, or drop them: False."""
        neighbours = self._by_address.get(connection.address, {})
        share = self._most_each if is_public(connection.address) else self._most
        if not (self._has_room(neighbours, share) and self._has_room(self._connections, self._most)):
            connection.drop()
            return False
        self._connections[connection] = None
        self._by_address.setdefault(connection.address, {})[connection] = None
        return True

    def leave(self, connection: OpenConnection) -> None:
        self._connections.pop(connection, None)
        neighbours = self._by_address.get(connection.address, {})
        neighbours.pop(connection, None)
        if not neighbours:
            self._by_address.pop(connection.address, None)

    def _has_room(self, among: dict[OpenConnection, None], most: int) -> bool:
        """Make room if there is none: the longest silent goes first, then the longest idle."""
        if len(among) < most:
            return True
        leaving = _first(connection for connection in among if connection.silent and connection.idle) or _first(
            connection for connection in among if connection.idle
        )
        if leaving is None:
            return False
        self.leave(leaving)
        leaving.drop()
        return True


def _first(connections: Iterable[OpenConnection]) -> OpenConnection | None:
    return next(iter(connections), None)


def neighbourhood(host: str | None) -> str:
    """Name whom a request comes from: an address, or the network of 64 bits that one household has in IPv6."""
    try:
        address = ip_address((host or NOWHERE).partition("%")[0])
    except ValueError:
        return NOWHERE
    if address.version == 4:  # noqa: PLR2004
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False).network_address)


def is_public(address: str) -> bool:
    return address != NOWHERE and ip_address(address).is_global
