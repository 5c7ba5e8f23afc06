"""What an admin sends is what they mean: Telegram's formatting becomes tags, source stays source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.editing import source_of
from services.messages.lengths import units
from services.templates import check


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "entities", "source"),
    [
        ("plain", [], "plain"),
        ("<b>bold</b> {{ service.name }}", [], "<b>bold</b> {{ service.name }}"),
        ("hello you", [entity("bold", 6, 3)], "hello <b>you</b>"),
        ("🙂🙂 you", [entity("italic", 5, 3)], "🙂🙂 <i>you</i>"),
        ("ab", [entity("bold", 0, 2), entity("italic", 1, 1)], "<b>a<i>b</i></b>"),
        ("abc", [entity("bold", 0, 2), entity("italic", 1, 2)], "<b>a<i>b</i></b><i>c</i>"),
        ("ab", [entity("bold", 0, 1), entity("underline", 1, 1)], "<b>a</b><u>b</u>"),
        (
            "see us",
            [entity("text_link", 4, 2, url="https://x.org/?a=1&b=2")],
            'see <a href="https://x.org/?a=1&amp;b=2">us</a>',
        ),
        ("q", [entity("expandable_blockquote", 0, 1)], "<blockquote expandable>q</blockquote>"),
        ("run x", [entity("pre", 4, 1, language="sh")], 'run <pre><code class="language-sh">x</code></pre>'),
        ("see x.org", [entity("url", 4, 5)], "see x.org"),
        ("secret", [entity("spoiler", 0, 6)], "<tg-spoiler>secret</tg-spoiler>"),
        ("Q&A: 1 < 2 <3 &lt; &copy;", [], "Q&amp;A: 1 &lt; 2 &lt;3 &lt; &amp;copy;"),
        ("{% if a < 3 and b %}R&D{% endif %}", [], "{% if a < 3 and b %}R&amp;D{% endif %}"),
        ("Hi {{ customer.first_name }}!", [entity("bold", 8, 5)], "Hi <b>{{ customer.first_name }}</b>!"),
        ("<b>{{ service.name }}</b>", [entity("pre", 0, 25)], "<b>{{ service.name }}</b>"),
        ("beyond", [entity("bold", 3, 99)], "bey<b>ond</b>"),
        ("", [], ""),
    ],
)
def test_a_message_becomes_a_template(text: str, entities: list[dict[str, object]], source: str) -> None:
    assert source_of(text, entities) == source


KINDS = st.sampled_from(["bold", "italic", "underline", "strikethrough", "spoiler", "url", "custom_emoji"])


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="{}<>&#/"),
        min_size=1,
        max_size=30,
    ).filter(str.strip),
    st.lists(st.tuples(KINDS, st.integers(0, 40), st.integers(1, 40)), max_size=5),
)
def test_whatever_is_formatted_can_be_stored(text: str, found: list[tuple[str, int, int]]) -> None:
    text = f"x{text}"
    entities = [entity(kind, offset, length) for kind, offset, length in found if offset < units(text)]
    assert check(source_of(text, entities)) == ()
