"""What the buttons of the set-up say when they are pressed; `callbacks.py` knows all buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

SetupAction = Literal[
    "open",
    "over",
    "back",
    "later",
    "next",
    "lang",
    "want",
    "sure",
    "anew",
    "keep",
    "skip",
    "look",
    "askq",
    "aska",
    "askt",
    "merge",
    "into",
    "mine",
    "theirs",
    "keepall",
    "tick",
    "ways",
    "way",
    "apply",
    "nofact",
    "teach",
    "place",
    "answer",
    "foreign",
    "unteach",
    "undo",
    "score",
    "finish",
]
"""`over`: take it over from a colleague. `ask…`: other words for a question, an answer, a title. `way`: a phrasing.
`teach`: what was tried belongs to an answer (`place`), to one that is written now (`answer`), or is `foreign`."""
_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class OnSetup:
    """An admin goes on with the set-up. `what` is about which: a pair, a choice, a fact, a language."""

    action: SetupAction
    what: str = ""

    @property
    def number(self) -> int:
        """The pair that it is about; 0 is none."""
        first = self.what.partition(".")[0]
        return int(first) if first.isascii() and first.isdecimal() else 0

    @property
    def second(self) -> int:
        """What of the pair: the place in a list; one that no list has where nothing is said."""
        last = self.what.partition(".")[2]
        return int(last) if last.isascii() and last.isdecimal() else _MOST


def encode(press: OnSetup) -> str:
    return f"U:{press.action}:{press.what}" if press.what else f"U:{press.action}"


def decode(parts: list[str]) -> OnSetup | None:
    match parts:
        case ["U", action] if action in get_args(SetupAction):
            return OnSetup(cast("SetupAction", action))
        case ["U", action, what] if action in get_args(SetupAction) and what and len(what) <= _MOST:
            return OnSetup(cast("SetupAction", action), what)
        case _:
            return None
