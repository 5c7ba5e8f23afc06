"""Who is connected, and who has to go when there is no room left."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from typing import Final, Protocol

NOWHERE: Final = ""


class Guest(Protocol):
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


class Crowd:
    """Lets everybody in who comes, as long as somebody can go for it who is not waiting for an answer.

    So a thousand connections that say nothing keep no one out: each newcomer takes the place of the oldest of them.
    """

    def __init__(self, *, most: int, most_each: int) -> None:
        """`most_each` holds for one address of the internet. One that is not may be a proxy that speaks for all."""
        self._most = most
        self._most_each = most_each
        self._guests: dict[Guest, None] = {}
        self._by_address: dict[str, dict[Guest, None]] = {}

    def __len__(self) -> int:
        return len(self._guests)

    def enter(self, guest: Guest) -> bool:
        """Take a newcomer in, or drop them: False."""
        neighbours = self._by_address.get(guest.address, {})
        share = self._most_each if is_public(guest.address) else self._most
        if not (self._has_room(neighbours, share) and self._has_room(self._guests, self._most)):
            guest.drop()
            return False
        self._guests[guest] = None
        self._by_address.setdefault(guest.address, {})[guest] = None
        return True

    def leave(self, guest: Guest) -> None:
        self._guests.pop(guest, None)
        neighbours = self._by_address.get(guest.address, {})
        neighbours.pop(guest, None)
        if not neighbours:
            self._by_address.pop(guest.address, None)

    def _has_room(self, among: dict[Guest, None], most: int) -> bool:
        """Make room if there is none: the longest silent goes first, then the longest idle."""
        if len(among) < most:
            return True
        leaving = _first(guest for guest in among if guest.silent and guest.idle) or _first(
            guest for guest in among if guest.idle
        )
        if leaving is None:
            return False
        self.leave(leaving)
        leaving.drop()
        return True


def _first(guests: Iterable[Guest]) -> Guest | None:
    return next(iter(guests), None)


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
