"""A reaction on one side stands on the other, as far as Telegram lets a bot react."""

from __future__ import annotations

from typing import Final

from services.desk.locked_lines import locked
from services.messages.addresses import chat_of, on_telegram
from services.messages.effects import ARRIVED, MessageRef, React
from services.messages.incoming import Cause, Operator, Reaction
from services.queues.outbox import TOUCH, Outgoing
from storage.placements import Placement
from storage.records import Message
from storage.store import Store
from storage.units import Unit

_LIST: Final = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐
🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾
🤷‍♂ 🤷 🤷‍♀ 😡
"""
FREE: Final = frozenset(_LIST.split())
"""What a bot may react with. Of Premium's own signs, and paid ones, nothing can be shown."""
_SHAPE: Final = "\ufe0f"


class Reactions:
    """Carries reactions over."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def by_customer(self, said: Reaction) -> None:
        """Show people what a customer thinks of a line; where one of theirs has lost its sign, that it had arrived."""

        def act(unit: Unit) -> None:
            customer = unit.customers.find(on_telegram(said.at.chat_id))
            heard = customer is not None and customer.banned_at is None
            line = unit.messages.at(customer.id, said.at.telegram_id) if customer is not None and heard else None
            shown = unit.placements.showing(line.id) if line is not None else None
            if line is None or shown is None:
                return
            nothing = ARRIVED if line.author == "operator" else None
            unit.messages.change(line.id, reaction=_free(said))
            at = MessageRef(chat_id=shown.chat_id, telegram_id=shown.telegram_id)
            self._put(unit, said, React(at=at, emoji=_free(said) or nothing))

        await self._store.write(act, said.cause)

    async def by_operator(self, said: Reaction) -> None:
        """Show a customer what people think of a line of theirs. What they think of each other's stays inside.

        A reaction to a card is one to the question on it.
        """

        def act(unit: Unit) -> None:
            placement = unit.placements.at(said.at.chat_id, said.at.telegram_id)
            line = _shown(unit, placement) if placement is not None else None
            at = _at_customers(unit, line) if line is not None else None
            if at is not None and line is not None:
                unit.messages.change(line.id, reaction=_free(said))
                self._put(unit, said, React(at=at, emoji=_free(said)))

        await self._store.write(act, said.cause)

    async def from_page(self, cause: Cause, operator: Operator, line_id: int, sign: str | None) -> bool:
        """Put a sign on a customer's line, or take it off; False where Telegram has no way to."""

        def act(unit: Unit) -> bool:
            found = locked(unit, line_id)
            at = _at_customers(unit, found.message) if found is not None else None
            if at is None or (sign is not None and sign not in FREE):
                return False
            unit.operators.acted(operator.id, operator.name)
            unit.messages.change(line_id, reaction=sign)
            Outgoing(unit, cause.key).put(React(at=at, emoji=sign), rank=TOUCH)
            return True

        return await self._store.write(act, cause)

    @staticmethod
    def _put(unit: Unit, said: Reaction, reaction: React) -> None:
        Outgoing(unit, said.cause.key).put(reaction, rank=TOUCH)


def _shown(unit: Unit, placement: Placement) -> Message | None:
    """Return the line that stands in a place: of a card, the question; None of notices."""
    if placement.message_id is not None:
        return unit.messages.get(placement.message_id)
    ticket = unit.tickets.get(placement.ticket_id)
    if ticket is None or (ticket.chat_id, ticket.card_id) != (placement.chat_id, placement.telegram_id):
        return None
    first = next(iter(unit.lines.said_after(ticket.id, 0, most=1)), None)
    whole = unit.messages.get(first.question_id) if first is not None and first.question_id is not None else None
    return whole or first


def _at_customers(unit: Unit, line: Message) -> MessageRef | None:
    customer = unit.customers.get(line.customer_id) if line.author == "customer" else None
    if customer is None or line.telegram_id is None or customer.channel not in ("telegram", "direct"):
        return None  # in an account's chat a bot cannot react: the same number is another message of the bot's own chat
    return MessageRef(chat_id=chat_of(customer.address), telegram_id=line.telegram_id)


def _free(said: Reaction) -> str | None:
    """Return the newest sign that a bot may show too."""
    signs = (sign.removesuffix(_SHAPE) for sign in reversed(said.signs))
    return next((sign for sign in signs if sign in FREE), None)
