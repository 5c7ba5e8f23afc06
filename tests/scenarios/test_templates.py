"""Templates: what may be written, what is refused and where, and what no value can break."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.templates import MAX_UNITS, VARIABLES, TemplateInvalid, Templates, check, explain, visible_length

GOOD = [
    "Hi",
    "Hi {{ customer.first_name }}{{ customer.last_name }} of {{ service.name }}",
    "{% if first_contact %}Hello{% else %}Again{% endif %} {{ customer.first_name | default('you') | upper }}",
    "{% set name = customer.first_name %}Hi {{ name }}",
    "{% if time_of_day in ('evening', 'night') %}Good evening{% else %}Good day{% endif %}",
    "{{ 'Ticket' if ticket_number is not none else 'No ticket' }}",
    '<b>a <i>b</i></b> <a href="https://example.com/{{ customer.language }}">c</a> 1 &lt; 2 &amp; 3 > 2',
    '<pre><code class="language-python">x</code></pre><blockquote expandable>q</blockquote><tg-spoiler>s</tg-spoiler>',
    "{% raw %}{{ not a variable }}{% endraw %}",
    "a{# a comment #}",
]


@pytest.mark.parametrize("source", GOOD)
def test_what_may_be_written(source: str) -> None:
    assert check(source) == ()
    assert Templates().render(source, {})


def test_every_documented_variable_may_be_used() -> None:
    assert check("x" + " ".join(f"{{{{ {name} }}}}" for name in VARIABLES)) == ()


REFUSED = [
    ("a\n{{ customer.frist_name }}", 2, "unknown variable customer.frist_name", "did you mean customer.first_name?"),
    ("{{ name }}", 1, "unknown variable name", "service.name"),
    ("{{ customer }}", 1, "is a group", "customer.first_name"),
    ("{{ customer.__class__ }}", 1, "unknown variable", ""),
    ("{{ customer.first_name.upper }}", 1, "unknown variable", "customer.first_name"),
    ("{{ ''.join }}", 1, "a dot", ""),
    ("{{ customer['first_name'] }}", 1, "square brackets", ""),
    ("{{ self }}", 1, "unknown variable self", ""),
    ("{{ range(10**9) }}", 1, "calls", ""),
    ("{{ customer.first_name.upper() }}", 1, "calls", ""),
    ("a\n\n{% for i in first_contact %}x{% endfor %}", 3, "loops", ""),
    ("{{ 'a' * 10**9 }}", 1, "arithmetic", ""),
    ("{{ 9 ** 9 ** 9 }}", 1, "arithmetic", ""),
    ("{{ -1 }}", 1, "arithmetic", ""),
    ("{{ 'a' ~ 'b' }}", 1, "joining", ""),
    ("{% macro f() %}x{% endmacro %}", 1, "block", ""),
    ("{% include 'x' %}", 1, "block", ""),
    ("{% import 'x' as y %}", 1, "block", ""),
    ("{% extends 'x' %}", 1, "block", ""),
    ("{% set x %}a{% endset %}", 1, "block", ""),
    ("{% set customer = 1 %}a", 1, "set", "new name"),
    ("{{ customer.first_name | safe }}", 1, "unknown filter safe", "known: capitalize"),
    ("{{ customer.first_name | upp }}", 1, "unknown filter upp", "did you mean upper?"),
    ("{{ customer.first_name is odd }}", 1, "unknown test odd", "known: defined"),
    ("{{ customer.first_name is definde }}", 1, "unknown test definde", "did you mean defined?"),
    ("a\n{% if first_contact %}", 2, "never closed", "{% endif %}"),
    ("a\n{% if first_contact = 1 %}x{% endif %}", 2, "expected token", "Jinja2"),
    ("{{ customer.first_name", 1, "unexpected end", "Jinja2"),
    ("{{ 'a }}", 1, "unexpected char", "Jinja2"),
    ("{% endif %}", 1, "unknown tag 'endif'", "Jinja2"),
    ("a\n{% for x in y %}", 2, "loops", "each line"),
    ("{% if first_contact %}a{% endif %}\n{% iff x %}", 2, "this block", "{% if … %}"),
    ("{{ {'a': 1} }}", 1, "this expression", "{{ variables }}"),
    ("{% if first_contact %}{% set x = 'y' %}{% endif %}a{{ x }}", 1, "x has no value", "every path"),
    ("{% if customer.first_name < 3 %}a{% endif %}b", 1, "not supported", ""),
    ("{% if first_contact %}x{% endif %}", 1, "empty", ""),
    ("  \n ", 1, "empty", ""),
    ("x" * 5000, 1, "longer than one message", "shorten"),
    ("x" * 20000, 1, "20000 characters", "shorten"),
    ("{{ " + "(" * 9000, 1, "too deep", ""),
    ("{{ " + "1" * 9000 + " }}", 1, "too", ""),
    ("a\n<b>c", 1, "<b> is never closed", "</b>"),
    ("<b>a</i>", 1, "closes <b>", "</b>"),
    ("a\nb</b>", 2, "not open", ""),
    ("a\n\n<br>", 3, "no tag <br>", "new line"),
    ("<div>a</div>", 1, "no tag <div>", ""),
    ("<a>x</a>", 1, "attributes", "href"),
    ('<a href="javascript:x">x</a>', 1, "attributes", "href"),
    ('<b class="x">x</b>', 1, "attributes", "<b>"),
    ("a\n1 < 2", 2, "'<'", "&lt;"),
    ("a\nb\nQ & A", 3, "'&'", "&amp;"),
    ("a &nbsp; b", 1, "'&'", "&amp;"),
    ("{% if first_contact %}<b>{% endif %}x</b>", 1, "branch", "inside the same"),
    ("a\n{{ [1, 2] }}", 2, "a list", "after in"),
    ("{% set a = ('x', 'y') %}{{ a }}", 1, "a list", "after in"),
    ("{% if 'x' in [['x'], 'y'] %}a{% endif %}b", 1, "a list", "after in"),
    ("{% if 'x' == ['x'] %}a{% endif %}b", 1, "a list", "after in"),
    ("a\n{% autoescape false %}b{% endautoescape %}", 2, "this block", "{% if … %}"),
    ("a\nb\x00", 2, "U+0000", "delete"),
    ("\u200b\u2060", 1, "empty", ""),
    ("{{ '\u202e' }}", 1, "empty", ""),
]
BOMB = "{% set a0 = [1,1,1,1,1,1,1,1,1,1] %}" + "".join(
    f"{{% set a{level + 1} = [{','.join([f'a{level}'] * 10)}] %}}" for level in range(8)
)


@pytest.mark.parametrize(("source", "line", "message", "fix"), REFUSED)
def test_what_is_refused_and_where(source: str, line: int, message: str, fix: str) -> None:
    problems = check(source)
    told = [explain(each, "en") for each in problems if each.line == line]
    assert any(message in each.message and fix in each.fix for each in told), problems
    with pytest.raises(TemplateInvalid):
        Templates().render(source, {})


def test_all_problems_at_once() -> None:
    assert [problem.line for problem in check("{{ a }}\n{{ b }}\n{{ c }}")] == [1, 2, 3]


def test_refusing_is_quick() -> None:
    began = process_time()
    for source in (
        "{{ 'a' * 10**9 }}",
        "{{ 9**9**9 }}",
        "{% for x in range(10**12) %}a{% endfor %}",
        "<" * 16_000,
        f"{BOMB}{{{{ a8 }}}}",
    ):
        assert check(source)
    assert process_time() - began < 2


VALUES = [
    ("<3", "&lt;3"),
    ("{{7*7}}", "{{7*7}}"),
    ("{% for %}", "{% for %}"),
    ("</b>&", "&lt;/b&gt;&amp;"),
    (None, ""),
    (42, "42"),
    ("   ", ""),
    ("\u202eevil\u2066", "evil"),
    ("\u200f\u3164\u200b", ""),
    ("two\n\nlines", "two lines"),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("\ud800", ""),
]


@pytest.mark.parametrize(("name", "shown"), VALUES)
def test_a_value_is_only_ever_text(name: object, shown: str) -> None:
    assert Templates().render("Hi {{ customer.first_name }}!", {"customer": {"first_name": name}}) == f"Hi {shown}!"


def test_names_are_capped_and_variables_may_be_dotted() -> None:
    said = Templates().render("Hi {{ customer.first_name }}", {"customer.first_name": "😀" * 4096})
    assert said == "Hi " + "😀" * 63 + "…"


def test_a_branch_no_trial_walked_is_refused_at_the_edge_and_not_a_crash() -> None:
    source = "{% if customer.first_name == 'Bob' %}{% else %}hi{% endif %}"
    assert check(source) == ()
    with pytest.raises(TemplateInvalid):
        Templates().render(source, {"customer": {"first_name": "Bob"}})


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_no_name_breaks_an_answer(name: str, first: bool) -> None:  # noqa: FBT001 - hypothesis fills it by position
    source = "{% if first_contact %}<b>{{ customer.first_name }}</b>{% else %}{{ customer.last_name }}{% endif %}."
    said = Templates().render(source, {"customer": {"first_name": name, "last_name": name}, "first_contact": first})
    assert visible_length(said) <= MAX_UNITS
    assert said.encode()


def test_a_long_answer_is_cut_between_words_of_markup() -> None:
    source = "<b>" + "<i>ab &amp; 😀</i>" * 500 + "{{ customer.first_name }}" * 10 + "</b>"
    assert check(source) == ()
    said = Templates().render(source, {"customer": {"first_name": "😀" * 64}})
    assert visible_length(said) <= MAX_UNITS
    assert said.endswith("…</b>")
    assert check(said) == ()
