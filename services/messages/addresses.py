"""The addresses of people, as each channel names them."""

from __future__ import annotations

from storage.address import Address


def on_telegram(user_id: int) -> Address:
    """Return the address of a Telegram user, which is their private chat with the bot too: both have one id."""
    return Address("telegram", str(user_id))
