"""Buttons of the set-up, and the frame around each of its pages."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import cut
from services.messages.setup_presses import OnSetup, SetupAction, encode
from services.setup.state import STEPS, Step
from services.setup.view import View
from services.texts import label, say, text_key
from services.texts.keys import SetupButtonKey

NOTHING: Final = Markup()


def button(key: SetupButtonKey, speak: str, action: SetupAction, what: object = "", **values: object) -> Button:
    words = label(text_key("setup_button", key), speak, **values)
    return Button(text=cut(words, 64), press=encode(OnSetup(action, str(what))))


def step_name(step: Step, speak: str) -> str:
    return label(text_key("setup_step", step), speak)


def framed(view: View, speak: str, body: str, rows: Keyboard = (), *, above: Markup = NOTHING) -> list[Words]:
    """Return a page: where it stands, what it says, its buttons, and the way back and out."""
    head = say("setup.head", speak, number=view.number, count=len(STEPS), step=step_name(view.setup.step, speak))
    back = () if view.setup.step == "name" else (button("back", speak, "back"),)
    ways = ((*back, button("later", speak, "later")),)
    return [Words(text=f"{above}{head}\n\n{body}", buttons=(*rows, *ways))]
