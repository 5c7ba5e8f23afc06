"""`/delete` in reply to a line: the team takes it back from the customer."""

from __future__ import annotations

from services.desk.edits import withdraw
from services.desk.hints import Hints
from services.messages.effects import MessageRef
from services.messages.incoming import OperatorMessage
from services.queues.outbox import Outgoing
from services.texts.team import Team
from storage.messages import NOTE
from storage.records import Message
from storage.store import Store
from storage.units import Unit


class Deletion:
    """Takes lines back that operators, or the bot, have written."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._hints = Hints(team=team)

    async def delete(self, said: OperatorMessage) -> None:
        """Delete at the customer's side what a command answers; whoever asked sees that it is done, or why not."""

        def act(unit: Unit) -> None:
            outgoing = Outgoing(unit, said.cause.key)
            line = self._answered(unit, said)
            if line is None:
                self._hints.what_to_delete(said, outgoing)
            elif line.kind == NOTE:
                self._hints.not_with_customer(said, outgoing)
            else:
                asked = MessageRef(chat_id=said.chat_id, telegram_id=said.telegram_id)
                unit.placements.keep_inside(line.id)
                withdraw(unit, line, outgoing, asked=asked)

        await self._store.write(act, said.cause)

    @staticmethod
    def _answered(unit: Unit, said: OperatorMessage) -> Message | None:
        placement = unit.placements.at(said.chat_id, said.reply_to) if said.reply_to is not None else None
        if placement is None or placement.message_id is None or unit.tickets.locked(placement.ticket_id) is None:
            return None
        line = unit.messages.get(placement.message_id)
        return line if line is not None and line.author != "customer" else None
