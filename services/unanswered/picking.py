"""Answers to choose from, as buttons: the likely ones first, then all, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from services.desk.menus import A_PAGE, TITLE_MOST
from services.desk.ready_answers import mark_of
from services.messages.effects import Button, Keyboard
from services.messages.lengths import cut
from services.messages.question_presses import MATTER, PAGE
from services.texts.titles import full_title
from storage.matters import Matter

Press = Callable[[str], str]
"""Takes a choice and returns the data of its button."""
LIKELY: Final = "✨ "


def answers(likely: Sequence[Matter], everything: Iterable[Matter], page: int, speak: str, press: Press) -> Keyboard:
    """Return one page of them."""
    names = {one.name for one in likely}
    ordered = [*likely, *(one for one in everything if one.name not in names)]
    shown = ordered[page * A_PAGE : (page + 1) * A_PAGE]
    rows: list[tuple[Button, ...]] = [(_button(one, speak, press, likely=one.name in names),) for one in shown]
    turns = [(page - 1, "◀️")] * (page > 0) + [(page + 1, "▶️")] * ((page + 1) * A_PAGE < len(ordered))
    if turns:
        rows.append(tuple(Button(text=arrow, press=press(f"{PAGE}{to}")) for to, arrow in turns))
    return tuple(rows)


def _button(one: Matter, speak: str, press: Press, *, likely: bool) -> Button:
    title = full_title(one.scenario, one.answer, speak)
    return Button(
        text=cut(f"{LIKELY}{title}" if likely else title, TITLE_MOST), press=press(f"{MATTER}{mark_of(one.name)}")
    )


def chosen(choice: str, everything: Iterable[Matter]) -> Matter | None:
    """Return the answer that a choice names, if it is still there."""
    return next((one for one in everything if choice == f"{MATTER}{mark_of(one.name)}"), None)


def page_of(choice: str | None) -> int:
    """Return which page a choice asks for; the first where it asks for none."""
    return int(choice[1:]) if choice and choice[0] == PAGE else 0
