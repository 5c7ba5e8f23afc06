"""What the buttons say by which admins connect the bot: under the list of admins, and where it asks for a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

AdminAction = Literal["list", "invite", "ask", "drop"]
"""`ask`: whether somebody shall be an admin no more; `drop`: that is so."""
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class OnAdmins:
    """An admin pressed a button of `/admins`; `number` is an admin's id, 0 where none is meant."""

    action: AdminAction
    number: int = 0


@dataclass(frozen=True, slots=True)
class OnGroup:
    """An admin wants a group to be that of the operators; it is named by its chat."""

    chat_id: int


OfConnecting = OnAdmins | OnGroup


def encode(press: OfConnecting) -> str:
    match press:
        case OnAdmins(action, number):
            return f"A:{action}:{number}"
        case OnGroup(chat_id):
            return f"G:{-chat_id}"


def decode(parts: list[str]) -> OfConnecting | None:
    match parts:
        case ["A", action, number] if action in get_args(AdminAction) and _is_number(number):
            return OnAdmins(cast("AdminAction", action), int(number))
        case ["G", number] if _is_number(number):
            return OnGroup(-int(number))
        case _:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
