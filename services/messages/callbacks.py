"""What the buttons say when they are pressed: written and read here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from services.messages import (
    choices,
    desk_presses,
    fact_presses,
    line_presses,
    mode_presses,
    rating_presses,
    setup_presses,
    team_presses,
)
from services.messages.choices import is_choice
from services.messages.connect_presses import OnAdmins, OnGroup
from services.messages.desk_presses import OfDesk, OnClient, OnFind, OnHistory, OnOpen, OnTicketHistory
from services.messages.fact_presses import OfFacts
from services.messages.label_presses import OnLabels
from services.messages.lesson_presses import OnLesson
from services.messages.line_presses import OnLine
from services.messages.mode_presses import OfModes, OnMode, OnTrust
from services.messages.question_presses import OnQuestions
from services.messages.rating_presses import OnRating
from services.messages.setup_presses import OnSetup
from services.messages.team_presses import OfTeam, OnBan, OnCanned
from services.texts.languages import own
from storage.closed_sets import SpokenLanguage

CardAction = choices.CardAction
WordingAction = Literal["edit", "undo", "redo", "remove", "restore"]
DraftAction = Literal["save", "cancel"]
_MOST_DIGITS: Final = 18
"""Any longer is no row number: the databases count to 19 digits."""


@dataclass(frozen=True, slots=True)
class OnTicket:
    """An operator pressed a button of a card."""

    ticket_id: int
    action: CardAction
    choice: str | None = None
    """Of a button that offers some; None opens them."""


@dataclass(frozen=True, slots=True)
class OnAnswer:
    """A customer judged an automatic answer; `message_id` is its row."""

    message_id: int
    verdict: Literal["helped", "person"]


@dataclass(frozen=True, slots=True)
class OnGuess:
    """A customer picked what they meant; `message_id` is the row of the question that was put to them."""

    message_id: int
    scenario: str


@dataclass(frozen=True, slots=True)
class OnChoice:
    """A customer picked one answer of the scenario that the question was about."""

    message_id: int
    answer: str


@dataclass(frozen=True, slots=True)
class OnLanguage:
    """Somebody picked their language."""

    language: SpokenLanguage


@dataclass(frozen=True, slots=True)
class OnPack:
    """An admin asked for the list of scenarios."""


@dataclass(frozen=True, slots=True)
class OnScenario:
    """An admin asked for the texts of a scenario, or of one of its answers."""

    scenario: str
    answer: str | None = None
    """None: of the scenario itself, which shows its answers where it has several."""


@dataclass(frozen=True, slots=True)
class OnWording:
    """An admin wants a version of an answer changed; `wording_id` is its row."""

    wording_id: int
    action: WordingAction


@dataclass(frozen=True, slots=True)
class OnNewWording:
    """An admin wants one more variant of an answer."""

    scenario: str
    language: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class OnDraft:
    """An admin wants a text kept or thrown away; `mark` names the text, so that an older button saves no newer one."""

    mark: str
    action: DraftAction


OfEditor = OnPack | OnScenario | OnWording | OnNewWording | OnDraft | OfModes | OfFacts
Press = (
    OnQuestions
    | OnSetup
    | OnTicket
    | OnLine
    | OnAnswer
    | OnGuess
    | OnChoice
    | OnLanguage
    | OnRating
    | OfDesk
    | OfTeam
    | OfEditor
)


def encode(press: Press) -> str:  # noqa: PLR0911  # one line a button
    """Return the button's data, 64 bytes at most: a scenario's key has up to 40 letters, with an answer's up to 56."""
    match press:
        case OnTicket(ticket_id, action, choice):
            return f"t:{ticket_id}:{action}{_last(choice)}"
        case OnRating():
            return rating_presses.encode(press)
        case OnLine():
            return line_presses.encode(press)
        case OnAnswer(message_id, verdict):
            return f"a:{message_id}:{verdict}"
        case OnGuess(message_id, scenario):
            return f"g:{message_id}:{scenario}"
        case OnChoice(message_id, answer):
            return f"c:{message_id}:{answer}"
        case OnLanguage(language):
            return f"l:{language}"
        case _:
            return _encode_of_staff(press)


