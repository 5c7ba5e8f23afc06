"""Buttons as data, for who reads the bot's lines where no messenger shows buttons: programs, visitors of a site."""

from __future__ import annotations

from collections.abc import Iterator

from services.messages.callbacks import OnAnswer, OnChoice, OnGuess, decode
from services.messages.rating_presses import OnRating
from services.messages.words import Keyboard
from storage.offers import Choice


def offered(keyboard: Keyboard) -> tuple[Choice, ...]:
    """Return the choices of a keyboard; a button that is not for customers is none."""
    return tuple(_choices(keyboard))


def _choices(keyboard: Keyboard) -> Iterator[Choice]:
    for button in (button for row in keyboard for button in row):
        name = _name(button.press)
        if name is not None:
            yield Choice(id=name, title=button.text, press=button.press)


def _name(press: str) -> str | None:
    """Return what names a choice below its line: keys of scenarios and answers are in capitals, all else is not."""
    match decode(press):
        case OnAnswer(_, verdict):
            return verdict
        case OnGuess(_, scenario):
            return scenario
        case OnChoice(_, answer):
            return answer
        case OnRating(_, None):
            return "comment"
        case OnRating(_, score):
            return f"score_{score}"
        case _:
            return None
