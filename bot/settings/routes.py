"""Which tickets go to which operator group: the tables `[[operators.routes]]`."""

from __future__ import annotations

import json
import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, model_validator

from bot.settings.kinds import GroupId, refused
from storage.closed_sets import Channel, Priority


def _key(value: str) -> str:
    if re.fullmatch(r"[A-Z0-9_]{1,40}", value) is None:
        raise refused("is no key of a scenario", "write it as /scenarios does, like REFUND")
    return value


def _code(value: str) -> str:
    if re.fullmatch(r"[a-z]{2,3}", value) is None:
        raise refused("is no language", "write its code, like en")
    return value


class Route(BaseModel):
    """Tickets that fit everything it names go to a group, or to a fixed topic."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: Annotated[str, AfterValidator(_key)] | None = Field(
        default=None, description="what the ticket is about, by the scenario's key", examples=["REFUND"]
    )
    language: Annotated[str, AfterValidator(_code)] | None = Field(
        default=None, description="the customer's language", examples=["en"]
    )
    channel: Channel | None = Field(default=None, description="telegram, business, direct, api, web", examples=["api"])
    priority: Priority | None = Field(
        default=None, description="low, medium, high or critical, as the ticket opens", examples=["critical"]
    )
    chat_id: GroupId | None = Field(
        default=None, description="the group; unset: that of operators.chat_id", examples=[-1009876543210]
    )
    topic_id: PositiveInt | None = Field(
        default=None, description="a fixed topic for all of them; unset: one each, in a group with topics", examples=[7]
    )
    name: str | None = Field(default=None, description="what its operators are called on buttons", examples=["Refunds"])

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not any((self.scenario, self.language, self.channel, self.priority)):
            raise refused("says of no ticket that it goes there", "add scenario, language, channel or priority")
        if self.chat_id is None and self.topic_id is None:
            raise refused("leads nowhere", "add chat_id, topic_id or both")
        return self


def _tables(value: object) -> object:
    """A variable holds them as JSON; tables from a file stay as they are."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise refused("is no list of routes", 'write JSON, like [{"language": "en", "chat_id": -100123}]') from None


Routes = Annotated[tuple[Route, ...], BeforeValidator(_tables)]
