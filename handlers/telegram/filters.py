"""Filters that are asked on the loop. aiogram sends every plain function and every `F` rule to a thread of its pool."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import F
from aiogram.utils.magic_filter import MagicFilter

Asked = Callable[[Any], Awaitable[bool]]


def at_once(rule: Callable[[Any], bool] | MagicFilter) -> Asked:
    """Return a filter that asks a quick rule without a trip to a thread, which costs more than most rules."""
    answer: Callable[[Any], Any] = rule.resolve if isinstance(rule, MagicFilter) else rule

    async def asked(event: Any) -> bool:
        return bool(answer(event))

    return asked


def all_at_once(*rules: MagicFilter) -> Asked:
    """Return one filter for several rules, all of which must hold."""
    return at_once(lambda event: all(rule.resolve(event) for rule in rules))


PRIVATE = at_once(F.chat.type == "private")
FROM_CUSTOMER = all_at_once(F.chat.type == "private", F.from_user.is_bot.is_(False))
"""Of messages: what a person writes in a private chat."""
