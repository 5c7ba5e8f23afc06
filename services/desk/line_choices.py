"""What the buttons under a word about a line of the team do: try again, send it after all, or leave it inside.

Whoever presses first decides; the same button pressed twice, or by two people, does it once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from services.desk import sending
from services.desk.hints import Hints
from services.desk.locked_lines import LockedLine, locked
from services.desk.mirror import for_customer
from services.desk.open_ends import under_way
from services.desk.posting import letter
from services.desk.toasts import Toast
from services.desk.wording import Wording, from_page
from services.messages.effects import GroupPlace, MessageRef, RetryNotice, ShowPage, Words, home
from services.messages.incoming import Operator
from services.messages.line_presses import OnLine
from services.queues.outbox import PRESSED, Outgoing
from services.texts import say, text_key
from services.texts.team import Team
from storage.changing import as_entities
from storage.messages import NOTE
from storage.records import Cause, Message
from storage.store import Store
from storage.units import Unit

Said = Literal["line_kept", "line_sent", "line_again"]
"""What has been done, as the presser and everybody in the group read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """Who has pressed, what takes what is sent, and where is said what becomes of another try."""

    who: Operator
    outgoing: Outgoing
    again: RetryNotice | None


class LineChoices:
    """Carries out presses."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team
        self._hints = Hints(team=team)

    async def press(self, cause: Cause, who: Operator, press: OnLine, at: MessageRef, *, group_id: int | None) -> Toast:
        """Carry out a button that stands `at` a message of a group."""

        def act(unit: Unit) -> Toast:
            line = self._line(unit, press.message_id)
            if line is not None and line.ticket.group_id != group_id:
                return Toast(key="elsewhere", fields={})
            if line is None:
                return Toast(key="outdated", fields={})
            key = _key(at, press.tries)
            here = _Here(who=who, outgoing=Outgoing(unit, key), again=RetryNotice(at=at, tries=press.tries + 1))
            said = self._do(unit, line, press, here)
            if said is None:
                arrived = line.message.kind != NOTE and line.message.telegram_id is not None
                return Toast(key="line_arrived" if arrived else "outdated", fields={})
            page = ShowPage(
                to=GroupPlace(group_id=group_id),
                at=at,
                words=Words(text=say(text_key("desk", said), self._team.language)),
            )
            Outgoing(unit, f"{key}/page").put(page, rank=PRESSED)
            return Toast(key=said, fields={})

        return await self._store.write(act, cause)

    async def again(self, cause: Cause, who: Operator, message_id: int) -> Toast:
        """Send a line once more that has not arrived, unless somebody has just done so."""

        def act(unit: Unit) -> Toast:
            line = self._line(unit, message_id)
            customer = unit.customers.get(line.message.customer_id) if line is not None else None
            if line is None or customer is None:
                return Toast(key="outdated", fields={})
            ends = under_way(unit, customer)
            if line.message.id in ends and ends[line.message.id] is None:
                return Toast(key="line_again", fields={})
            done = self._again(unit, line, _Here(who=who, outgoing=Outgoing(unit, cause.key), again=None))
            return Toast(key=done or "outdated", fields={})

        return await self._store.write(act, cause)

    @staticmethod
    def _line(unit: Unit, message_id: int) -> LockedLine | None:
        line = locked(unit, message_id)
        return line if line is not None and line.message.author == "operator" else None

    def _do(self, unit: Unit, line: LockedLine, press: OnLine, here: _Here) -> Said | None:
        match press.action:
            case "keep":
                return "line_kept" if line.message.kind == NOTE else None
            case "again":
                return self._again(unit, line, here)
            case "send":
                return self._send(unit, line, press, here)

    def _again(self, unit: Unit, line: LockedLine, here: _Here) -> Said | None:
        message = line.message
        customer = unit.customers.get(message.customer_id)
        there = home(customer) if customer is not None else None
        placement = unit.placements.showing(message.id)
        if (
            customer is None
            or there is None
            or placement is None
            or message.kind == NOTE
            or message.telegram_id is not None
        ):
            return None
        if message.kind != "text" and from_page(message.key):
            wording = Wording(text=message.text, entities=as_entities(message.entities))
            here.outgoing.put(letter(there, message, wording))
            sending.note_answer(unit, line.ticket, here.outgoing, who=here.who, hints=self._hints)
            return "line_again"
        about = for_customer(unit, message.reply_to_id, message.quoted)
        again = replace(sending.again(message, placement), about=about, retold=here.again)
        sending.bring(unit, line.ticket, again, here.outgoing, who=here.who, hints=self._hints)
        return "line_again"

    def _send(self, unit: Unit, line: LockedLine, press: OnLine, here: _Here) -> Said | None:
        """Send a line that was held, with the rest of its album."""
        if line.message.kind != NOTE or press.content is None:
            return None
        for part in self._parts(unit, line):
            placement = unit.placements.showing(part.id)
            if placement is not None:
                unit.messages.change(part.id, kind=press.content)
                sent = unit.messages.get(part.id) or part
                letter = sending.again(sent, placement)
                sending.bring(unit, line.ticket, letter, here.outgoing, who=here.who, hints=self._hints)
        return "line_sent"

    @staticmethod
    def _parts(unit: Unit, line: LockedLine) -> list[Message]:
        album = line.message.album
        return [line.message] if album is None else unit.messages.operator_album(line.ticket.id, album, inside=True)


def _key(at: MessageRef, tries: int) -> str:
    """Name what a button does once. The same message offers another try when one has failed."""
    return f"line:{at.chat_id}:{at.telegram_id}" + (f":{tries}" if tries else "")
