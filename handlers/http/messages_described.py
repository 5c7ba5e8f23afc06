"""How `/api/messages/` answers, for its description."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from handlers.http.bodies import ChoiceBody, HistoryQuery, MessageBody
from handlers.http.descriptions import Description

PATH: Final = "/api/messages/"


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Classification(_Exact):
    """What the message is about. `answer`: which of the scenario's answers; null where it has one text only."""

    scenario: str
    answer: str | None
    confidence: float
    reasoning: str


class OneChoice(_Exact):
    """What a customer can choose below a line of the bot: show `title`, send `id` back."""

    id: str
    title: str


class Response(_Exact):
    """What the customer reads."""

    message_id: UUID
    text: str
    type: Literal["bot_auto", "clarify", "handover"]
    choices: Sequence[OneChoice]


class MessageAnswer(_Exact):
    """What became of a message."""

    status: Literal["success"]
    original_message_id: UUID
    is_first_message: bool
    priority: Literal["low", "medium", "high", "critical"]
    classification: Classification
    response: Response


class HistoryLine(_Exact):
    """One line of a conversation."""

    message_id: UUID
    author: Literal["customer", "bot", "operator"]
    author_name: str | None
    kind: str
    text: str
    created_at: datetime
    choices: Sequence[OneChoice]


class HistoryPage(_Exact):
    """A page of a conversation, the oldest first. `next`: where to go on, at once where `has_more`, else later."""

    status: Literal["success"]
    messages: Sequence[HistoryLine]
    next: str | None
    has_more: bool


class ChoiceAnswer(_Exact):
    """What became of a choice. `line`: the one it stood under, as it is now; `response`: what the bot says to it."""

    status: Literal["success"]
    line: HistoryLine
    response: HistoryLine | None


MESSAGES: Final = (
    Description(
        method="POST",
        path=PATH,
        summary="A customer who has no messenger writes; the same key answers the same again and changes nothing",
        body=MessageBody,
        answer=MessageAnswer,
        access="programs",
        refusals=(404, 409, 429),
    ),
    Description(
        method="POST",
        path=f"{PATH}choices",
        summary="A customer chooses below a line of the bot: what was meant, whether it helped, a person, a score",
        body=ChoiceBody,
        answer=ChoiceAnswer,
        access="programs",
        refusals=(404, 409),
    ),
    Description(
        method="GET",
        path=PATH,
        summary="What was said, from a line on",
        query=HistoryQuery,
        answer=HistoryPage,
        access="programs",
        refusals=(404,),
    ),
)
