"""Where on a site a customer writes, as the team reads it."""

from __future__ import annotations

from typing import Final, Literal

from markupsafe import Markup

from services.messages.lengths import cut
from services.texts import say
from storage.site_visitors import SiteVisitor

TITLE_MOST: Final = 100
URL_MOST: Final = 300


def page_words(key: Literal["card.page", "client.page"], site: SiteVisitor, language: str) -> Markup:
    """Return the page and the address that they have left."""
    title, url = cut(site.page_title, TITLE_MOST), cut(site.page_url, URL_MOST)
    return say(key, language, title=title, url=url, email=site.email)
