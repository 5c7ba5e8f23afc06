"""The people who look after customers, as every part of the bot needs to know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from storage.closed_sets import SpokenLanguage

UTC: Final = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """What the team speaks, where they live, and how they are reached."""

    language: SpokenLanguage
    fallback: SpokenLanguage = "en"
    """What customers are told in whose language the bot does not speak."""
    zone: ZoneInfo = UTC
    admin_ids: tuple[int, ...] = ()
    """Telegram's ids of those who may use admin commands."""
    asks_rating: bool = True
    """Whether customers are asked how they were helped."""
    has_group: bool = False
    """Whether there is an operator group; where there is none, admins are told in private."""
