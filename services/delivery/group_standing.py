"""What a group is, and what the bot may do there: looked at before it becomes an operator group."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStanding:
    """As the messenger tells it now."""

    title: str
    forum: bool = False
    may_write: bool = True
    administrator: bool = True
    """Telegram tells nobody else of reactions."""
    reads_all: bool = True
    """It hears what is no reply to it."""
    may_open_topics: bool = True
    may_pin: bool = True
    public: bool = False
    """Anybody finds it, and may join."""
    linked: bool = False
    """It is the discussion of a channel: who comments there writes here."""
