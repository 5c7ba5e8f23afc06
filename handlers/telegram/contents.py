"""What a message says beside its words, to be read where it cannot be shown as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from aiogram.types import Checklist, Message, Poll, Story

from services.messages.effects import Position

MOST: Final = 1000


def told_by(message: Message) -> str | None:  # noqa: PLR0911  # one line a kind: the table is the point
    """Return it in no language: what people, and Telegram, have put into it."""
    if message.poll:
        return _poll(message.poll)
    if message.checklist:
        return _checklist(message.checklist)
    if message.contact:
        one = message.contact
        return _joined((one.first_name, one.last_name, one.phone_number), ", ")
    if message.venue:
        return _joined((message.venue.title, message.venue.address), ", ")
    if message.location:
        return place_of(message)
    if message.dice:
        return f"{message.dice.emoji} {message.dice.value}"
    if message.game:
        return _joined((message.game.title, message.game.description), "\n")
    if message.invoice:
        return _joined((message.invoice.title, message.invoice.description), "\n")
    return _story(message.story) if message.story else None


def position_of(message: Message) -> Position | None:
    """Return where its author is, and for how long that may change."""
    where = message.location
    if where is None:
        return None
    return Position(latitude=where.latitude, longitude=where.longitude, period=where.live_period)


def place_of(message: Message) -> str | None:
    """Return the place that it shows, which an edit may move."""
    where = message.location
    return f"{where.latitude:.6f}, {where.longitude:.6f}" if where is not None else None


def _poll(poll: Poll) -> str | None:
    return _joined((poll.question, *(f"• {option.text}" for option in poll.options)), "\n")


def _checklist(checklist: Checklist) -> str | None:
    tasks = (f"{'☑' if task.completion_date else '☐'} {task.text}" for task in checklist.tasks)
    return _joined((checklist.title, *tasks), "\n")


def _story(story: Story) -> str | None:
    """Return its address, where its author has a public name."""
    return f"https://t.me/{story.chat.username}/s/{story.id}" if story.chat.username else story.chat.full_name


def _joined(parts: Iterable[str | None], mark: str) -> str | None:
    return mark.join(part for part in parts if part)[:MOST] or None
