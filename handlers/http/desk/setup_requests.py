"""What the desk takes about the set-up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from handlers.http.bodies import Text
from handlers.http.desk.requests import Acting, Strict

MOST: int = 1024 * 1024
"""Bytes of a body: a text that is pasted may be long."""
SetupAction = Literal[
    "open", "over", "back", "later", "next", "lang", "want", "sure", "anew", "keep", "skip", "look", "merge",
    "into", "mine", "theirs", "keepall", "tick", "ways", "way", "apply", "nofact", "undo", "score", "finish",
]  # fmt: skip
"""As the buttons in Telegram."""
Written = Literal["name", "paste", "question", "answer", "title", "fact", "test"]
"""`test`: what was tried; the score is counted on it while no customer has written."""


class SetupQuery(Strict):
    """`score`: count what the bot would make of what was asked, which takes a second."""

    score: bool = False


class SetupBody(Acting):
    """A step. `what`: a pair by its number, a choice, a fact, languages."""

    action: SetupAction
    what: Annotated[str, StringConstraints(max_length=80, pattern=r"^[\w.,]*$")] = ""


class SetupWords(Strict):
    """Something that is written. `pair`: of other words for a question; `fact`: of a value."""

    into: Written
    text: Annotated[Text, StringConstraints(max_length=200_000)]
    pair: int = 0
    fact: Annotated[str, StringConstraints(max_length=80)] = ""


class SetupFileQuery(Strict):
    """What the file is called: its end tells the format."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f/\\]+$")]
