"""Settings of accounts and channels that the bot answers for."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, NonNegativeInt

from bot.settings.kinds import UserIds
from bot.settings.section import Section


class Business(Section):
    owners: UserIds = Field(
        default=(),
        description="user ids whose Telegram accounts the bot answers for, once they have connected it; admins always",
    )
    quiet_min: NonNegativeInt = Field(
        default=30,
        description="minutes for which the bot is silent after the owner has written to a customer by themselves",
    )

    @property
    def quiet(self) -> timedelta:
        return timedelta(minutes=self.quiet_min)
