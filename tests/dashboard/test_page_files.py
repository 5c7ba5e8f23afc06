"""The page's files: both languages say everything, every key is used, and what was taken over is unchanged."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from typing import Any, Final

import pytest

from handlers.http.desk.page import FOLDER

MOST_BYTES: Final = 300 * 1024
"""All libraries together, as they are."""
MADE_UP: Final = (
    "unanswered_",
    "view_",
    "nothing_",
    "state_",
    "short_",
    "by_",
    "line_",
    "wish_",
    "mode_",
    "topic_",
    "key_",
    "role_",
    "entrance_",
    "feedback_",
    "action_",
    "look_",
    "reading_",
)
"""Keys that are put together as the page runs begin so."""
ALSO: Final = (
    "channel_",
    "format_",
    "customer_",
    "page_",
    "engine_",
    "ticket_",
    "sound_",
    "hand",
    "figure_",
    "aside_",
    "setup_",
)


def texts(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"texts/{language}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_words_stand_in_for_others_of_the_same_key(language: str) -> None:
    keys: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys.extend(key for key, _ in pairs)
        return dict(pairs)

    json.loads((FOLDER / f"texts/{language}.json").read_text("utf-8"), object_pairs_hook=note)
    forms = {"zero", "one", "two", "few", "many", "other"}
    assert [key for key, count in Counter(keys).items() if count > 1 and key not in forms] == []


def gaps(words: Any) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", words if isinstance(words, str) else " ".join(words.values())))


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    russian, english = texts("ru"), texts("en")
    assert list(russian) == list(english)
    assert {key for key in russian if gaps(russian[key]) != gaps(english[key])} == set()


def test_every_word_that_the_page_says_is_there_and_every_word_there_is_said() -> None:
    code = "\n".join(file.read_text("utf-8") for file in FOLDER.glob("*.js"))
    said = set(re.findall(r'\bt\("([^"]+)"', code)) | set(re.findall(r'"(\w+)"', code))
    known = set(texts("en"))
    assert set(re.findall(r'\bt\("([^"]+)"', code)) - known == set()
    assert {key for key in known - said if not key.startswith(MADE_UP + ALSO)} == set()


def test_what_was_taken_over_is_unchanged_has_its_license_and_is_small() -> None:
    listed = tomllib.loads((FOLDER / "vendor/vendor.toml").read_text())
    files = {file.name: file for file in (FOLDER / "vendor").iterdir() if file.suffix in (".mjs", ".js", ".css")}
    assert files.keys() == listed.keys()
    for name, entry in listed.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == entry["sha256"], name
        assert (FOLDER / "vendor" / name).with_suffix(".LICENSE").is_file()
    assert sum(file.stat().st_size for file in (FOLDER / "vendor").iterdir()) <= MOST_BYTES


def test_nothing_is_ever_taken_for_markup() -> None:
    code = "\n".join(file.read_text("utf-8") for file in FOLDER.glob("*.js"))
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|dangerously", code) == []


def test_no_file_is_left_in_pieces_by_a_merge() -> None:
    """A file that a merge has left in pieces stops the whole page."""
    marks = ("<<<<<<<", "=======\n", ">>>>>>>")
    assert [file.name for file in FOLDER.rglob("*.*s") if any(one in file.read_text("utf-8") for one in marks)] == []


def test_what_the_first_paint_needs_is_asked_for_at_once() -> None:
    """A file that is found out about from another costs a round trip more."""
    index = (FOLDER / "index.html").read_text("utf-8")
    early = set(re.findall(r'rel="modulepreload" href="dashboard/([^"]+)"', index))
    needed: set[str] = set()
    waiting = ["app.js"]
    while waiting:
        found = imported_by(waiting.pop()) - needed
        needed |= found
        waiting += [name for name in found if name.endswith(".js")]
    assert early == needed


def test_no_two_files_need_each_other() -> None:
    needs = {file.name: imported_by(file.name) for file in FOLDER.glob("*.js")}
    while free := [name for name, others in needs.items() if not others & needs.keys()]:
        for name in free:
            del needs[name]
    assert needs == {}


def imported_by(name: str) -> set[str]:
    """Return the files that one of the page's files cannot begin without."""
    code = (FOLDER / name).read_text("utf-8")
    return set(re.findall(r'^(?:import|export)[^;]*?"\./([\w./-]+)";', code, re.MULTILINE))
