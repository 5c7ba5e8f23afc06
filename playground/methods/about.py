"""Questions about the bot, chats, members and files, and what the bot says of itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from playground.errors import bad_request
from playground.files import LARGEST_DOWNLOAD
from playground.members import bot_member, member
from playground.methods.target import find_chat, open_chat
from playground.params import Params
from playground.world import World

MOST_REACTIONS: Final = 11
GIFTS: Final = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
LONGEST_COMMAND: Final = 32
ABILITIES: Final = {
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
    "can_connect_to_business": True,
    "has_main_web_app": False,
}


def get_me(world: World, _: Params) -> dict[str, Any]:
    return world.bot.as_json() | ABILITIES


def get_chat(world: World, params: Params) -> dict[str, Any]:
    chat = find_chat(world, params)
    if chat.bot_status in ("kicked", "left") and chat.type != "private":
        open_chat(world, params)
    gifts = dict.fromkeys(GIFTS, False)
    fixed = {"accent_color_id": 0, "max_reaction_count": MOST_REACTIONS, "accepted_gift_types": gifts}
    reached = {"username": chat.username, "linked_chat_id": chat.linked_chat_id}
    parent = {"parent_chat": chat.channel.as_json()} if chat.channel else {}
    allowed = {"permissions": chat.permissions} if chat.type in ("group", "supergroup") else {}
    return chat.as_json() | fixed | parent | allowed | {name: value for name, value in reached.items() if value}


def get_business_connection(world: World, params: Params) -> dict[str, Any]:
    account = world.accounts.get(params.text("business_connection_id"))
    if account is None:
        raise bad_request("business connection not found")
    return account.as_json()


def get_member(world: World, params: Params) -> dict[str, Any]:
    chat = open_chat(world, params)
    user = world.users.get(params.needed("user_id", "invalid user_id specified"))
    if user is None:
        raise bad_request("member not found")
    return bot_member(world.bot, chat) if user is world.bot else member(user, chat)


def get_administrators(world: World, params: Params) -> list[dict[str, Any]]:
    chat = open_chat(world, params)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    people = [member(user, chat) for user in list(chat.members.values())[:1]]
    return people + ([bot_member(world.bot, chat)] if chat.bot_status == "administrator" else [])


def count_members(world: World, params: Params) -> int:
    return len(open_chat(world, params).members) + 1


def leave_chat(world: World, params: Params) -> bool:
    world.set_bot_status(open_chat(world, params), world.bot, "left")
    return True


def get_file(world: World, params: Params) -> dict[str, Any]:
    stored = world.files.find(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.as_json()


def set_commands(world: World, params: Params) -> bool:
    commands = params.items("commands") or []
    for command in commands:
        name = str(command.get("command", "")) if isinstance(command, dict) else ""
        if not 1 <= len(name) <= LONGEST_COMMAND or not command.get("description"):
            raise bad_request("BOT_COMMAND_INVALID")
    world.profile[_commands_key(params)] = commands
    world.tell("bot")
    return True


def delete_commands(world: World, params: Params) -> bool:
    world.profile.pop(_commands_key(params), None)
    world.tell("bot")
    return True


def get_commands(world: World, params: Params) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.profile.get(_commands_key(params), [])
    return found


def _commands_key(params: Params) -> str:
    scope = params.record("scope") or {"type": "default"}
    place = ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if scope.get(key))
    return f"commands:{place}:{params.text('language_code')}"


def tell(world: World, params: Params, *, field: str) -> bool:
    world.profile[f"{field}:{params.text('language_code')}"] = params.text(field)
    world.tell("bot")
    return True


def told(world: World, params: Params, *, field: str) -> dict[str, str]:
    return {field: world.profile.get(f"{field}:{params.text('language_code')}", "")}


def set_menu(world: World, params: Params) -> bool:
    world.profile["menu"] = params.record("menu_button") or {"type": "default"}
    return True


def get_menu(world: World, _: Params) -> dict[str, Any]:
    found: dict[str, Any] = world.profile.get("menu", {"type": "default"})
    return found


def nod(_world: World, _params: Params) -> bool:
    return True


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": count_members,
    "leaveChat": leave_chat,
    "getBusinessConnection": get_business_connection,
    "getFile": get_file,
    "setMyCommands": set_commands,
    "deleteMyCommands": delete_commands,
    "getMyCommands": get_commands,
    "setMyName": partial(tell, field="name"),
    "getMyName": partial(told, field="name"),
    "setMyDescription": partial(tell, field="description"),
    "getMyDescription": partial(told, field="description"),
    "setMyShortDescription": partial(tell, field="short_description"),
    "getMyShortDescription": partial(told, field="short_description"),
    "setChatMenuButton": set_menu,
    "getChatMenuButton": get_menu,
    "close": nod,
    "logOut": nod,
}
