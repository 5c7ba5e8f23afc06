"""What is changed on a page about lines that stand in the customer's chat already, as in the group."""

from __future__ import annotations

from services.desk.edits import withdraw
from services.desk.group_copies import GroupCopies
from services.desk.locked_lines import locked
from services.desk.signatures import signed
from services.desk.toasts import Toast, toast
from services.desk.wording import Wording, from_page
from services.desk.written import is_from_page
from services.messages.effects import Reword, Words, home
from services.messages.incoming import Cause, Operator
from services.queues.outbox import Outgoing
from services.texts.team import Team
from storage.messages import NOTE, as_stored
from storage.records import Message
from storage.store import Store
from storage.units import Unit


class OwnLines:
    """Rewords lines and takes them back."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._shown = GroupCopies(team=team)

    async def reword(self, cause: Cause, operator: Operator, line_id: int, wording: Wording) -> Toast:
        """Let a line say something else, for the customer and the group: its author's own, written on a page."""

        def act(unit: Unit) -> Toast:
            found = locked(unit, line_id)
            if found is None or not is_from_page(found.message, operator.id) or not found.message.text:
                return toast("outdated")
            line = found.message
            if (line.text, line.entities) == (wording.text, as_stored(wording.entities)):
                return toast("line_changed")
            unit.messages.edit(
                line.id,
                text=wording.text,
                kind=line.kind,
                entities=wording.entities,
                media=line.media,
                file=unit.attachments.get(line.id),
            )
            changed = unit.messages.get(line.id) or line
            outgoing = Outgoing(unit, cause.key)
            if line.kind != NOTE:
                _to_customer(unit, changed, wording, outgoing)
            self._shown.changed(unit, found.ticket, changed, outgoing)
            return toast("line_changed")

        return await self._store.write(act, cause)

    async def take_back(self, cause: Cause, operator: Operator, line_id: int) -> Toast:
        """Delete a line of the team at the customer's side. Notes go by their author alone."""

        def act(unit: Unit) -> Toast:
            found = locked(unit, line_id)
            if found is None or found.message.author == "customer":
                return toast("outdated")
            line = found.message
            if line.kind == NOTE and not (line.text and is_from_page(line, operator.id)):
                return toast("outdated")
            outgoing = Outgoing(unit, cause.key)
            if line.kind == NOTE:
                unit.messages.take_back(line.id)
            else:
                unit.placements.keep_inside(line.id)
                withdraw(unit, line, outgoing)
            if from_page(line.key):
                self._shown.withdrawn(unit, found.ticket, line, outgoing)
            else:
                self._shown.deleted(found.ticket, line, operator.name, outgoing)
            return toast("line_withdrawn")

        return await self._store.write(act, cause)


def _to_customer(unit: Unit, line: Message, wording: Wording, outgoing: Outgoing) -> None:
    customer = unit.customers.get(line.customer_id)
    if customer is None or (there := home(customer)) is None:
        return
    text = signed(wording.text, line.signed, customer.language) if line.kind == "text" else wording.text
    words = Words(text=text, html=False, entities=wording.entities)
    outgoing.put(Reword(to=there, message_id=line.id, words=words, shows=line.kind))
