"""What operators do in their group."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatMemberUnion,
    ChatMemberUpdated,
    Message,
    User,
)

from handlers.telegram.filters import all_at_once, at_once
from handlers.telegram.kinds import said_by_nobody
from handlers.telegram.toasts import show
from handlers.telegram.translate import operator, operator_message
from services.delivery.members import Members
from services.delivery.operator_group import Group
from services.desk.replies import Replies
from services.desk.tickets import Desk
from services.desk.toasts import toast, toast_text
from services.messages.callbacks import OnTicket, decode
from services.messages.incoming import Cause
from services.queues.troubles import Standing, Troubles
from services.texts import label
from services.texts.team import Team


async def in_group(_event: Any, group: Group, event_chat: Chat | None = None) -> bool:
    """Let through what happens in the operator group, and learn in passing what the group is."""
    if event_chat is None or not group.is_it(event_chat.id):
        return False
    group.saw(forum=bool(event_chat.is_forum))
    return True


async def moved(message: Message, group: Group) -> None:
    if message.migrate_to_chat_id is not None:
        await group.move(message.migrate_to_chat_id)


async def not_said_by_people(event: Message) -> None:
    """Service notes, posts of a linked channel, other bots: not for a customer."""


async def of_another_chat(event: Message) -> bool:
    """Let through what a chat has written that is not the group itself: a linked channel, or somebody's own channel."""
    return event.sender_chat is not None and event.sender_chat.id != event.chat.id


async def by_stranger(
    event: Message | CallbackQuery, event_chat: Chat, members: Members, event_from_user: User | None = None
) -> bool:
    """Let through what somebody does who is no member of the group. An anonymous admin speaks as the group itself."""
    spoken_for = event.sender_chat if isinstance(event, Message) else None
    if spoken_for is not None:
        return spoken_for.id != event_chat.id
    return event_from_user is None or not await members.counts(event_chat.id, event_from_user.id)


async def stranger(_message: Message, cause: Cause, members: Members) -> None:
    await members.forget(cause)


async def stranger_pressed(query: CallbackQuery, cause: Cause, members: Members) -> None:
    await members.forget(cause)
    await show(query, label("toast.members_only", query.from_user.language_code or ""))


async def line(message: Message, cause: Cause, replies: Replies, bot: Bot, last_try: bool) -> None:  # noqa: FBT001  # aiogram passes by name
    await replies.write(operator_message(cause, message, bot_id=bot.id), last_try=last_try)


async def edited(edited_message: Message, cause: Cause, replies: Replies, bot: Bot) -> None:
    await replies.reword(operator_message(cause, edited_message, bot_id=bot.id))


async def pressed(query: CallbackQuery, cause: Cause, desk: Desk, team: Team) -> None:
    press = decode(query.data or "")
    said = (
        await desk.press(cause, operator(query.from_user, None), press)
        if isinstance(press, OnTicket)
        else toast("outdated")
    )
    await show(query, toast_text(said, team.language))


async def membership(event: ChatMemberUpdated, cause: Cause, group: Group, troubles: Troubles) -> None:
    """Learn that the bot was thrown out, silenced, demoted, or put right."""
    if event.chat.id == group.chat_id:
        now, before = _standing(event.new_chat_member), _standing(event.old_chat_member)
        await troubles.stands(cause, now=now, before=before)


def _standing(member: ChatMemberUnion) -> Standing:
    match member:
        case ChatMemberOwner() | ChatMemberAdministrator():
            return "administrator"
        case ChatMemberMember():
            return "member"
        case ChatMemberRestricted():
            return "member" if member.can_send_messages else "silenced"
        case ChatMemberLeft() | ChatMemberBanned():
            return "out"


def routes() -> Router:
    router = Router(name="operators")
    for observer in (router.message, router.edited_message, router.callback_query, router.my_chat_member):
        observer.filter(in_group)
    router.message.register(moved, at_once(F.migrate_to_chat_id))
    router.message.register(not_said_by_people, at_once(said_by_nobody))
    router.message.register(not_said_by_people, at_once(F.is_automatic_forward))
    router.message.register(not_said_by_people, all_at_once(F.from_user.is_bot, ~F.sender_chat))
    router.message.register(not_said_by_people, of_another_chat)
    router.message.register(stranger, by_stranger)
    router.message.register(line)
    router.edited_message.register(not_said_by_people, of_another_chat)
    router.edited_message.register(stranger, by_stranger)
    router.edited_message.register(edited)
    router.callback_query.register(stranger_pressed, by_stranger)
    router.callback_query.register(pressed)
    router.my_chat_member.register(membership)
    return router
