"""Settings of the team and of what happens in tickets by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from pydantic import Field, NonNegativeInt

from bot.settings.kinds import GroupId
from bot.settings.routes import Routes
from bot.settings.section import Section
from storage.closed_sets import Priority, Signature


class Operators(Section):
    chat_id: GroupId | None = Field(
        default=None, description="operator group; unset: the one connected by the button", examples=[-1001234567890]
    )

    quiet_min: NonNegativeInt = Field(
        default=30,
        description="minutes for which the bot is silent after an operator's line; in a taken ticket it always is",
    )
    routes: Routes = Field(
        default=(), description="tickets for other groups or fixed topics, a table each; the first that fits counts"
    )
    desk_message: bool = Field(default=True, description="pin a message in the group that says what is open")
    topic_icons: bool = Field(default=True, description="let the icon of a ticket's topic tell of its state")
    signature: Signature = Field(default="none", description="what an operator's words end with: none, name or alias")
    remind_after_min: NonNegativeInt = Field(
        default=30,
        description="working minutes a customer waits until people are reminded, then the group, then admins; 0: never",
    )
    remind_critical_min: NonNegativeInt = Field(default=10, description="the same for critical tickets, at any hour")
    remind_high_min: NonNegativeInt = Field(default=15, description="the same for urgent tickets")
    remind_low_min: NonNegativeInt = Field(default=120, description="the same for tickets of low priority")
    close_after_h: NonNegativeInt = Field(
        default=72,
        description="hours of a customer's silence until their ticket is closed, told a day before; 0: never",
    )

    ask_rating: bool = Field(default=True, description="ask customers how they were helped, after a solved ticket")

    @property
    def quiet(self) -> timedelta:
        return timedelta(minutes=self.quiet_min)

    @property
    def remind(self) -> Mapping[Priority, timedelta]:
        """Return after how much working time people are reminded, by how urgent a ticket is."""
        minutes: dict[Priority, int] = {
            "low": self.remind_low_min,
            "medium": self.remind_after_min,
            "high": self.remind_high_min,
            "critical": self.remind_critical_min,
        }
        return {priority: timedelta(minutes=count) for priority, count in minutes.items()}

    @property
    def close_after(self) -> timedelta:
        return timedelta(hours=self.close_after_h)
