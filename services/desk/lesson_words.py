"""The line under an operator's reply, as the team reads it."""

from __future__ import annotations

from services.messages.effects import Button, Words
from services.messages.lesson_presses import LessonAction, OnLesson, encode
from services.texts import label, say, text_key
from services.texts.keys import LessonButtonKey


def offer(ticket_id: int, speak: str) -> Words:
    """Ask whether the bot shall answer so from now on; nobody is woken by it."""
    buttons = (button("yes", speak, "yes", ticket_id), button("no", speak, "no", ticket_id))
    return Words(text=say("lesson.offer", speak), buttons=(buttons,), silent=True)


def taught_on_page(ticket_id: int, speak: str) -> Words:
    """Say that somebody has taught it on the dashboard."""
    return Words(text=say("lesson.on_page", speak), buttons=((button("undo", speak, "undo", ticket_id),),))


def button(key: LessonButtonKey, speak: str, action: LessonAction, ticket_id: int, choice: str | None = None) -> Button:
    text = label(text_key("lesson_button", key), speak)
    press = encode(OnLesson(action, ticket_id, choice))
    return Button(text=text, press=press)
