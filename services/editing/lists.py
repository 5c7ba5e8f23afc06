"""The lists an admin chooses from: scenarios, and the answers of one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from services.editing.pages import button, head
from services.editing.topics import Topic
from services.messages.callbacks import OnPack, OnScenario
from services.messages.effects import Button, Words
from services.texts import label, say, text_key
from services.texts.titles import title_of
from storage.closed_sets import AnswerMode
from storage.matters import Matter, matters_of
from storage.records import Scenario
from storage.template_versions import TemplateVersion

ROWS_A_PAGE: Final = 50
SIGNS: Final[dict[AnswerMode, str]] = {"suggest": "💬", "off": "🙋"}
"""What stands in lists beside an answer that the bot does not send by itself."""


def pack(scenarios: Sequence[Scenario], speak: str) -> list[Words]:
    """Return the list of scenarios."""
    if not scenarios:
        return [Words(text=say("editor.list_empty", speak))]
    rows = [
        (
            button(
                "scenario",
                speak,
                OnScenario(one.key),
                mark=label(text_key("priority", one.priority), speak),
                title=title_of(one, speak),
                mode=mode_sign(*matters_of(one)),
            ),
        )
        for one in scenarios
    ]
    modes = {one.mode for scenario in scenarios for one in matters_of(scenario) if one.action != "escalate"}
    return _list(say("editor.list", speak, suggest="suggest" in modes, off="off" in modes), rows)


def answers(scenario: Scenario, versions: Sequence[TemplateVersion], speak: str) -> list[Words]:
    """Return the list of a scenario's answers, each with the number of its wordings."""
    wordings_of = Counter(one.answer for one in versions if one.retired_at is None)
    rows = [
        (
            button(
                "answer",
                speak,
                OnScenario(scenario.key, one.key),
                mark=label(text_key("priority", one.priority or scenario.priority), speak),
                title=title_of(one, speak),
                count=wordings_of[one.key],
                mode=mode_sign(Matter(scenario, one)),
            ),
        )
        for one in scenario.answers
    ]
    above = head(Topic(scenario=scenario), speak)
    text = Markup("\n\n").join((above, say("editor.answers", speak)))
    return _list(text, [*rows, (button("back", speak, OnPack()),)])


def _list(html: str, rows: Sequence[tuple[Button, ...]]) -> list[Words]:
    parts = [tuple(rows[at : at + ROWS_A_PAGE]) for at in range(0, len(rows), ROWS_A_PAGE)]
    return [Words(text=html, buttons=part) for part in parts]


def mode_sign(*matters: Matter) -> str:
    """Return signs of what is not sent by the bot itself, though it has a text for it."""
    modes = {one.mode for one in matters if one.action != "escalate"}
    return "".join(sign for mode, sign in SIGNS.items() if mode in modes)
