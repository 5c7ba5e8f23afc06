"""A person's formatting within words of the bot's own: as it looked, never crossing, never somebody else's markup."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.messages.marked import marked
from services.messages.plain_text import joined, spelled
from services.messages.shaped import shaped

MOST = 100


def look(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ("не нужно", [look("strikethrough", 0, 2)], "<s>не</s> нужно"),
        ("a<b> & c", [look("bold", 1, 3)], "a<b>&lt;b&gt;</b> &amp; c"),
        ("😀 да", [look("italic", 3, 2)], "😀 <i>да</i>"),
        ("abcd", [look("bold", 0, 3), look("italic", 1, 3)], "<b>a</b><i><b>bc</b></i><i>d</i>"),
        ("abcd", [look("bold", 0, 4), look("code", 1, 2)], "<b>a</b><code>bc</code><b>d</b>"),
        ("abcd", [look("bold", 2, 99)], "ab<b>cd</b>"),
        ("abcd", [look("mention", 0, 2), look("text_link", 0, 4, url="https://x.example")], "abcd"),
    ],
)
def test_looks(text: str, entities: list[dict[str, Any]], html: str) -> None:
    found = marked(text, entities, MOST)
    assert {shaped(found)[0], shaped(html)[0]} == {text}
    assert sorted(shaped(found)[1], key=str) == sorted(shaped(html)[1], key=str)


def test_what_is_cut_keeps_its_looks() -> None:
    assert marked("один два три четыре", [look("bold", 0, 19)], 10) == "<b>один два…</b>"


@given(
    st.text(max_size=20),
    st.lists(
        st.builds(look, st.sampled_from(("bold", "italic", "code", "spoiler")), st.integers(0, 25), st.integers(0, 25)),
        max_size=5,
    ),
)
def test_any_formatting_leaves_the_words_as_they_are(text: str, entities: list[dict[str, Any]]) -> None:
    assert shaped(marked(text, entities, MOST))[0] == text.encode("utf-16-le", "surrogatepass").decode(
        "utf-16-le", "replace"
    )


def test_looks_move_with_the_addresses_that_are_spelled_out() -> None:
    entities = [look("text_link", 0, 2, url="u.ru"), look("bold", 0, 5), look("italic", 3, 2)]
    assert spelled("ab cd", entities) == ("ab (u.ru) cd", (look("bold", 0, 12), look("italic", 10, 2)))
    assert joined([("", ()), ("😀", ()), ("cd", (look("bold", 0, 2),))]) == ("😀\ncd", (look("bold", 3, 2),))
