"""Whether the pages of a site can use the chat that is made for them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cli.doctor.findings import Finding, ok, warn
from bot.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    if not settings.widget.enabled:
        return
    sites, url = settings.http.cors_origins, settings.http.public_url
    if not sites:
        yield warn(
            "widget",
            "widget.enabled is set, and no site may use the chat",
            'name yours in http.cors_origins, such as ["https://www.shop.example"]',
        )
    else:
        where = url or f"http://{settings.http.host}:{settings.http.port}"
        yield ok("widget", f"<script src={where}/widget.js async></script> in the pages of {', '.join(sites)}")
