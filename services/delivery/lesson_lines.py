"""Shows and takes away the line under a reply that the bot may learn from: nobody misses it where it cannot stand."""

from __future__ import annotations

from contextlib import suppress

from services.delivery.addresses import Addresses
from services.delivery.attempts import Attempt
from services.delivery.call_book import CallBook, Done
from services.delivery.messenger import MessageGone, Messenger, Refused
from services.desk import lesson_words
from services.messages.effects import GroupPlace
from services.messages.lesson_effects import ShowLesson
from services.texts.team import Team
from storage.lessons import Lesson
from storage.placements import Placement
from storage.records import Ticket
from storage.store import Store
from storage.units import Unit


class LessonLines:
    """Posts silently; what was settled meanwhile is not posted at all."""

    def __init__(self, *, store: Store, book: CallBook, messenger: Messenger, addresses: Addresses, team: Team) -> None:
        self._store = store
        self._book = book
        self._messenger = messenger
        self._addresses = addresses
        self._team = team

    async def show(self, attempt: Attempt, effect: ShowLesson) -> None:
        def look(unit: Unit) -> tuple[Lesson | None, Ticket | None, Placement | None]:
            lesson = unit.lessons.get(effect.ticket_id)
            line = lesson.message_id if lesson else None
            placement = unit.placements.showing(line) if line is not None else None
            return lesson, unit.tickets.get(effect.ticket_id), placement

        lesson, ticket, placement = await self._store.read(look)
        if lesson is not None and ticket is not None:
            if lesson.state == "offered" and lesson.telegram_id is None and placement is not None:
                await self._post(attempt, ticket, placement)
            elif lesson.state == "taught" and lesson.chat_id and lesson.telegram_id:
                with suppress(MessageGone, Refused):
                    words = lesson_words.taught_on_page(ticket.id, self._team.language)
                    await self._messenger.edit(lesson.chat_id, lesson.telegram_id, words)
            elif lesson.state in ("ignored", "declined") and lesson.chat_id and lesson.telegram_id:
                with suppress(MessageGone, Refused):  # somebody was faster, or a bot may not delete it any more
                    await self._messenger.delete(lesson.chat_id, lesson.telegram_id)
        await self._book.settle(Done(tasks=[attempt.task]))

    async def _post(self, attempt: Attempt, ticket: Ticket, placement: Placement) -> None:
        here = GroupPlace(reply_to=placement.telegram_id, topic_id=ticket.topic_id, group_id=ticket.group_id)
        target = await self._addresses.find(here, attempt)
        sent = await self._messenger.say(
            target, lesson_words.offer(ticket.id, self._team.language), leave=attempt.leave
        )
        number = sent.telegram_id
        if number is None:
            return

        def act(unit: Unit) -> None:
            unit.lessons.placed(ticket.id, chat_id=target.chat_id, telegram_id=number)
            unit.placements.add(
                [
                    Placement(
                        chat_id=target.chat_id, telegram_id=number, ticket_id=ticket.id, message_id=None, notice=True
                    )
                ]
            )

        await self._store.write(act)
