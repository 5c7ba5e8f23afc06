"""A piece of a conversation, with all that is known of its lines: what they show, what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.desk.open_ends import under_way
from services.texts.html import plain
from storage.attachments import Attachment
from storage.earlier_wordings import Wording
from storage.messages import NOTE
from storage.outbox import UNCONFIRMED
from storage.records import Customer, Message, StoredVerdict
from storage.units import Unit

WORDS: Final = frozenset(("text", "note", "answer", "clarify", "notice", "handover", "crowded", "command"))
"""Kinds of lines that show no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The oldest line first."""

    lines: Sequence[Message]
    verdicts: Mapping[int, StoredVerdict]
    """What was thought of customers' lines, by their rows."""
    more: bool
    """Whether something stands above."""
    reached: bool
    """The customer reads in a chat of theirs, where a line of ours arrives or does not."""
    under_way: Mapping[int, str | None]
    """Rows of lines that wait, with None, or were set aside, with the reason."""
    files: Mapping[int, Attachment]
    earlier: Mapping[int, Sequence[Wording]]
    answered: Mapping[int, Message]
    """Lines that others are replies to."""

    def delivered(self, line: Message) -> bool | None:
        """Return whether a line of ours has arrived; None where nothing is to arrive."""
        sent = self.reached and line.author != "customer" and line.kind != NOTE
        return line.telegram_id is not None if sent else None

    def lost(self, line: Message) -> bool:
        """Return whether a line of ours will not arrive: they have blocked the bot, or it was refused."""
        return self.delivered(line) is False and not self._waits(line) and not self.unsure(line)

    def unsure(self, line: Message) -> bool:
        """Return whether nobody knows if a line of ours has arrived."""
        reason = self.under_way.get(line.id)
        return self.delivered(line) is False and reason is not None and reason.startswith(UNCONFIRMED)

    def why(self, line: Message) -> str | None:
        """Return why a line was refused, as the team is told; None where it was not, or nobody has said."""
        reason = self.under_way.get(line.id)
        return plain(reason) if reason and self.lost(line) else None

    def again(self, line: Message) -> bool:
        """Return whether a line that has not arrived can be sent once more: the bot's answers are said anew instead."""
        return line.author == "operator" and (self.lost(line) or self.unsure(line))

    def _waits(self, line: Message) -> bool:
        return line.id in self.under_way and self.under_way[line.id] is None


def lines_of(unit: Unit, customer: Customer, shown: Sequence[Message], *, more: bool) -> Lines:
    """Return lines with what is known of them, in as many questions to the database as there are kinds of it."""
    theirs = [line.id for line in shown if line.author == "customer"]
    edited = [line.id for line in shown if line.edited_at is not None]
    answers = {line.reply_to_id for line in shown if line.reply_to_id is not None}
    showing = [line.id for line in shown if line.kind not in WORDS]
    reached = customer.address.can_be_written_to
    open_ends = reached and any(one.author != "customer" and one.telegram_id is None for one in shown)
    return Lines(
        lines=shown,
        verdicts=unit.conversations.verdicts(theirs) if theirs else {},
        more=more,
        reached=reached,
        under_way=under_way(unit, customer) if open_ends else {},
        files=unit.attachments.of(showing) if showing else {},
        earlier=unit.conversations.versions(edited) if edited else {},
        answered=unit.conversations.some(answers) if answers else {},
    )
