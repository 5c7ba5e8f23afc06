"""What a customer's press does, in their conversation."""

from __future__ import annotations

from collections.abc import Callable

from services.customers.conversation import Conversation
from services.customers.sessions import Sessions
from services.messages.incoming import Person
from services.texts.keys import ToastKey
from storage.records import Cause, Message
from storage.store import Store
from storage.units import Unit

Act = Callable[[Unit, Conversation], ToastKey | None]


async def in_conversation(store: Store, sessions: Sessions, cause: Cause, person: Person, act: Act) -> ToastKey | None:
    """Act in the presser's conversation. Of one who has been erased or banned, a press leaves nothing."""

    def whole(unit: Unit) -> ToastKey | None:
        if unit.customers.find(person.address) is None:
            if cause.task is not None:
                unit.inbox.forget(cause.task)
            return "outdated"
        customer = sessions.customer(unit, person)
        if customer.banned_at is not None:
            return None
        return act(unit, sessions.conversation(unit, cause, customer, customer.language))

    return await store.write(whole, cause)


def own_line(unit: Unit, talk: Conversation, message_id: int) -> Message | None:
    """Return the line that was pressed; None for another's. The talk goes on in its language."""
    line = unit.messages.get(message_id)
    if line is None or line.customer_id != talk.customer.id:
        return None
    talk.hear(question_of(unit, line).text)
    return line


def question_of(unit: Unit, line: Message) -> Message:
    """Return the customer's message that a line of the bot answered."""
    last = unit.messages.get(line.question_id) if line.question_id else None
    return last or line
