"""A template loses the line break that follows a block (`trim_blocks`): in texts it has to be written as a value."""

from __future__ import annotations

import tomllib

import pytest

from services.templates.environment import environment
from storage.closed_sets import LANGUAGES
from tests.house.text_keys import TEXTS

LOST = "%}\n"
"""Written as `%}{{ '\\n' }}` the break stays."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_loses_a_line_break(language: str) -> None:
    document = tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8"))
    texts = {f"{section}.{name}": text for section, names in document.items() for name, text in names.items()}
    assert [key for key, text in texts.items() if LOST in text] == []


def test_a_break_is_lost_behind_a_block_and_kept_as_a_value() -> None:
    lines = [
        environment().from_string(text).render()
        for text in ("{% if 1 %}\na{% endif %}", "{% if 1 %}{{ '\n' }}a{% endif %}")
    ]
    assert lines == ["a", "\na"]
