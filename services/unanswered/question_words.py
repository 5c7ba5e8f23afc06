"""Unanswered questions as an admin reads them in Telegram: one group a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from markupsafe import Markup

from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import cut
from services.messages.question_presses import OnQuestions, QuestionAction, encode
from services.templates import markup
from services.texts import label, say, text_key, word_of
from services.texts.html import plain
from services.texts.keys import QuestionButtonKey, QuestionDoneKey
from services.unanswered.question_desk import Sheet
from services.unanswered.replies import Reply
from storage.question_pages import GroupRow

SHOWN: Final = 4
"""Questions of a group that are shown."""
REPLIES: Final = 3
QUESTION_MOST: Final = 200
REPLY_MOST: Final = 300
SOURCE_MOST: Final = 2000


def empty(speak: str) -> Words:
    return Words(text=say("questions.none", speak))


def page(sheet: Sheet, at: int, count: int, speak: str) -> Words:
    """Return a group that waits for a decision; `at`: its place among `count`."""
    group = sheet.row.group
    others = [one.text for one in sheet.questions if one.text != sheet.row.title][:SHOWN]
    text = say(
        "questions.group",
        speak,
        at=at + 1,
        count=count,
        title=cut(sheet.row.title, QUESTION_MOST),
        figures=figures(sheet.row, speak),
        questions=_lines([cut(one, QUESTION_MOST) for one in others], speak),
        replies=_lines([cut(one.text, REPLY_MOST) for one in sheet.replies[:REPLIES]], speak),
    )
    rows: list[tuple[Button, ...]] = [
        (button("make", speak, "make", group.id), button("belong", speak, "belong", group.id)),
        (button("foreign", speak, "foreign", group.id), button("hide", speak, "hide", group.id)),
    ]
    turns = [(at - 1, "◀️")] * (at > 0) + [(at + 1, "▶️")] * (at + 1 < count)
    if turns:
        rows.append(tuple(Button(text=arrow, press=encode(OnQuestions("page", to))) for to, arrow in turns))
    return Words(text=text, buttons=tuple(rows))


def figures(row: GroupRow, speak: str) -> Markup:
    """Return how much a group was asked."""
    asked = row.asked
    return say("questions.figures", speak, count=asked.count, week=asked.this_week, before=asked.week_before)


def _lines(texts: Sequence[str], speak: str) -> Markup:
    return Markup("\n").join(say("questions.line", speak, text=" ".join(one.split())) for one in texts)


def ways(sheet: Sheet, speak: str) -> Words:
    """Return the ways to make an answer: of what was answered, or as phrases of one that is there."""
    group = sheet.row.group
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                text=cut(label("question_button.from_reply", speak, author=one.author, text=plain(one.reads)), 60),
                press=encode(OnQuestions("text", group.id, str(one.id))),
            ),
        )
        for one in sheet.replies[: REPLIES + 2]
    ]
    rows += [(button("join", speak, "join", group.id),), (button("back", speak, "show", group.id),)]
    key: Literal["questions.ways", "questions.ways_none"] = "questions.ways" if sheet.replies else "questions.ways_none"
    return Words(text=say(key, speak, title=cut(sheet.row.title, QUESTION_MOST)), buttons=tuple(rows))


def preview(title: str, reply: Reply, speak: str, *, save: str, back: str) -> Words:
    """Return what would be stored, as people read it; `save`, `back`: the data of the buttons."""
    text = say(
        "questions.preview",
        speak,
        title=title,
        reads=Markup(markup.cut(reply.reads, SOURCE_MOST)),  # noqa: S704  # rendered under autoescape
        gaps=", ".join(word_of("gap", one, speak) for one in reply.gaps),
    )
    buttons = (
        Button(text=label("question_button.save", speak), press=save, style="success"),
        Button(text=label("question_button.back", speak), press=back),
    )
    return Words(text=text, buttons=(buttons,))


def choosing(title: str, buttons: Keyboard, back: Button, speak: str, *, joins: bool) -> Words:
    """Return the answers to choose from."""
    text = say("questions.join" if joins else "questions.belong", speak, title=cut(title, QUESTION_MOST))
    return Words(text=text, buttons=(*buttons, (back,)))


def done(row: GroupRow, key: QuestionDoneKey, topic: str | None, speak: str) -> Words:
    """Return what became of a group, with the way to take it back."""
    text = say(text_key("question_done", key), speak, title=cut(row.title, QUESTION_MOST), topic=topic)
    undo = button("undo", speak, "undo", row.group.id)
    return Words(text=text, buttons=((undo, button("next", speak, "page", 0)),))


def button(key: QuestionButtonKey, speak: str, action: QuestionAction, number: int) -> Button:
    return Button(text=label(text_key("question_button", key), speak), press=encode(OnQuestions(action, number)))
