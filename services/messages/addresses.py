"""The addresses of people, as each channel names them.

The bot's own chats are named by the person. Where a customer writes to somebody else, an account that the bot is
connected to or a channel, their address names that as well: the same person is another customer there, so nothing that
was said in one chat can be answered in another.
"""

from __future__ import annotations

from storage.address import Address


def on_telegram(chat_id: int) -> Address:
    """Return the address of a Telegram chat. A user's own id is that of their private chat with the bot."""
    return Address("telegram", str(chat_id))


def at_business(owner_id: int, chat_id: int) -> Address:
    """Return where somebody writes to an account that the bot is connected to.

    The owner is named, not the connection: who disconnects the bot and connects it again gets another one.
    """
    return Address("business", f"{owner_id}:{chat_id}")


def in_direct(chat_id: int, topic_id: int) -> Address:
    """Return where somebody writes to a channel: its chat of direct messages, and their topic there."""
    return Address("direct", f"{chat_id}:{topic_id}")


def where_of(chat_id: int, *, owner_id: int = 0, topic_id: int = 0) -> Address:
    """Return the address of a chat: in an account where its owner is named, in direct messages where a topic is."""
    if owner_id:
        return at_business(owner_id, chat_id)
    return in_direct(chat_id, topic_id) if topic_id else on_telegram(chat_id)


def chat_of(address: Address) -> int:
    """Return the chat that Telegram keeps for a person."""
    first, _, second = address.id.partition(":")
    return int(second if address.channel == "business" else first)


def owner_of(address: Address) -> int | None:
    """Return whose account the chat is in; None: the bot's own."""
    return int(address.id.partition(":")[0]) if address.channel == "business" else None


def direct_topic_of(address: Address) -> int | None:
    """Return which topic of a channel's direct messages it is; None: it is none."""
    return int(address.id.partition(":")[2]) if address.channel == "direct" else None


def lane_at_business(chat_id: int) -> str:
    """Return the lane of what somebody writes to connected accounts: updates do not say to which, only how."""
    return f"b:{chat_id}"


def lane_in_direct(chat_id: int, topic_id: int) -> str:
    return f"d:{chat_id}:{topic_id}"


def lanes_in(address: Address) -> tuple[str, ...]:
    """Return where in the inbox the words of a customer stand whose chat is not the bot's own."""
    if address.channel == "business":
        return (lane_at_business(chat_of(address)),)
    topic = direct_topic_of(address)
    return (lane_in_direct(chat_of(address), topic),) if topic is not None else ()
