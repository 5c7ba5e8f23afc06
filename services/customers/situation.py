"""What is true of a conversation as a message arrives: what decisions are made from."""

from __future__ import annotations

from dataclasses import dataclass

from services.classify.remarks import Remark
from services.customers.who_speaks import Speaker
from storage.closed_sets import Priority
from storage.records import Message, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is true of a conversation as a message arrives."""

    ticket: Ticket | None
    """The open one; or a closed one that opens again, since its operator has just written."""
    speaker: Speaker = "bot"
    """Who speaks with the customer."""
    wants_person: bool = False
    """The customer asked for one by command or button."""
    asks: bool = False
    """The words ask for one. What an engine thinks of them does not count against that."""
    wordless: bool = False
    """A picture, a voice line, a sticker: nothing a classifier could read."""
    passes_on: bool = False
    """Somebody else's words come with it: nothing of them is the customer's question."""
    shows: bool = False
    """It brings a picture or a file, words beside it or not."""
    crowded: bool = False
    """The customer writes faster than the limit."""
    urgency: Priority = "low"
    """What the words alone ask for."""
    remark: Remark | None = None
    """The line asks for nothing by itself."""
    last: Message | None = None
    """What the bot said last, a short while ago."""
    tried: tuple[str, ...] = ()
    """The last automatic answers that were not called helpful, the newest first, as `place_of` names them; `ASKED_BACK`
    stands for a question back."""
    owed: bool = False
    """Lines before this one may stand there that nobody has dealt with."""
    stranger: bool = True
    """Nobody has ever written to this customer."""

    commenting: int | None = None
    """The ticket on which this is the comment that the customer has asked to write."""
    rated: int | None = None
    """The ticket that they have rated just now, where this may be a comment on it that nobody asked for."""
    judges: bool = False
    """The words say how it was."""

    @property
    def passed_on_to(self) -> int | None:
        """The ticket that gets whatever the bot does not answer, where that is an open one."""
        if self.commenting is not None:
            return self.commenting
        if self.ticket is None or self.ticket.status == "closed" or self.speaker == "bot":
            return None
        return self.ticket.id
