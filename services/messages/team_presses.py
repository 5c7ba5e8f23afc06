"""What the buttons under the team's own lists say: canned replies, bans, labels, unanswered questions, admins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from services.messages import connect_presses, label_presses, lesson_presses, question_presses
from services.messages.connect_presses import OfConnecting, OnAdmins, OnGroup
from services.messages.label_presses import OnLabels
from services.messages.lesson_presses import OnLesson
from services.messages.question_presses import OnQuestions

CannedAction = Literal["page", "drop", "restore"]
_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class OnCanned:
    """A member of the team pressed a button of `/replies`; `number` is a page, or a reply's row."""

    action: CannedAction
    number: int


@dataclass(frozen=True, slots=True)
class OnBan:
    """An admin lifts a ban."""

    customer_id: int


OfTeam = OnCanned | OnBan | OnLabels | OnLesson | OnQuestions | OfConnecting


def encode(press: OfTeam) -> str:
    match press:
        case OnCanned(action, number):
            return f"r:{action}:{number}"
        case OnBan(customer_id):
            return f"b:{customer_id}"
        case OnLabels():
            return label_presses.encode(press)
        case OnLesson():
            return lesson_presses.encode(press)
        case OnQuestions():
            return question_presses.encode(press)
        case OnAdmins() | OnGroup():
            return connect_presses.encode(press)


def decode(parts: list[str]) -> OfTeam | None:
    match parts:
        case ["r", action, number] if action in get_args(CannedAction) and _is_number(number):
            return OnCanned(cast("CannedAction", action), int(number))
        case ["b", number] if _is_number(number):
            return OnBan(int(number))
        case ["A" | "G", *_]:
            return connect_presses.decode(parts)
        case ["y", *_]:
            return lesson_presses.decode(parts)
        case ["u", *_]:
            return question_presses.decode(parts)
        case _:
            return label_presses.decode(parts)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
