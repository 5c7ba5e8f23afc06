"""Who is there at the beginning, and in which language they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from playground import defaults
from playground.server import Playground

FILE: Final = Path(__file__).with_name("cast.json")


def enter(playground: Playground) -> Playground:
    """Add the people, the group, the account and the channel that the page starts with."""
    cast = _read()
    for operator in cast["operators"]:
        playground.add_operator(operator["first_name"], language_code=operator["language_code"], user_id=operator["id"])
    playground.add_group(cast["group"]["en"], chat_id=defaults.GROUP_ID)
    for customer in cast["customers"]:
        playground.add_customer(customer["first_name"], language_code=customer["language_code"])
    open_doors(playground)
    return playground


def open_doors(playground: Playground) -> None:
    """Let customers write to the admin's own account and to a channel of theirs as well."""
    owner = playground.operators[defaults.ADMIN_ID]
    owner.chat.started = True  # nobody becomes an admin without having written to the bot
    playground.connect_account(owner)
    playground.add_channel(owner, _read()["channel"]["en"])


def enter_anew(playground: Playground) -> None:
    """Let everybody leave and the first ones come in again, in the language that was chosen."""
    playground.forget()
    enter(playground)
    if playground.language:
        speak(playground, playground.language)


def speak(playground: Playground, language: str) -> None:
    """Let the team have this language: the name of the bot and the titles of group and channel too.

    Customers keep their own.
    """
    names = _read()
    playground.speak(language, titles=names["group"], channels=names["channel"])
    playground.rename_bot(names["bot"][language])


def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
