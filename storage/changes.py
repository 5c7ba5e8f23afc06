"""What may change of a row, by the names of its fields: a misspelt one, or a value of the wrong kind, fails mypy."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from storage.closed_sets import Ending, Face, Feedback, Language, MessageKind, Priority, Reason, TicketStatus, TopicIcon


class MessageChanges(TypedDict, total=False):
    text: str
    kind: MessageKind
    entities: str | None
    media: str | None
    edited_at: datetime
    gone_at: datetime
    feedback: Feedback
    reaction: str | None


class TicketPlace(TypedDict, total=False):
    """Where its card stands."""

    chat_id: int | None
    topic_id: int | None
    card_id: int | None
    topic_icon: TopicIcon | None


class TicketChanges(TicketPlace, total=False):
    status: TicketStatus
    priority: Priority
    reason: Reason
    grounds: str | None
    question: str
    operator_id: int | None
    operator_name: str | None
    taken_at: datetime | None
    closed_at: datetime | None
    waiting_since: datetime | None
    answered_at: datetime | None
    replied_at: datetime | None
    followed_up_at: datetime | None
    reminded_at: datetime | None
    reminders: int
    awaited_since: datetime | None
    warned_at: datetime | None
    due_at: datetime | None
    snoozed_at: datetime | None
    snoozed_until: datetime | None
    face: Face | None
    ending: Ending | None
    group_id: int | None
    thread_id: int | None
    menu: str | None
    scenario: str | None
    answer: str | None
    confidence: float | None


class CustomerChanges(TypedDict, total=False):
    language: Language
    language_chosen: bool
    reachable: bool
    banned_at: datetime | None
    banned_by: str | None
    note: str | None
    owner_until: datetime | None
