"""How the bot opens the topics of a forum, and changes them."""

from __future__ import annotations

from typing import Any

import structlog

from handlers.telegram import methods
from handlers.telegram.failures import blames_icon, for_want_of_right
from handlers.telegram.inquiries import Inquiries
from services.delivery.messenger import ChatGone, Leave, Refused

log = structlog.get_logger()


class Topics(Inquiries):
    """The topics of a `Messenger`; how a call is made is for who inherits them."""

    async def open_topic(self, chat_id: int, name: str, *, leave: Leave, icon: str | None = None) -> int:
        call = methods.CreateForumTopic(chat_id=chat_id, name=name, icon_custom_emoji_id=icon)
        try:
            answer = await self._by_right(call, leave=leave)
        except Refused as error:
            if icon is None or not blames_icon(error):
                raise
            log.warning("courier.icon_refused", reason=str(error))
            answer = await self._by_right(call.model_copy(update={"icon_custom_emoji_id": None}), leave=leave)
        return int(answer["message_thread_id"])

    async def turn_topic(self, chat_id: int, topic_id: int, *, closed: bool) -> None:
        method = methods.CloseForumTopic if closed else methods.ReopenForumTopic
        await self._change_topic(method(chat_id=chat_id, message_thread_id=topic_id))

    async def edit_topic(
        self, chat_id: int, topic_id: int, *, name: str | None = None, icon: str | None = None
    ) -> None:
        call = methods.EditForumTopic(chat_id=chat_id, message_thread_id=topic_id, name=name, icon_custom_emoji_id=icon)
        await self._change_topic(call)

    async def _change_topic(self, call: Any) -> None:
        try:
            await self._by_right(call)
        except Exception as error:
            if "TOPIC_NOT_MODIFIED" not in str(error):
                raise

    async def _by_right(self, call: Any, *, leave: Leave | None = None) -> Any:
        """Call what takes a right of its own. Raises NotAllowed for want of it: the chat may take messages."""
        try:
            return await self._call(call, leave=leave)
        except ChatGone as error:
            raise for_want_of_right(error) from error.__cause__
