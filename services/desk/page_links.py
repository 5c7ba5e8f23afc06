"""Links to tickets on the dashboard: inside Telegram where the bot has a Mini App, else in the browser."""

from __future__ import annotations

from typing import Final

PAGE: Final = "/dashboard"


class PageLinks:
    """Groups refuse buttons that open a Mini App, but take links to it."""

    def __init__(self, public_url: str | None) -> None:
        """`public_url`: where people reach the bot's HTTP; None: nobody has said, so there is nothing to link to."""
        self._public_url = public_url
        self._bot: str | None = None

    def open_inside(self, username: str) -> None:
        """Link to the Mini App of the bot with this name from now on. Telegram opens https only."""
        if (self._public_url or "").startswith("https://"):
            self._bot = username

    def to(self, ticket_id: int) -> str | None:
        if self._public_url is None:
            return None
        if self._bot is not None:
            return f"https://t.me/{self._bot}?startapp=t{ticket_id}"
        return f"{self._public_url}{PAGE}#t{ticket_id}"
