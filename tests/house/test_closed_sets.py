"""Closed sets are types: mypy knows every key of a text, every reason and kind, and each has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Final, get_args

import pytest

from handlers.http.desk import verb_requests
from handlers.telegram.kinds import SAID
from services.classify.llm import Reason as ModelReason
from services.classify.urgency import UrgencyReason
from services.customers.commands import CommandName
from services.health.checks import Part, Status
from services.health.webhooks import Trouble as WebhookTrouble
from services.messages.callbacks import CardAction, WordingAction
from services.messages.choices import Snooze
from services.queues.troubles import Trouble
from services.texts import LANGUAGES
from storage import closed_sets
from tests.house import text_keys
from tests.house.papers import REPOSITORY

EXACTLY: Final[dict[str, set[str]]] = {
    "answer_mode": set(get_args(closed_sets.AnswerMode)),
    "audit": set(get_args(closed_sets.AuditAction)),
    "audit_place": set(get_args(closed_sets.AuditPlace)),
    "author": set(get_args(closed_sets.Author)),
    "ending": set(get_args(closed_sets.Ending)),
    "health": {*get_args(Part), *get_args(Status)},
    "kind": set(get_args(closed_sets.Content)),
    "label_source": set(get_args(closed_sets.LabelSource)),
    "language": set(LANGUAGES),
    "learning_state": set(get_args(closed_sets.LearningState)),
    "model": set(get_args(ModelReason)),
    "priority": set(get_args(closed_sets.Priority)),
    "priority_name": set(get_args(closed_sets.Priority)),
    "reason": set(get_args(closed_sets.Reason)),
    "snooze": set(get_args(Snooze)),
    "state": set(get_args(closed_sets.TicketState)),
    "urgency": set(get_args(UrgencyReason)),
    "webhook": set(get_args(WebhookTrouble)),
}
"""Sections of the texts that name a closed set, and nothing else."""
AMONG_OTHERS: Final[dict[str, set[str]]] = {
    "admin": set(get_args(Trouble)),
    "button": set(get_args(CardAction)),
    "command": set(get_args(CommandName)),
    "customer": set(get_args(CommandName)),
    "editor_button": set(get_args(WordingAction)),
    "toast": set(get_args(closed_sets.Feedback)) - {"picked"},  # a choice is answered by what follows it
}
"""Sections that name a closed set, and more."""
_ASKED: Final = re.compile(r'\b(?:act|does)\("(\w+)"')
MADE_AT_RUN_TIME: Final = {"kind", "album", "variable", "language", "urgency"}
"""Sections whose names come from Telegram, a template, a customer or a file of rules: they stand nowhere in code."""
FOLDERS: Final = ("bot", "handlers", "services", "storage")
ROOMS_OF_MESSAGES: Final = ("messages", "desk", "delivery", "customers", "api", "editing", "reports")
"""Where `kind` is that of a message; in `templates` and `scenarios` it is that of a piece of a file."""


def test_the_types_of_the_texts_are_those_of_the_files() -> None:
    assert text_keys.KEYS.read_text("utf-8") == text_keys.source(), "run: python -m tests.house.text_keys"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", EXACTLY)
def test_every_member_of_a_closed_set_has_its_words(section: str, language: str) -> None:
    assert set(text_keys.keys(language)[section]) == EXACTLY[section]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", AMONG_OTHERS)
def test_every_member_of_a_set_has_its_words_among_others(section: str, language: str) -> None:
    assert set(text_keys.keys(language)[section]) >= AMONG_OTHERS[section]


def test_the_page_has_a_button_for_each_verb_that_its_desk_takes() -> None:
    """`act("take")`, `this.does("wrong", id)`: a verb that no line of the page asks for is a button that is missing."""
    page = REPOSITORY / "handlers" / "http" / "desk" / "page"
    asked = {verb for file in page.glob("*.js") for verb in _ASKED.findall(file.read_text("utf-8"))}
    taken = set(get_args(verb_requests.CardAction))
    assert taken <= set(get_args(CardAction))
    assert taken - asked == set()


def test_every_text_is_said_somewhere() -> None:
    said = set(_constants())
    sections = text_keys.keys("en").items()
    unused = [
        f"{section}.{name}"
        for section, names in sections
        for name in names
        if section not in MADE_AT_RUN_TIME and f"{section}.{name}" not in said and name not in said
    ]
    assert unused == []


def test_what_telegram_calls_content_is_what_we_do() -> None:
    assert {kind.value for kind in SAID} | {"other"} == set(get_args(closed_sets.Content))


def test_kinds_of_messages_are_compared_with_kinds_that_exist() -> None:
    """A comparison is no error to mypy, since a message may be of a kind that only Telegram knows."""
    found = dict(_compared())
    assert found.keys() >= {"answer", "clarify", "command", "text"}
    known = {*get_args(closed_sets.Content), *get_args(closed_sets.BotKind), "command", "note"}
    assert {kind: place for kind, place in found.items() if kind not in known} == {}


@cache
def _trees() -> dict[str, ast.Module]:
    files = (file for folder in FOLDERS for file in sorted((REPOSITORY / folder).rglob("*.py")))
    return {str(file.relative_to(REPOSITORY)): ast.parse(file.read_text("utf-8")) for file in files}


def _constants() -> Iterator[str]:
    """Yield every string in the code, but for those that only name the members of a type."""
    for place, tree in _trees().items():
        if place != "services/texts/keys.py":
            yield from _strings(tree)


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"):
        for inner in ast.iter_child_nodes(node):
            yield from _strings(inner)


def _compared() -> Iterator[tuple[str, str]]:
    """Yield what the kind of a message is compared with, and where."""
    for place, tree in _trees().items():
        if place.split("/")[1] in ROOMS_OF_MESSAGES:
            for node in ast.walk(tree):
                if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "kind":
                    yield from ((text, f"{place}:{node.lineno}") for one in node.comparators for text in _strings(one))
