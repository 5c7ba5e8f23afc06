"""What an admin sees while editing, as messages that fit: pure functions of what is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final, get_args

from markupsafe import Markup

from services.editing.history import possible_actions, removed
from services.editing.topics import Topic
from services.messages.callbacks import (
    OfEditor,
    OnDraft,
    OnNewWording,
    OnPack,
    OnScenario,
    OnWording,
    WordingAction,
    encode,
)
from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import MESSAGE, cut, units
from services.messages.mode_presses import OnMode
from services.templates import VARIABLES, TemplateProblem, explain, visible_length
from services.templates.variables import FACTS
from services.texts import LANGUAGES, find_key, label, language_name, say, text_key
from services.texts.keys import EditorButtonKey
from services.texts.titles import title_of
from storage.closed_sets import AnswerMode
from storage.template_versions import TemplateVersion, standing

Render = Callable[[str, str], str]
"""Takes a template and its language, returns what a customer would read as HTML."""

BUTTONS: Final = 100
"""Telegram takes no more under one message."""
PROBLEMS_MOST: Final = 8
SOURCE_MOST: Final = 2500
_DESCRIPTION_MOST: Final = 300
A_FACT: Final = f"{FACTS}.…"
EDIT: Final[WordingAction] = "edit"


_TO_MODE: Final[dict[AnswerMode, EditorButtonKey]] = {"auto": "mode_auto", "suggest": "mode_suggest", "off": "mode_off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Text that stays in one message with its buttons."""

    html: str
    buttons: Keyboard = ()


def sheets(blocks: Sequence[Block]) -> list[Words]:
    """Put blocks into as few messages as take them; a block that fills a message has one to itself."""
    pages: list[list[Block]] = []
    for block in blocks:
        if pages and _fit([*pages[-1], block]):
            pages[-1].append(block)
        else:
            pages.append([block])
    return [
        Words(text="\n\n".join(one.html for one in page), buttons=tuple(row for one in page for row in one.buttons))
        for page in pages
    ]


def _fit(blocks: Sequence[Block]) -> bool:
    buttons = sum(len(row) for one in blocks for row in one.buttons)
    return buttons <= BUTTONS and visible_length("\n\n".join(one.html for one in blocks)) <= MESSAGE


def button(key: EditorButtonKey, speak: str, press: OfEditor, **values: object) -> Button:
    text = cut(label(text_key("editor_button", key), speak, **values), 64)
    return Button(text=text, press=encode(press), style="success" if key == "save" else None)


def action_button(wording_id: int, action: WordingAction, speak: str, **values: object) -> Button:
    """Return the button of an action: without an added variant things are as they were before."""
    key: EditorButtonKey = "undo" if action == "remove" else action
    return button(key, speak, OnWording(wording_id, action), **({"number": None} | values))


def head(topic: Topic, speak: str) -> Markup:
    """Return what stands above texts; what the classifier reads of a scenario is told on its own page."""
    mark = label(text_key("priority", topic.priority), speak)
    title = topic.title(speak)
    if topic.answer:
        return say("editor.answer", speak, mark=mark, title=title, key=topic.name)
    description = cut(topic.scenario.description, _DESCRIPTION_MOST)
    return say("editor.scenario", speak, mark=mark, title=title, key=topic.name, description=description)


def wordings(
    topic: Topic,
    versions: Sequence[TemplateVersion],
    render: Render,
    speak: str,
    zone: tzinfo,
    *,
    performance: Markup | None = None,
    served: Collection[str] = LANGUAGES,
) -> list[Words]:
    """Return the texts of a topic as customers read them, each with its buttons.

    `performance`: how right it has been. `served`: the languages that a text is asked for where there is none.
    """
    blocks = [Block(html=head(topic, speak))]
    if topic.action == "escalate":
        blocks.append(Block(html=say("editor.people_only", speak)))
    else:
        blocks.append(_mode(topic, performance, speak))
    now = standing(versions)
    wanted = (code for code in LANGUAGES if code in served)
    for code in dict.fromkeys((*wanted, *(one.language for one in versions))):
        of_language = [one for one in now if one.language == code]
        for number, one in enumerate(of_language, 1):
            shown = number if len(of_language) > 1 else None
            blocks += _variant(one, shown, render, speak, zone, steps=possible_actions(versions, one.id))
        if not of_language and topic.action != "escalate":
            blocks.append(Block(html=say("editor.none", speak, language=language_name(code, speak))))
        if of_language or topic.action != "escalate":
            blocks[-1] = _with(blocks[-1], _more(topic, code, speak, first=not of_language))
        for gone in removed(versions, code)[-1:]:
            name = language_name(code, speak)
            blocks[-1] = _with(blocks[-1], button("restore_page", speak, OnWording(gone.id, "restore"), language=name))
    for other in _other_modes(topic, speak):
        blocks[-1] = _with(blocks[-1], other)
    blocks[-1] = _with(blocks[-1], _back(topic, speak))
    return sheets(blocks)


