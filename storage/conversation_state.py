"""What is known of a conversation at a glance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    """What is known of one customer's conversation at a glance."""

    ticket: bool
    """One is open."""
    written: int
    """Lines of theirs lately, counted no further than asked."""
    owed: bool
    """Lines of theirs may stand there that nobody has dealt with."""
    tried: bool
    """The bot has answered or asked back."""
    spoken: bool
    """Somebody has written to them, ever."""
    commenting: int | None
    """The ticket on which they are about to write a comment."""
    rated: int | None
    """The ticket that they have rated just now, and not commented on."""
