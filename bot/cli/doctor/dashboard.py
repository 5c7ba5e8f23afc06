"""Whether operators can reach the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.cli.doctor.findings import Finding, ok, warn
from bot.settings import Settings
from services.health.hosts import is_loopback


def examine(settings: Settings) -> Iterator[Finding]:
    if settings.telegram.token is None:
        return  # the playground opens it by itself
    url = settings.http.public_url
    if url is None:
        yield warn(
            "dashboard",
            "nobody has said where people reach it",
            f"set http.public_url to the address that leads to http://{settings.http.host}:{settings.http.port}",
        )
    elif url.startswith("https://") or is_loopback(urlsplit(url).hostname or ""):
        yield ok("dashboard", f"{url}/dashboard, by the link that /dashboard brings")
    else:
        yield warn("dashboard", f"{url} is not https: what is read there can be read on the way", "use https")
