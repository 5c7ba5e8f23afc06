"""What stands under the bot's lines in a customer's chat: whether it helped, what was meant, a person."""

from __future__ import annotations

from collections.abc import Iterable

from services.messages.callbacks import OnAnswer, OnChoice, OnGuess, encode
from services.messages.effects import Button, Keyboard
from services.texts import label

Title = tuple[str, str]
"""What people call a scenario or an answer, and its key."""


def feedback(line_id: int, language: str) -> Keyboard:
    """Return the two buttons under an answer, which is a stored line."""
    return (
        (
            Button(text=label("button.helped", language), press=encode(OnAnswer(line_id, "helped"))),
            _person(line_id, language),
        ),
    )


def scenarios(line_id: int, titles: Iterable[Title], language: str) -> Keyboard:
    """Return a button for each scenario that may be meant; the last one calls a person."""
    rows = [(Button(text=title, press=encode(OnGuess(line_id, key))),) for title, key in titles]
    return (*rows, (_person(line_id, language),))


def answers(line_id: int, titles: Iterable[Title], language: str) -> Keyboard:
    """Return a button for each answer that may be meant; the last one calls a person."""
    rows = [(Button(text=title, press=encode(OnChoice(line_id, key))),) for title, key in titles]
    return (*rows, (_person(line_id, language),))


def person(line_id: int, language: str) -> Keyboard:
    """Return the one button that calls a person."""
    return ((_person(line_id, language),),)


def _person(line_id: int, language: str) -> Button:
    return Button(text=label("button.person", language), press=encode(OnAnswer(line_id, "person")))
