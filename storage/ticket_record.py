"""A ticket as the memory holds it; std only, as `records` is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.closed_sets import Ending, Face, Priority, Reason, TicketState, TicketStatus, TopicIcon


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A question that people look after."""

    id: int
    customer_id: int
    status: TicketStatus
    reason: Reason
    scenario: str | None
    confidence: float | None
    reasoning: str | None
    """Of tickets from before grounds were kept: why, in words of the team's language of that day."""
    priority: Priority
    question: str
    operator_id: int | None
    operator_name: str | None
    opened_at: datetime
    taken_at: datetime | None
    closed_at: datetime | None
    chat_id: int | None
    """The operator group its card stands in; None until the card is delivered."""
    topic_id: int | None
    card_id: int | None
    answer: str | None = None
    """Which of the scenario's answers was given, or would fit."""
    waiting_since: datetime | None = None
    """When the customer wrote what nobody has answered yet; None: the customer waits for nothing."""
    answered_at: datetime | None = None
    """When an operator first wrote to the customer."""
    replied_at: datetime | None = None
    """When an operator last did, be it after closing."""
    followed_up_at: datetime | None = None
    """Of a closed ticket: since when the customer's next line opens it again for a while. An operator has written to
    them all the same, or it was closed because they had said nothing for long."""
    reminded_at: datetime | None = None
    """When people were last reminded that the customer waits."""
    reminders: int = 0
    """How often they were, in this wait: each time more people."""
    awaited_since: datetime | None = None
    """Since when the customer is awaited: nobody has anything to do until they write."""
    warned_at: datetime | None = None
    """When the customer was told that the ticket will be closed unless they write."""
    due_at: datetime | None = None
    """When it is looked at next, by what time it is; whatever changes it sets this to now. None: not by itself."""
    snoozed_at: datetime | None = None
    """When it was put off; None: it is not."""
    snoozed_until: datetime | None = None
    """When it comes back by itself. None beside `snoozed_at`: with the customer's next line."""
    face: Face | None = None
    """What its card shows beside its short form."""
    ending: Ending | None = None
    """How it was closed."""
    group_id: int | None = None
    """The operator group it belongs to, by the id that the settings name it by; None: that of `operators.chat_id`."""
    thread_id: int | None = None
    """The fixed topic of that group in which it is shown together with others; None: it stands by itself."""
    menu: str | None = None
    """Where in the menu of its face the card is: a page, a scenario, an answer. None: at its beginning."""
    question_looks: str | None = None
    """Formatting of the question, as JSON."""
    grounds: str | None = None
    """Why people were called, as JSON; None of tickets from before, which have `reasoning`."""
    topic_icon: TopicIcon | None = None
    """What the icon of its topic tells; None: the bot has given it none."""

    @property
    def state(self) -> TicketState:
        """Who waits for whom. It follows from what has happened, so no two of them can disagree."""
        return state_of(self.status, snoozed_at=self.snoozed_at, waiting_since=self.waiting_since)

    @property
    def icon(self) -> TopicIcon:
        """What the icon of its topic should tell."""
        state = self.state
        if state == "waiting":
            return "taken" if self.status == "taken" else "waiting"
        return "awaited" if state == "awaiting_customer" else state


def state_of(status: TicketStatus, *, snoozed_at: datetime | None, waiting_since: datetime | None) -> TicketState:
    if status == "closed":
        return "closed"
    if snoozed_at is not None:
        return "snoozed"
    return "waiting" if waiting_since is not None else "awaiting_customer"
