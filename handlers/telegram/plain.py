"""The short way of what most updates are: words that a customer writes in their private chat.

aiogram would ask some twenty filters of six routers on the way to the very same handler, at a quarter of what the whole
message costs. Whatever is not that plain goes the long way: commands, everything without a text, what admins write.
"""

from __future__ import annotations

from aiogram.types import Message, Update

from handlers.telegram.customer import anything
from services.customers.reception import Reception
from services.delivery.administrators import Administrators
from services.delivery.operator_groups import Groups
from services.messages.incoming import Cause


class Plain:
    """Knows a plain message, and hands it to the handler that the routers would find."""

    def __init__(self, *, reception: Reception, groups: Groups, admins: Administrators) -> None:
        self._reception = reception
        self._groups = groups
        self._admins = admins

    async def receive(self, update: Update, cause: Cause) -> bool:
        """Receive a plain message; False for anything else, which is left alone."""
        message = update.message
        if message is None or message.from_user is None or not self._is_plain(message):
            return False
        await anything(message, message.from_user, cause, self._reception)
        return True

    def _is_plain(self, message: Message) -> bool:
        who, text = message.from_user, message.text
        return (
            bool(text)
            and not str(text).startswith("/")
            and message.chat.type == "private"
            and self._groups.at(message.chat.id) is None
            and who is not None
            and not who.is_bot
            and not self._admins.may_count(who.id)
        )
