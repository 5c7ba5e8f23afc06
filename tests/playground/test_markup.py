"""HTML as Telegram reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import ApiError
from playground.markup import parse_html
from playground.text import units

GOOD: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("plain &amp; &lt;3 &quot;&#33; &copy;", 'plain & <3 "! &copy;', []),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("😀<u>x</u>", "😀x", [("underline", 2, 1)]),
    ("<STRONG>x</strong>", "x", [("bold", 0, 1)]),
    ("<b></b>x", "x", []),
    ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
    ("<pre><code class='language-python'>x</code></pre>", "x", [("pre", 0, 1, "python")]),
    ("<code class='language-python'>x</code>", "x", [("code", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ('<a href="tg://user?id=1">x</a>', "x", [("text_link", 0, 1, "tg://user?id=1")]),
    ("<a href='a.example'>x</a>", "x", [("text_link", 0, 1, "http://a.example")]),
    ("<a>b.example</a>", "b.example", [("text_link", 0, 9, "http://b.example")]),
    ("<a href='nowhere'>x</a>", "x", []),
    ("<a href='https://x.example/?a=1&amp;b=2'>x</a>", "x", [("text_link", 0, 1, "https://x.example/?a=1&b=2")]),
    ('<tg-emoji emoji-id="5">x</tg-emoji>', "x", [("custom_emoji", 0, 1, "5")]),
    ('<tg-time unix="1700000000">x</tg-time>', "x", [("date_time", 0, 1, 1700000000)]),
    (" \n<b> x </b>\n", "x", [("bold", 0, 1)]),
]

BAD = [
    ("I <3 you", 'Unsupported start tag "3" at byte offset 2'),
    ("я <div>", 'Unsupported start tag "div" at byte offset 3'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("x <", "Unclosed start tag at byte offset 2"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("source", "text", "entities"), GOOD, ids=[source for source, _, _ in GOOD])
def test_good(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    words, found = parse_html(source)
    assert words == text
    assert [tuple(entity.values()) for entity in found] == entities


@pytest.mark.parametrize(("source", "reason"), BAD, ids=[source for source, _ in BAD])
def test_bad(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as error:
        parse_html(source)
    assert error.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(alphabet=st.sampled_from("<>/ab &;=\"'я😀\n") | st.characters(codec="utf-8"), max_size=60))
def test_anything_is_text_or_a_refusal(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError:
        return
    assert text == text.strip()
    assert all(0 <= entity["offset"] < entity["offset"] + entity["length"] <= units(text) for entity in entities)
