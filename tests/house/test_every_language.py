"""A language that the bot speaks has its words everywhere that words stand, not in one catalogue alone."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from playground.actions import LANGUAGES as PLAYED
from services.customers.commands import NATIVE
from services.setup.pages import ORDERS
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
    """The list stands once, beside the words; where a page has none, it takes what its server gives it."""
    lists = {
        name(file): listed
        for file in folder.parent.glob("*.js")
        for listed in re.findall(r"\bLANGUAGES = \[(.*)\]", file.read_text("utf-8"))
    }
    assert lists.keys() <= {name(folder.with_suffix(".js"))}
    assert all(set(re.findall(r'"(\w+)"', listed)) == set(LANGUAGES) for listed in lists.values())


@pytest.mark.parametrize("folder", PAGES, ids=name)
def test_no_page_tells_one_language_from_all_others(folder: Path) -> None:
    """`startsWith("ru") ? "ru" : "en"` would never come to a third."""
    assert [name(file) for file in folder.parent.glob("*.js") if 'startsWith("ru")' in file.read_text("utf-8")] == []


def test_the_playground_offers_the_languages_that_there_are() -> None:
    page = REPOSITORY / "playground" / "page"
    start = (page / "index.html").read_text("utf-8")
    customers = (page / "customers.js").read_text("utf-8")
    assert set(PLAYED) == set(LANGUAGES)
    assert set(re.findall(r'data-lang="(\w+)"', start)) == set(LANGUAGES)
    assert set(re.findall(r'choice\("(\w+)"', customers)) == set(LANGUAGES)
    assert {file.name for file in page.glob("site.*.html")} == {f"site.{language}.html" for language in LANGUAGES}


def test_an_owner_can_choose_each_language_in_the_set_up() -> None:
    """In Telegram and on the page alike."""
    page = (REPOSITORY / "handlers" / "http" / "desk" / "page" / "setup.js").read_text("utf-8")
    [listed] = re.findall(r"\bORDERS = \[(.*)\]", page)
    offered = [tuple(codes.split(",")) for codes in re.findall(r'"([\w,]+)"', listed)]
    assert offered == [codes for _, codes in ORDERS]
    assert {code for codes in offered for code in codes} == set(LANGUAGES)


def test_no_language_of_the_bot_is_taken_for_a_foreign_one() -> None:
    """Who writes in a foreign one is answered in the fallback."""
    foreign = tomllib.loads((REPOSITORY / "services" / "texts" / "foreign.toml").read_text("utf-8"))
    assert foreign.keys() & set(LANGUAGES) == set()


def test_a_language_is_offered_by_its_own_name() -> None:
    assert NATIVE.keys() == set(LANGUAGES)
