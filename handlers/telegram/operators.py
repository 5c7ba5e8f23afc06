"""What operators do in their group."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
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
    MessageReactionUpdated,
    User,
)

from handlers.telegram.filters import all_at_once, at_once
from handlers.telegram.kinds import said_by_nobody
from handlers.telegram.toasts import show
from handlers.telegram.translate import operator, operator_message, reaction
from services.delivery.members import Members
from services.delivery.operator_group import Group
from services.delivery.operator_groups import Groups
from services.desk.deletion import Deletion
from services.desk.line_choices import LineChoices
from services.desk.reactions import Reactions
from services.desk.replies import Replies
from services.desk.sweeping import Sweeping
from services.desk.tickets import Desk
from services.desk.toasts import toast, toast_text
from services.messages.callbacks import OnTicket, decode
from services.messages.effects import MessageRef
from services.messages.incoming import Cause
from services.messages.line_presses import OnLine
from services.queues.troubles import Standing, Troubles
from services.texts import label
from services.texts.team import Team


async def in_group(_event: Any, groups: Groups, event_chat: Chat | None = None) -> bool | dict[str, Any]:
    """Let through what happens in an operator group, and learn in passing what the group is."""
    group = groups.at(event_chat.id) if event_chat is not None else None
    if event_chat is None or group is None:
        return False
    group.saw(forum=bool(event_chat.is_forum), title=event_chat.title)
    return {"group": group}


async def moved(message: Message, group: Group) -> None:
    if message.migrate_to_chat_id is not None:
        await group.move(message.migrate_to_chat_id)


async def left(message: Message, cause: Cause, members: Members) -> None:
    if message.left_chat_member is not None:
        await members.changed(cause, message.chat.id, left=[message.left_chat_member.id])


async def came(message: Message, cause: Cause, members: Members) -> None:
    await members.changed(cause, message.chat.id, came=[one.id for one in message.new_chat_members or ()])


async def of_bot_itself(event: Message, bot: Bot) -> bool:
    return event.from_user is not None and event.from_user.id == bot.id


async def topic_changed(message: Message, cause: Cause, sweeping: Sweeping) -> None:
    """Sweep the line away by which Telegram tells that the bot has changed a topic."""
    await sweeping.sweep(cause, MessageRef(chat_id=message.chat.id, telegram_id=message.message_id))


async def not_said_by_people(event: Message) -> None:
    """Service notes, posts of a linked channel, other bots: not for a customer."""


async def of_another_chat(event: Message) -> bool:
    """Let through what a chat has written that is not the group itself: a linked channel, or somebody's own channel."""
    return event.sender_chat is not None and event.sender_chat.id != event.chat.id


async def by_stranger(
    event: Message | CallbackQuery | MessageReactionUpdated,
    event_chat: Chat,
    members: Members,
    event_from_user: User | None = None,
) -> bool:
    """Let through what somebody does who is no member of the group. An anonymous admin speaks as the group itself."""
    spoken_for = None if isinstance(event, CallbackQuery) else _spoken_for(event)
    if spoken_for is not None:
        return spoken_for.id != event_chat.id
    return event_from_user is None or not await members.counts(event_chat.id, event_from_user.id)


def _spoken_for(event: Message | MessageReactionUpdated) -> Chat | None:
    """Return the chat as which somebody acts."""
    return event.sender_chat if isinstance(event, Message) else event.actor_chat


async def stranger(_event: Message | MessageReactionUpdated, cause: Cause, members: Members) -> None:
    await members.forget(cause)


async def stranger_pressed(query: CallbackQuery, cause: Cause, members: Members) -> None:
    await members.forget(cause)
    await show(query, label("toast.members_only", query.from_user.language_code or ""))


async def line(
    message: Message,
    cause: Cause,
    replies: Replies,
    bot: Bot,
    *,
    group: Group,
    last_try: bool,
) -> None:
    await replies.write(operator_message(cause, message, bot_id=bot.id, group_id=group.id), last_try=last_try)


async def edited(edited_message: Message, cause: Cause, replies: Replies, bot: Bot, group: Group) -> None:
    await replies.reword(operator_message(cause, edited_message, bot_id=bot.id, group_id=group.id))


async def delete(message: Message, cause: Cause, deletion: Deletion, bot: Bot, group: Group) -> None:
    await deletion.delete(operator_message(cause, message, bot_id=bot.id, group_id=group.id))


async def reacted(message_reaction: MessageReactionUpdated, cause: Cause, reactions: Reactions) -> None:
    await reactions.by_operator(reaction(cause, message_reaction))


async def pressed(
    query: CallbackQuery, cause: Cause, desk: Desk, line_choices: LineChoices, team: Team, *, group: Group
) -> None:
    who = operator(query.from_user, None)
    match decode(query.data or ""):
        case OnTicket() as press:
            said = await desk.press(cause, who, press, scope=group.id)
        case OnLine() as press if query.message is not None:
            at = MessageRef(chat_id=query.message.chat.id, telegram_id=query.message.message_id)
            said = await line_choices.press(cause, who, press, at, group_id=group.id)
        case _:
            said = toast("outdated")
    await show(query, toast_text(said, team.language))


async def membership(event: ChatMemberUpdated, cause: Cause, group: Group, groups: Groups, troubles: Troubles) -> None:
    """Learn that the bot was thrown out, silenced, demoted, or put right."""
    if event.chat.id == group.chat_id:
        now, before = _standing(event.new_chat_member), _standing(event.old_chat_member)
        await troubles.stands(cause, now=now, before=before, group_id=group.id, title=groups.name_of(group))


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
    of_group = (router.message, router.edited_message, router.message_reaction)
    for observer in (*of_group, router.callback_query, router.my_chat_member):
        observer.filter(in_group)
    router.message.register(moved, at_once(F.migrate_to_chat_id))
    router.message.register(left, at_once(F.left_chat_member))
    router.message.register(came, at_once(F.new_chat_members))
    router.message.register(topic_changed, at_once(F.forum_topic_edited), of_bot_itself)
    router.message.register(not_said_by_people, at_once(said_by_nobody))
    router.message.register(not_said_by_people, at_once(F.is_automatic_forward))
    router.message.register(not_said_by_people, all_at_once(F.from_user.is_bot, ~F.sender_chat))
    router.message.register(not_said_by_people, of_another_chat)
    router.message.register(stranger, by_stranger)
    router.message.register(delete, Command("delete", ignore_case=True))
    router.message.register(line)
    router.edited_message.register(not_said_by_people, of_another_chat)
    router.edited_message.register(stranger, by_stranger)
    router.edited_message.register(edited)
    router.message_reaction.register(stranger, by_stranger)
    router.message_reaction.register(reacted)
    router.callback_query.register(stranger_pressed, by_stranger)
    router.callback_query.register(pressed)
    router.my_chat_member.register(membership)
    return router
