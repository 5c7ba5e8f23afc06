"""Plays: what customers and operators do, as raw fields of messages, and what a person must see of it.

A play is JSON: `group` (`plain` or `forum`) and `steps`. A step is one of
- `customer` or `operator` with fields of a message; `as` names it, `reply_to` names what it answers (an operator's line
  answers the card, or stands in the topic, unless told otherwise; `$line` is the bot's newest in the group,
  `$line:WORDS` the newest with these words),
  `and_delete` takes it away before the bot looks, `now` goes on without waiting for the bot
- `edit` with the name of a message and `set` with its new fields
- `press` with the words of a button, `by` whom
- `junk` with an update as it is
- `topic` with the number of a topic in the customer's chat
- `refuse` with a method of the bot's that the server refuses (`text` says why, `times` how often, `to` in which chat)
- `react` with an emoji to the message `to`, by its name, or to the bot's newest line for the customer, `by` whom
- `expect` with `where` to look (`message:` and a name: that one) and what must, or must not, stand there; `in_topic`
  goes with the newest, or the newest that says `text`.
`$customer`, `$group`, `$bot` and `$card_id` in fields stand for what the server knows.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from playground.chats import Message, Topic
from playground.contents import file_of
from playground.faults import ANY, Fault, Kind
from playground.files import StoredFile
from playground.people import Author
from tests.walk.conftest import House

LOOK_S: Final = 0.02
TIMEOUT_S: Final = 90.0
QUIET: Final = 2
"""So many looks in a row must find nothing waiting: an update is on its way between two of them."""


class Player:
    """Plays one play against a house."""

    def __init__(self, house: House, file: Path) -> None:
        """`file`: the bot's database. It is looked into often, so past the store, whose ways cost twenty times more."""
        self._house = house
        self._file = file
        self._named: dict[str, tuple[Author, Message]] = {}

    async def play(self, steps: list[dict[str, Any]]) -> None:
        with closing(sqlite3.connect(self._file)) as self._database:
            for step in steps:
                await self._step(step)
                if not step.get("now") and "expect" not in step:
                    await self._quiet()

    async def _step(self, step: dict[str, Any]) -> None:
        match step:
            case {"customer": fields}:
                self._say(step, self._house.anna, fields, reply_to=self._message(step.get("reply_to")))
            case {"operator": fields}:
                answered = self._message(step.get("reply_to", "$card"))
                self._say(step, self._at_desk(), fields, reply_to=answered)
            case {"edit": name, "set": fields}:
                author, message = self._named[name]
                self._house.playground.world.edit(message, self._fields(fields), sender=author.user)
            case {"press": words, "by": who}:
                self._press(words, self._house.anna if who == "customer" else self._at_desk())
            case {"react": emoji, "by": who}:
                author = self._house.anna if who == "customer" else self._at_desk()
                author.react(self._message(step.get("to")) or author.chat.from_bot[-1], emoji)
            case {"junk": update}:
                self._house.playground.inject_update(self._fields(update))
            case {"topic": number}:
                topics = self._house.anna.chat.topics
                topics[number] = Topic(id=number, name="", icon_color=0)
            case {"refuse": method}:
                self._refuse(method, step)
            case {"expect": wanted}:
                await self._expect(wanted)
            case _:
                raise ValueError(f"no such step: {step}")

    def _say(self, step: dict[str, Any], author: Author, fields: dict[str, Any], *, reply_to: Message | None) -> None:
        message = author.post(self._fields(fields), reply_to=reply_to)
        if name := step.get("as"):
            self._named[name] = author, message
        if step.get("and_delete"):
            author.delete(message)

    def _at_desk(self) -> Author:
        card = self._card()
        return self._house.olga.at(self._house.group, card.thread_id if card else None)

    def _card(self) -> Message | None:
        return next((message for message in self._house.group.from_bot if message.buttons), None)

    def _message(self, name: str | None) -> Message | None:
        if name is not None and name.startswith("$line"):
            words = name.removeprefix("$line").removeprefix(":")
            return [message for message in self._house.group.from_bot if words in message.text][-1]
        if name == "$card":
            return None if self._house.group.chat.is_forum else self._card()
        return self._named[name][1] if name else None

    def _press(self, words: str, author: Author) -> None:
        for message in reversed(author.chat.from_bot):
            for button in message.buttons:
                if words.lower() in button.text.lower():
                    author.press(message, button.data or "")
                    return
        raise LookupError(f"no button {words!r} in\n{author.chat.shown()}")

    def _refuse(self, method: str, step: dict[str, Any]) -> None:
        chat = {"group": self._house.group.chat.id, "customer": self._house.anna.chat.id}.get(step.get("to", ""))
        text = f"Bad Request: {step['text']}"
        fault = Fault(method=method or ANY, kind=Kind.BAD_REQUEST, text=text, times=step.get("times", 1), chat_id=chat)
        self._house.playground.faults.add(fault)

    def _fields(self, value: Any) -> Any:
        """Fill in what stands for something, and let the server know the files."""
        if isinstance(value, dict):
            if "file_id" in value:
                self._keep(value)
            return {key: self._fields(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._fields(inner) for inner in value]
        return self._known(value) if isinstance(value, str) and value.startswith("$") else value

    def _keep(self, file: dict[str, Any]) -> None:
        name = str(file["file_id"])
        unique = str(file.get("file_unique_id", name))
        stored = StoredFile(file_id=name, unique_id=unique, path=name, name=name, mime="", content=b"-")
        self._house.playground.world.files.keep(stored)

    def _known(self, name: str) -> Any:
        card = self._card()
        known = {
            "$customer": self._house.anna.id,
            "$group": self._house.group.chat.id,
            "$bot": self._house.playground.world.bot.id,
            "$card_id": card.id if card else None,
        }
        return known.get(name, name)

    async def _quiet(self) -> None:
        """Return once nothing waits, in or out."""
        quiet = 0
        async with asyncio.timeout(TIMEOUT_S):
            while quiet < QUIET:
                await asyncio.sleep(LOOK_S)
                quiet = quiet + 1 if self._nothing_waits() else 0

    def _nothing_waits(self) -> bool:
        if self._house.playground.world.updates.pending:
            return False
        [(waiting,)] = self._database.execute("SELECT EXISTS (SELECT 1 FROM lanes WHERE due_at IS NOT NULL)")
        return not waiting

    async def _expect(self, wanted: dict[str, Any]) -> None:
        await self._quiet()
        problems = list(self._problems(wanted))
        assert not problems, f"{problems} in\n{self._house.playground.transcript()}"

    def _problems(self, wanted: dict[str, Any]) -> Iterator[str]:
        messages = list(self._seen(wanted["where"]))
        words = [message.text for message in messages]
        addresses = [str(entity.get("url", "")) for message in messages for entity in message.entities]
        shown = [file_of(message.body) for message in messages]
        if (text := wanted.get("text")) and not any(text in one for one in words):
            yield f"nobody reads {text!r}"
        if (text := wanted.get("not_text")) and any(text in one for one in words):
            yield f"{text!r} is read"
        if (text := wanted.get("text_or_url")) and not any(text in one for one in (*words, *addresses)):
            yield f"nobody finds {text!r}"
        if (media := wanted.get("media")) and media not in shown:
            yield f"{media} is not shown"
        if (media := wanted.get("not_media")) and media in shown:
            yield f"{media} is shown"
        yield from self._untied(wanted, messages)
        if wanted.get("nothing") and messages:
            yield "something stands there"
        if (most := wanted.get("answers_at_most")) is not None and len(messages) > most:
            yield f"{len(messages)} answers"
        if "messages" in wanted and len(messages) != wanted["messages"]:
            yield f"{len(messages)} messages"
        said = [one for one in messages if wanted.get("text", "") in one.text]
        if "in_topic" in wanted and [one.thread_id for one in said[-1:]] != [wanted["in_topic"]]:
            yield "not in the topic"

    def _untied(self, wanted: dict[str, Any], messages: list[Message]) -> Iterator[str]:
        """Yield what is not tied to a message that should be: a reaction, a reply."""
        if (sign := wanted.get("reaction")) and not any([sign] in one.reactions.values() for one in messages):
            yield f"no {sign}"
        if (answered := wanted.get("answers")) and messages[-1].reply_to != self._named[answered][1].id:
            yield f"it does not answer {answered!r}"

    def _seen(self, where: str) -> list[Message]:
        if where.startswith("message:"):
            return [self._named[where.removeprefix("message:")][1]]
        group, customer = self._house.group.from_bot, self._house.anna.replies
        return {"group": group, "customer": customer, "customer_or_note": [*customer, *group]}[where]
