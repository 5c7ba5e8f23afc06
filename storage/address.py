"""Where people are: the one value that names a person, or a chat, in any channel."""

from __future__ import annotations

from dataclasses import dataclass

from storage.closed_sets import Channel


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person writes and reads: a channel, and the id they have there, as the channel writes it."""

    channel: Channel
    id: str

    @property
    def can_be_written_to(self) -> bool:
        """Whether messages are sent there; who uses the API comes and asks for them."""
        return self.channel != "api"
