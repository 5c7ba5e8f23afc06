"""The addresses of people, as each channel names them."""

from __future__ import annotations

from storage.address import Address


def on_telegram(chat_id: int) -> Address:
    """Return the address of a Telegram chat. A user's own id is that of their private chat with the bot."""
    return Address("telegram", str(chat_id))
