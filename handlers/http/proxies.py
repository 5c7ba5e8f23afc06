"""Proxies before the bot: what they say of a request is believed only where the settings name them."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

from aiohttp import web

FORWARDED_FOR: Final = "X-Forwarded-For"
FORWARDED_PROTO: Final = "X-Forwarded-Proto"
SCHEMES: Final = ("http", "https")


class Proxies:
    """Addresses and networks, as `http.proxies` lists them."""

    def __init__(self, networks: Collection[str] = ()) -> None:
        self._networks: list[IPv4Network | IPv6Network] = [ip_network(one, strict=False) for one in networks]

    def seen_through(self, request: web.Request) -> web.Request:
        """Return the request as it reached the first of our proxies: with its sender's address and its scheme.

        Anybody can write what they like into these headers, so the last address counts that is not one of ours.
        """
        if not self._networks or not self._are_ours(request.remote):
            return request
        told = [one.strip() for header in request.headers.getall(FORWARDED_FOR, ()) for one in header.split(",")]
        sender = next((one for one in reversed(told) if not self._are_ours(one)), request.remote)
        scheme = request.headers.get(FORWARDED_PROTO, "").rpartition(",")[2].strip().lower()
        return request.clone(remote=sender or "", scheme=scheme if scheme in SCHEMES else request.scheme)

    def _are_ours(self, host: str | None) -> bool:
        try:
            address = ip_address((host or "").partition("%")[0])
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self._networks)
