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
        """Whether messages are sent there; who uses the API or a site comes and asks for them."""
        return self.channel not in ("api", "web")

    @property
    def waits_for_words(self) -> bool:
        """Whether each message is answered by words, whatever else is true: a program waits for them."""
        return self.channel == "api"

    @property
    def takes_files(self) -> bool:
        """Whether a picture that an operator sends can be seen there; a program of the business reads text alone."""
        return self.channel != "api"
