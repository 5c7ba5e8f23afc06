"""The pages for people name only what there is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click
import pytest

from benchmarks.faults.run import SCENARIOS
from bot.cli.table import root
from bot.settings import keys
from services.templates.variables import VARIABLES
from services.texts import LANGUAGES
from tests.house.papers import FOLDERS, REPOSITORY, code, commands, documents, links, name

SECTIONS: Final = ("Context", "Decision", "Consequences", "What enforces it")
LONGEST_DECISION: Final = 60
DECISIONS: Final = sorted((REPOSITORY / "docs/decisions").glob("*.md"))

pages = pytest.mark.parametrize("page", documents(), ids=name)


@pages
def test_every_command_exists(page: Path) -> None:
    for words in commands(page.read_text(), "support-bot"):
        look_up(words)


def look_up(words: Iterable[str]) -> None:
    command: click.Command = root
    for word in words:
        if not isinstance(command, click.Group):
            return  # an argument
        assert word in command.commands, f"support-bot {' '.join(words)}"
        command = command.commands[word]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_bot_tells_people_to_type_exists(language: str) -> None:
    text = (REPOSITORY / f"services/texts/{language}.toml").read_text()
    known = tomllib.loads(text)["command"]
    assert set(re.findall(r"(?<![\w/<.])/([a-z]+)\b", text)) <= known.keys()
    for queue in ("inbox", "outbox"):
        for words in re.findall(r"support-bot ([a-z ]+)", text.replace("{{ queue }}", queue)):
            look_up(words.split())


@pages
def test_every_target_of_make_exists(page: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text()
    for target, *_ in commands(page.read_text(), "make"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"


@pages
def test_every_setting_exists(page: Path) -> None:
    known = {*keys.variables(), keys.CONFIG, "SUPPORT_"}
    sections = "|".join(keys.sections())
    for piece in code(page.read_text()):
        for variable in re.findall(r"\bSUPPORT_[A-Z_]*", piece):
            assert variable in known, variable
        if re.fullmatch(rf"(?:{sections})\.[a-z_]+", piece) and not (REPOSITORY / piece).exists():
            assert piece in keys.fields() or piece in VARIABLES, piece


@pages
def test_every_link_and_every_file_exists(page: Path) -> None:
    text = page.read_text()
    for target in links(text):
        assert (page.parent / target).exists(), target
    for piece in code(text):
        path = piece.strip()
        if re.fullmatch(rf"(?:{'|'.join(FOLDERS)})/[\w./-]+", path):
            assert (REPOSITORY / path).exists() or (REPOSITORY / f"{path}.py").exists(), path


def test_the_two_readmes_have_the_same_parts() -> None:
    english, russian = (
        re.findall(r"^(#+) ", (REPOSITORY / one).read_text(), re.MULTILINE) for one in ("README.md", "README.ru.md")
    )
    assert english == russian


@pytest.mark.parametrize("page", ["README.md", "README.ru.md"])
def test_every_promise_names_a_test_or_a_scenario_that_exists(page: str) -> None:
    named: list[str] = []
    for proof in proofs((REPOSITORY / page).read_text()):
        shown = re.findall(r"`([^`]+)`", proof)
        assert shown
        assert [one for one in shown if not (REPOSITORY / one).is_file() and one not in SCENARIOS] == []
        named += shown
    assert SCENARIOS.keys() <= set(named)


def proofs(text: str) -> list[str]:
    """Return the last column of the table of promises."""
    [section] = re.findall(r"^## (?:What is promised|Что обещано)[^\n]*\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\|.*\| *([^|]+?) *\|$", section, re.MULTILINE)
    assert len(rows) > 2
    return rows[2:]


def test_the_readme_shows_pictures_that_load_quickly() -> None:
    pictures = [target for target in links((REPOSITORY / "README.md").read_text()) if target.endswith(".png")]
    assert pictures
    assert all((REPOSITORY / one).stat().st_size < 300_000 for one in pictures)


def test_decisions_are_numbered_without_gaps() -> None:
    assert [one.name[:5] for one in DECISIONS] == [f"{number:04}-" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_a_decision_is_one_page_with_four_parts(decision: Path) -> None:
    text = decision.read_text()
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == SECTIONS
    assert len(text.splitlines()) <= LONGEST_DECISION


def test_every_decision_is_in_the_list() -> None:
    listed = links((REPOSITORY / "docs/README.md").read_text())
    assert [one for one in listed if one.startswith("decisions/")] == [f"decisions/{one.name}" for one in DECISIONS]