def _mode(topic: Topic, performance: Markup | None, speak: str) -> Block:
    """Say who speaks where this answer fits, and how well that goes."""
    mode = say("editor.mode", speak, mode=label(text_key("answer_mode", topic.mode), speak))
    return Block(html=f"{mode}\n{performance}" if performance else mode)


def _other_modes(topic: Topic, speak: str) -> Iterator[Button]:
    for mode in reversed(get_args(AnswerMode)):
        if mode != topic.mode and topic.action != "escalate":
            yield button(_TO_MODE[mode], speak, OnMode(mode, topic.scenario.key, topic.answer_key))


def _variant(
    one: TemplateVersion,
    number: int | None,
    render: Render,
    speak: str,
    zone: tzinfo,
    *,
    steps: Sequence[WordingAction],
) -> Iterator[Block]:
    name = language_name(one.language, speak)
    heading = say(
        "editor.variant",
        speak,
        language=name,
        number=number,
        author=one.author,
        date=one.created_at.astimezone(zone).strftime("%d.%m.%Y %H:%M"),
    )
    edit, *others = (action_button(one.id, action, speak, language=name, number=number) for action in (EDIT, *steps))
    rows = ((edit,), tuple(others)) if len(others) > 1 else ((edit, *others),)
    yield Block(html=heading)
    yield Block(html=render(one.text, one.language), buttons=rows)


def _back(topic: Topic, speak: str) -> Button:
    if topic.answer is None:
        return button("back", speak, OnPack())
    return button("back_to", speak, OnScenario(topic.scenario.key), title=title_of(topic.scenario, speak))


def _more(topic: Topic, code: str, speak: str, *, first: bool) -> Button:
    press = OnNewWording(topic.scenario.key, code, topic.answer_key)
    return button("first" if first else "add", speak, press, language=language_name(code, speak))


def _with(block: Block, *row: Button) -> Block:
    return Block(html=block.html, buttons=(*block.buttons, row))


def cancel(mark: str, speak: str) -> Keyboard:
    return ((button("cancel", speak, OnDraft(mark, "cancel")),),)


def prompt(head: str, source: str | None, mark: str, speak: str, *, one_of_several: int | None = None) -> list[Words]:
    """Return the request for a new text: what stands now, to be copied, and what can stand in it.

    `one_of_several`: the version, where others stand beside it, so that it may go.
    """
    blocks = [Block(html=head)]
    if source is not None:
        blocks.append(Block(html=say("editor.source", speak, source=cut(source, SOURCE_MOST))))
        if units(source) > SOURCE_MOST:
            blocks.append(Block(html=say("editor.source_cut", speak)))
    lines = Markup("\n").join(
        say(
            "editor.variable",
            speak,
            name=f"{{{{ {name} }}}}",
            meaning=_meaning(name, speak),
        )
        for name in (*VARIABLES, A_FACT)
    )
    buttons = cancel(mark, speak)
    if one_of_several is not None:
        buttons = ((button("remove", speak, OnWording(one_of_several, "remove")),), *buttons)
    blocks.append(Block(html=say("editor.variables", speak, lines=lines), buttons=buttons))
    return sheets(blocks)


def _meaning(variable: str, speak: str) -> str:
    if variable == A_FACT:
        return label("variable.facts", speak)
    key = find_key("variable", variable.replace(".", "_"))
    return label(key, speak) if key else VARIABLES[variable]


def problems(found: Sequence[TemplateProblem], mark: str, speak: str, *, reply: bool) -> list[Words]:
    """Return what is wrong with a text, line by line, and what to write instead."""
    lines = [_problem(one, speak) for one in found[:PROBLEMS_MOST]]
    if len(found) > PROBLEMS_MOST:
        lines.append(say("editor.more", speak, count=len(found) - PROBLEMS_MOST))
    text = say("editor.problems", speak, lines=Markup("\n\n").join(lines), reply=reply)
    return [Words(text=text, buttons=cancel(mark, speak))]


def _problem(one: TemplateProblem, speak: str) -> Markup:
    message, fix = explain(one, speak)
    return say("editor.problem", speak, line=one.line, message=cut(message, 200), fix=cut(fix, 200))