def _encode_of_staff(press: OfDesk | OfTeam | OnSetup | OfEditor) -> str:
    match press:
        case OnSetup():
            return setup_presses.encode(press)
        case OnCanned() | OnBan() | OnLabels() | OnLesson() | OnQuestions() | OnAdmins() | OnGroup():
            return team_presses.encode(press)
        case OnOpen() | OnClient() | OnHistory() | OnTicketHistory() | OnFind():
            return desk_presses.encode(press)
        case _:
            return _encode_of_editor(press)


def _encode_of_editor(press: OfEditor) -> str:  # noqa: PLR0911  # one line a button
    match press:
        case OnPack():
            return "e"
        case OnScenario(scenario, answer):
            return f"s:{scenario}{_last(answer)}"
        case OnWording(wording_id, action):
            return f"w:{wording_id}:{action}"
        case OnNewWording(scenario, language, answer):
            return f"n:{scenario}:{language}{_last(answer)}"
        case OnDraft(mark, action):
            return f"d:{mark}:{action}"
        case OnMode() | OnTrust():
            return mode_presses.encode(press)
        case _:
            return fact_presses.encode(press)


def _last(answer: str | None) -> str:
    return "" if answer is None else f":{answer}"


def decode(data: str) -> Press | None:  # noqa: PLR0911  # one line a kind of button
    """Return the press, or None for what this version does not know: an older button, or somebody's invention."""
    match data.split(":"):
        case ["t", *_] as parts:
            return _of_operator(parts)
        case ["m", *_] as parts:
            return line_presses.decode(parts)
        case ["z", *_] as parts:
            return rating_presses.decode(parts)
        case ["a" | "g" | "c" | "l", *_] as parts:
            return _of_customer(parts)
        case ["o" | "k" | "h" | "H" | "q", *_] as parts:
            return desk_presses.decode(parts)
        case ["r" | "b" | "L" | "u" | "y" | "U" | "A" | "G", *_] as parts:
            return team_presses.decode(parts) or setup_presses.decode(parts)
        case ["e" | "s" | "w" | "n" | "d" | "M" | "T" | "F" | "f" | "v" | "x", *_] as parts:
            return _of_editor(parts)
        case _:
            return None


def _of_operator(parts: list[str]) -> OnTicket | None:
    match parts:
        case ["t", number, action] if _is_row(number) and action in get_args(CardAction):
            return OnTicket(int(number), cast("CardAction", action))
        case ["t", number, "hand", choice] if _is_row(number) and _is_row(choice):
            return OnTicket(int(number), "hand", choice)
        case ["t", number, action, choice] if _is_row(number) and is_choice(action, choice):
            return OnTicket(int(number), cast("CardAction", action), choice)
        case _:
            return None


def _of_customer(parts: list[str]) -> OnAnswer | OnGuess | OnChoice | OnLanguage | None:
    match parts:
        case ["a", number, ("helped" | "person") as verdict] if _is_row(number):
            return OnAnswer(int(number), verdict)
        case ["g", number, scenario] if _is_row(number):
            return OnGuess(int(number), scenario)
        case ["c", number, answer] if _is_row(number):
            return OnChoice(int(number), answer)
        case ["l", code] if (language := own(code)) is not None:
            return OnLanguage(language)
        case _:
            return None


def _of_editor(parts: list[str]) -> OfEditor | None:
    match parts:
        case ["e"]:
            return OnPack()
        case ["s", _] | ["s", _, _] if all(parts):
            return OnScenario(*parts[1:])
        case ["w", number, ("edit" | "undo" | "redo" | "remove" | "restore") as action] if _is_row(number):
            return OnWording(int(number), action)
        case ["n", _, _] | ["n", _, _, _] if all(parts):
            return OnNewWording(*parts[1:])
        case ["d", mark, ("save" | "cancel") as action] if mark:
            return OnDraft(mark, action)
        case _:
            return mode_presses.decode(parts) or fact_presses.decode(parts)


def _is_row(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
