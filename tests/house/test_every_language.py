"""A language that the bot speaks has its words everywhere that words stand, not in one catalogue alone."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from services.customers.commands import NATIVE
from storage.closed_sets import LANGUAGES
from tests.house.papers import REPOSITORY, name

ENGINES: Final = sorted((REPOSITORY / "services").rglob("texts.toml"))
PAGES: Final = sorted(
    path.parent / "texts" for folder in ("handlers", "playground") for path in (REPOSITORY / folder).rglob("texts.js")
)


def test_there_are_such_files() -> None:
    assert len(ENGINES) >= 4
    assert len(PAGES) >= 3


@pytest.mark.parametrize("file", ENGINES, ids=name)
def test_what_an_engine_says_it_says_in_every_language(file: Path) -> None:
    same_words(tomllib.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("folder", PAGES, ids=name)
def test_what_a_page_says_it_says_in_every_language(folder: Path) -> None:
    same_words({file.stem: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")})


def same_words(found: dict[str, dict[str, Any]]) -> None:
    assert found.keys() == set(LANGUAGES)
    first = found[LANGUAGES[0]]
    assert {
        language: words.keys() ^ first.keys() for language, words in found.items() if words.keys() != first.keys()
    } == {}


@pytest.mark.parametrize("folder", PAGES, ids=name)
def test_a_page_offers_the_languages_that_there_are(folder: Path) -> None:
    code = folder.with_suffix(".js").read_text("utf-8")
    for listed in re.findall(r"LANGUAGES = \[(.*)\]", code):
        assert set(re.findall(r'"(\w+)"', listed)) == set(LANGUAGES)


def test_a_language_is_offered_by_its_own_name() -> None:
    assert NATIVE.keys() == set(LANGUAGES)
