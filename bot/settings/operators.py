"""The section `[operators]`: the groups of the people who look after customers."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, NonNegativeInt, PositiveInt

from bot.settings.kinds import GroupId
from bot.settings.routes import Routes
from bot.settings.section import Section
from storage.closed_sets import Signature


class Operators(Section):
    chat_id: GroupId | None = Field(
        default=None, description="operator group; one with topics gets a topic a ticket", examples=[-1001234567890]
    )
    quiet_min: NonNegativeInt = Field(
        default=30,
        description="minutes for which the bot is silent after an operator's line; in a taken ticket it always is",
    )
    remind_after_min: PositiveInt = Field(
        default=30,
        description="minutes after which a customer who waits for an answer is reminded of, a step more urgent",
    )
    routes: Routes = Field(
        default=(), description="tickets for other groups or fixed topics, a table each; the first that fits counts"
    )
    desk_message: bool = Field(default=True, description="pin a message in the group that says what is open")
    signature: Signature = Field(default="none", description="what an operator's words end with: none, name or alias")

    @property
    def quiet(self) -> timedelta:
        return timedelta(minutes=self.quiet_min)

    @property
    def remind_after(self) -> timedelta:
        return timedelta(minutes=self.remind_after_min)
