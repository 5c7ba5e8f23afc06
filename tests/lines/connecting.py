"""A bot that begins from nothing: what people do to become its admins, and to give it a group."""

from __future__ import annotations

from typing import Any, Final

from tests.lines.world import World

OWNER: Final = 601
STRANGER: Final = 602
HOME: Final = -100777
OTHER: Final = -100888
BUTTON: Final = "Сделать группой операторов"


def person(user_id: int) -> dict[str, Any]:
    names = {OWNER: "Вера", STRANGER: "Олег"}
    return {"id": user_id, "is_bot": False, "first_name": names.get(user_id, f"U{user_id}"), "language_code": "ru"}


async def writes(world: World, user_id: int, text: str) -> None:
    """Let somebody write to the bot in private."""
    who = person(user_id)
    chat = {"id": user_id, "type": "private", "first_name": who["first_name"]}
    number = 10_000 + next(world.numbers)
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    body = {"message_id": number, "date": 1, "chat": chat, "from": who, "text": text, "entities": [entity]}
    await world.arrives("message", body)
    await world.works()


async def stands(world: World, chat_id: int, by: int, *, old: str = "left", new: str = "member") -> None:
    """Let somebody add the bot to a group, promote it or throw it out."""
    bot = {"id": 700000, "is_bot": True, "first_name": "B", "username": "bot"}
    more = {"administrator": _RIGHTS, "kicked": {"until_date": 0}}
    body = {
        "chat": {"id": chat_id, "type": "supergroup", "title": f"Группа {chat_id}"},
        "from": person(by),
        "date": 1 + next(world.numbers),
        "old_chat_member": {"user": bot, "status": old} | more.get(old, {}),
        "new_chat_member": {"user": bot, "status": new} | more.get(new, {}),
    }
    await world.arrives("my_chat_member", body)
    await world.works()


_RIGHTS: Final[dict[str, Any]] = {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_pin_messages",
        "can_manage_topics",
    ),
    True,
)


def press_of(world: World, chat_id: int, user_id: int, words: str = BUTTON) -> dict[str, Any]:
    """Return a press on the newest button of a chat that says this."""
    number, data = next(
        (shown.telegram_id, button.press)
        for shown in reversed(world.screen.shown.values())
        if shown.chat_id == chat_id
        for row in shown.words.buttons
        for button in row
        if words in button.text
    )
    return pressing(world, chat_id, user_id, number, data)


def pressing(world: World, chat_id: int, user_id: int, number: int, data: str) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup", "title": "g", "first_name": "A"}
    message = {"message_id": number, "date": 1, "chat": chat, "text": "?"}
    press_id = str(next(world.numbers))
    return {"id": press_id, "from": person(user_id), "chat_instance": "1", "data": data, "message": message}


async def presses(world: World, chat_id: int, user_id: int, words: str = BUTTON) -> str:
    """Press, and return what is said at once."""
    await world.arrives("callback_query", press_of(world, chat_id, user_id, words))
    await world.works()
    return toasts(world)[-1]


def toasts(world: World) -> list[str]:
    """Return what pressers have read."""
    found: list[str] = world.parts.bot.session.toasts  # type: ignore[attr-defined]  # the session of tests
    return found


def buttons(world: World, chat_id: int) -> list[str]:
    return [
        button.text
        for one in world.screen.shown.values()
        if one.chat_id == chat_id
        for row in one.words.buttons
        for button in row
    ]


async def owned(world: World) -> None:
    """Let the owner become the first admin."""
    code = await world.parts.connecting.enrolment.first_code()
    await writes(world, OWNER, f"/start admin_{code}")
