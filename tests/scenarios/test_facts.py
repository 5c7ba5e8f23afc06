"""Facts: what a file may say, what a value looks like, which answers wait, and what customers read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.scenarios.answers import Answers, imagined
from services.scenarios.fact_sheets import read_values, values_text
from services.scenarios.fact_types import MOST, cleaned, fault
from services.scenarios.facts import Facts, facts_of, waiting
from services.scenarios.packs import inspect_pack, pack_version, read_pack, write_pack
from services.scenarios.packs.problems import Complaints
from services.templates import Templates, check, facts_in
from services.texts.team import Team
from storage.closed_sets import FactType
from storage.facts import EVERY
from storage.records import Answer, Fact, Scenario, Template
from tests.scenarios.test_reading import GOOD

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FACTS = """\
[[facts]]
key = "delivery.cost"
type = "text"
question = { ru = "Сколько стоит доставка?", en = "What does delivery cost?" }
example = { ru = "300 ₽", en = "$5" }

[[facts]]
key = "returns.days"
type = "number"
question = { ru = "Сколько дней на возврат?", en = "How many days to return?" }
example = { ru = "14", en = "14" }
"""
USING = GOOD.replace("{{ customer.first_name }}", " {{ facts.delivery.cost }} {{ facts.returns.days }}")


def folder(path: Path, facts: str = FACTS, payment: str = USING) -> Path:
    (path / "payment.toml").write_text(payment, encoding="utf-8")
    (path / "background.jsonl").write_text('{"language": "ru", "text": "какая погода"}\n', encoding="utf-8")
    (path / "facts.toml").write_text(facts, encoding="utf-8")
    return path


def asked(key: str, kind: FactType = "text") -> Fact:
    question = {"ru": f"{key} по-русски?", "en": f"{key} in English?"}
    return Fact(key=key, type=kind, question=question, example={"ru": "1", "en": "1"})


def facts(*keys: str, settings: dict[str, str] | None = None, **stored: dict[str, str]) -> Facts:
    named = {key.replace("__", "."): values for key, values in stored.items()}
    given = Facts(definitions={key: asked(key) for key in keys}, stored=named)
    return facts_of(given.definitions.values(), (), settings) if settings else given


# The file.


def test_a_file_of_facts_is_part_of_the_pack_and_no_scenario(tmp_path: Path) -> None:
    pack = read_pack(folder(tmp_path))
    assert [(fact.key, fact.type) for fact in pack.facts] == [("delivery.cost", "text"), ("returns.days", "number")]
    assert pack.facts[0].question["ru"] == "Сколько стоит доставка?"
    assert [scenario.key for scenario in pack.scenarios] == ["PAYMENT"]


def test_it_is_written_as_it_was_read_and_goes_with_the_pack(tmp_path: Path) -> None:
    pack = read_pack(folder(tmp_path))
    out = tmp_path / "out"
    write_pack(pack, out)
    assert (out / "facts.toml").read_text(encoding="utf-8") == FACTS
    assert read_pack(out) == pack
    (tmp_path / "facts.toml").unlink()
    (tmp_path / "payment.toml").write_text(GOOD, encoding="utf-8")
    write_pack(read_pack(tmp_path), out)
    assert not (out / "facts.toml").exists(), "a pack without facts leaves none of another"


def test_a_scenario_may_be_called_facts(tmp_path: Path) -> None:
    pack = read_pack(folder(tmp_path, payment=USING.replace("PAYMENT", "FACTS")))
    out = tmp_path / "out"
    write_pack(pack, out)
    assert read_pack(out) == pack


def test_the_version_changes_with_the_facts_and_only_then(tmp_path: Path) -> None:
    pack = read_pack(folder(tmp_path))
    assert pack.version == pack_version(pack.scenarios, pack.background, pack.facts)
    assert pack.version == read_pack(folder(tmp_path)).version
    other = read_pack(folder(tmp_path, FACTS.replace("$5", "$6")))
    assert other.version != pack.version


MISTAKES = [
    # what is written instead of what, the line, the words of the message, the words of the fix
    ('key = "delivery.cost"', 'key = "Delivery cost"', 2, "cannot be the key of a fact", "delivery.cost"),
    ('key = "delivery.cost"', 'key = "a.b.c.d"', 2, "cannot be the key of a fact", "dot"),
    ('key = "delivery.cost"', f'key = "{"a" * 41}"', 2, "cannot be the key of a fact", "40"),
    ('key = "delivery.cost"\n', "", 1, "key is missing", "add key"),
    ('key = "returns.days"', 'key = "delivery.cost"', 8, "stands already in line 2", "rename"),
    ('key = "returns.days"', 'key = "delivery"', 8, "cannot both be facts", "rename"),
    ('key = "returns.days"', 'key = "delivery.cost.abroad"', 8, "cannot both be facts", "rename"),
    ('type = "text"', 'type = "string"', 3, "type cannot be 'string'", "text, number"),
    ('type = "text"', 'typ = "text"', 3, "unknown key facts.0.typ", "did you mean type?"),
    (', en = "What does delivery cost?"', "", 4, "question.en is missing", "add en"),
    ('ru = "Сколько стоит доставка?"', 'rus = "Сколько?"', 4, "rus is no language", "ru"),
    ('ru = "300 ₽"', "ru = 300", 5, "must be a text", "quotes"),
    ('ru = "300 ₽"', f'ru = "{"х" * 501}"', 5, "501 characters", "shorten"),
    ('example = { ru = "14"', 'example = { ru = "две недели"', 11, "example.ru cannot be 'две недели'", "digits"),
    (FACTS, "[[fact]]", 1, "unknown key fact", "did you mean facts?"),
    ('type = "text"', "type = text", 3, "not TOML", "quotes"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake[2]}-{mistake[3]}")
def test_a_mistake_is_named_with_its_line(tmp_path: Path, mistake: tuple[str, str, int, str, str]) -> None:
    right, wrong, line, message, fix = mistake
    assert right in FACTS
    problems = inspect_pack(folder(tmp_path, FACTS.replace(right, wrong, 1))).problems
    told = [str(each) for each in problems]
    found = [each for each in problems if each.file.endswith("facts.toml") and each.line == line]
    assert any(message in each.message and fix in each.fix for each in found), told


def test_a_template_that_names_an_unknown_fact_is_an_error_with_its_line(tmp_path: Path) -> None:
    [unused, misspelt] = inspect_pack(
        folder(tmp_path, payment=USING.replace("delivery.cost", "delivery.kost"))
    ).problems
    assert (unused.severity, "no template uses delivery.cost" in unused.message) == ("notice", True)
    assert (misspelt.severity, misspelt.line) == ("error", 18)
    assert (misspelt.message, misspelt.fix) == ("unknown fact facts.delivery.kost", "did you mean facts.delivery.cost?")


def test_without_the_file_no_fact_is_known(tmp_path: Path) -> None:
    (folder(tmp_path) / "facts.toml").unlink()
    problems = inspect_pack(tmp_path).problems
    assert [each.message for each in problems] == [
        "unknown fact facts.delivery.cost",
        "unknown fact facts.returns.days",
    ]


def test_a_fact_that_no_template_uses_is_a_notice_but_hours_are_said_anyway(tmp_path: Path) -> None:
    hours = FACTS.replace("returns.days", "hours").replace("number", "text")
    problems = inspect_pack(folder(tmp_path, hours, GOOD)).problems
    assert [(each.line, each.severity, each.message) for each in problems] == [
        (2, "notice", "no template uses delivery.cost")
    ]


# Values.


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "ежедневно\nс 10 до 21"),
        ("number", "14"),
        ("number", "1 500"),
        ("number", "-2,5"),
        ("number", "100000.50"),
        ("phone", "+7 495 000-00-12"),
        ("phone", "8 (800) 555 35 35"),
        ("phone", "112"),
        ("email", "hello@shop.example"),
        ("email", "a.b+c@mail.shop.example"),
        ("url", "https://shop.example/a?b=c"),
        ("url", "http://магазин.рф"),
        ("hours", "Пн-Пт 9-18; 1 января выходной"),
        ("hours", "как получится, но обычно до семи"),
    ],
)
def test_what_fits_a_type(kind: FactType, value: str) -> None:
    assert fault(kind, cleaned(value)) is None


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        ("text", " \n\u200b ", "empty"),
        ("text", "х" * (MOST + 1), "too_long"),
        ("number", "14 дней", "number"),
        ("number", "1.2.3", "number"),
        ("phone", "позвоните нам", "phone"),
        ("phone", "12", "phone"),
        ("phone", "+1234567890123456", "phone"),
        ("email", "hello@shop", "email"),
        ("email", "hello shop.example", "email"),
        ("url", "shop.example", "url"),
        ("url", "javascript:alert(1)", "url"),
        ("url", "https://a b.example", "url"),
        ("url", "https://[", "url"),
        ("hours", "Mo-Fr 9-25", "hours_time"),
        ("hours", "9-18; 31.02 closed", "hours_date"),
        ("hours", "Mo-Fr 9-9", "hours_same"),
        ("hours", "Mo-Fr 9-13 12-18", "hours_overlap"),
        ("hours", "Mo-Fr 9-13; 14-18", "hours_days"),
        ("hours", "Mo-Fr", "hours_none"),
        ("hours", "01-01 closed", "hours_week"),
        ("hours", "Пн-Пт 9-18 обед 18-19", "hours_break"),
    ],
)
def test_what_does_not(kind: FactType, value: str, wrong: str) -> None:
    found = fault(kind, cleaned(value))
    assert found is not None
    assert found.code == wrong
    assert found.part in found.words("en")


def test_a_value_loses_what_nobody_sees() -> None:
    assert cleaned("  с 10 до 21 \r\n\x00 без\u202e выходных \n") == "с 10 до 21\nбез выходных"


def test_a_language_has_its_own_value_else_the_one_of_all_else_the_setting() -> None:
    known = Facts(
        stored={"a": {EVERY: "every", "ru": "по-русски"}, "b": {"ru": "б"}}, settings={"b": "set", "c": "set"}
    )
    assert known.values("ru") == {"a": "по-русски", "b": "б", "c": "set"}
    assert known.values("en") == {"a": "every", "b": "set", "c": "set"}
    assert known.value("d", "en") is None


def test_hours_are_said_in_every_language_and_reckoned_with_where_they_can_be_read() -> None:
    known = Facts(stored={"hours": {"ru": "Пн-Пт 9-18"}}, settings={"hours": "10-20"})
    assert [known.value("hours", language) for language in ("ru", "en")] == ["пн–пт 9:00–18:00", "daily 10:00–20:00"]
    assert known.hours is not None
    assert known.hours.week[5] == ()
    alone = Facts(stored={"hours": {"ru": "Пн-Пт 9-18"}})
    assert alone.value("hours", "en") == "Mon–Fri 9:00–18:00"
    free = Facts(stored={"hours": {"*": "когда получится"}}, settings={"hours": "10-20"})
    assert free.value("hours", "en") == "когда получится"
    assert free.hours is None
    assert Facts().hours is None


def test_a_date_that_is_over_is_not_said_any_more() -> None:
    known = Facts(stored={"hours": {"*": "9-18; 2026-12-31 9-12"}})
    assert known.value("hours", "en", date(2026, 12, 31)) == "daily 9:00–18:00, 31 December 2026 9:00–12:00"
    assert known.value("hours", "en", date(2027, 1, 1)) == "daily 9:00–18:00"


# In templates.


def test_facts_are_found_wherever_they_stand() -> None:
    source = "{% if facts.a.b %}{{ facts.c|upper }}{% elif facts.d == 'x' %}{{ customer.first_name }}{% endif %}"
    assert facts_in(source) == {"a.b", "c", "d"}
    assert facts_in("{% broken") == frozenset()
    assert facts_in("facts.a and {{ 'facts.b' }}") == frozenset()


@pytest.mark.parametrize(
    ("source", "known", "codes"),
    [
        ("{{ facts.a.b }}", None, []),
        ("{{ facts.a.b }}", ["a.b"], []),
        ("{{ facts.a }}", ["a.b"], ["group"]),
        ("{{ facts }}", ["a.b"], ["group"]),
        ("{{ facts.a.b.c }}", ["a.b"], ["misspelt_fact"]),
        ("{{ facts.zzz }}", ["a.b"], ["unknown_fact"]),
        ("{{ facts.b }}", ["a.b"], ["misspelt_fact"]),
        ("{{ a.b }}", ["a.b"], ["misspelt_variable"]),
        ("{% set facts = 'x' %}y", None, ["assignment"]),
        ("{{ facts['a'] }}", None, ["brackets"]),
        ("{{ facts.a() }}", None, ["call"]),
        ("{{ facts.items }} {{ facts.a.get }}", None, []),
    ],
)
def test_names_of_facts_are_checked(source: str, known: Iterable[str] | None, codes: list[str]) -> None:
    assert [each.code for each in check(source, facts=None if known is None else list(known))] == codes


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("300 ₽.", "300 ₽"),
        ("и так далее...", "и так далее..."),
        ("<b>5</b> & 6", "&lt;b&gt;5&lt;/b&gt; &amp; 6"),
        ("раз\nдва.", "раз\nдва"),
        ("{{ customer.first_name }}", "{{ customer.first_name }}"),
        ("х" * 600, "х" * 499 + "…"),
    ],
)
def test_a_value_is_plain_text_without_its_last_full_stop(value: str, read: str) -> None:
    said = Templates().render("[{{ facts.delivery.items }}].", {"facts": {"delivery.items": value}})
    assert said == f"[{read}]."


# Answers that wait.


def scenario(*templates: tuple[str, str]) -> Scenario:
    return Scenario(
        key="DELIVERY",
        title={},
        description="",
        priority="low",
        action="answer",
        examples={},
        templates=tuple(Template(language=language, text=text) for language, text in templates),
    )


def answers(known: Facts) -> Answers:
    return Answers(templates=Templates(), service="Лавка", team=Team(language="ru"), facts=lambda: known)


def told(known: Facts, said: Scenario, language: str = "ru", turn: int = 0) -> str | None:
    reader = imagined("", "", language, NOW)
    return answers(known).render(said, None, reader, language, NOW, first_contact=False, turn=turn)


COST = ("ru", "Стоит {{ facts.cost }}.")
TIME = ("ru", "Идёт {{ facts.time }}, стоит {{ facts.cost }}.")
ABROAD = ("en", "It costs {{ facts.cost }}.")


def test_an_answer_says_its_facts_in_the_customers_language() -> None:
    known = facts("cost", cost={"ru": "300 ₽", EVERY: "$5."})
    assert told(known, scenario(COST, ABROAD)) == "Стоит 300 ₽."
    assert told(known, scenario(COST, ABROAD), "en") == "It costs $5."


def test_an_answer_without_its_facts_is_not_given() -> None:
    assert told(facts("cost"), scenario(COST)) is None
    assert told(facts("cost", cost={"en": "$5"}), scenario(COST, ABROAD)) is None, "English does not stand in for it"


def test_only_wordings_whose_facts_are_there_take_turns() -> None:
    known = facts("cost", "time", cost={EVERY: "300 ₽"})
    assert {told(known, scenario(COST, TIME), turn=turn) for turn in range(3)} == {"Стоит 300 ₽."}


def test_without_a_wording_of_the_language_another_is_given_with_values_of_its_own() -> None:
    known = facts("cost", cost={"ru": "300 ₽", "en": "$5"})
    assert told(known, scenario(ABROAD)) == "It costs $5."


def test_the_answer_that_would_be_given_asks_the_owner_in_the_teams_language() -> None:
    known = facts("cost", "time", time={"ru": "2 дня"})
    reader = imagined("", "", "ru", NOW)
    proposal = answers(known).proposed(scenario(TIME, ABROAD), None, reader, "ru", NOW, speak="en")
    assert proposal is not None
    assert proposal.html == "Идёт 2 дня, стоит ‹cost in English?›."
    assert proposal.missing == ("cost",)


def test_of_several_wordings_the_one_is_proposed_that_lacks_least() -> None:
    proposal = answers(facts("cost", "time")).proposed(
        scenario(TIME, COST), None, imagined("", "", "ru", NOW), "ru", NOW, speak="ru"
    )
    assert proposal is not None
    assert proposal.html == "Стоит ‹cost по-русски?›."


def test_what_can_be_given_is_not_proposed() -> None:
    known = facts("cost", cost={EVERY: "1"})
    reader = imagined("", "", "ru", NOW)
    for said in (scenario(COST), scenario()):
        assert answers(known).proposed(said, None, reader, "ru", NOW, speak="ru") is None


def test_the_hours_of_the_settings_are_the_fact_until_somebody_fills_it_in() -> None:
    by_setting = facts_of([asked("hours")], (), {"hours": "9–18"})
    said = scenario(("ru", "Мы работаем {{ facts.hours }} ({{ working_hours }})."))
    assert told(by_setting, said) == "Мы работаем ежедневно 9:00–18:00 (ежедневно 9:00–18:00)."
    assert answers(by_setting).hours("en", NOW) == "daily 9:00–18:00"
    filled = Facts(stored={"hours": {"ru": "когда как"}}, settings={"hours": "9–18"})
    assert told(filled, said) == "Мы работаем когда как (когда как)."
    assert answers(filled).hours("ru", NOW) == "когда как"
    assert facts_of((), (), {"hours": " "}).values("ru") == {}


def test_who_waits_for_what() -> None:
    cost = Answer(key="COST", title={}, examples={}, templates=(Template(language=COST[0], text=COST[1]),))
    free = Answer(key="FREE", title={}, examples={}, templates=(Template(language="ru", text="Бесплатно."),))
    many = Scenario(
        key="DELIVERY",
        title={},
        description="",
        priority="low",
        action="answer",
        examples={},
        templates=(),
        answers=(cost, free),
    )
    waits = list(waiting([many, scenario(TIME, ABROAD)], facts("cost", "time", time={EVERY: "2"}), ("ru", "en")))
    assert [(one.name, one.language, one.facts) for one in waits] == [
        ("DELIVERY.COST", "ru", ("cost",)),
        ("DELIVERY.COST", "en", ("cost",)),
        ("DELIVERY", "ru", ("cost",)),
        ("DELIVERY", "en", ("cost",)),
    ]


# Values as a file.

KNOWN = {
    "delivery.cost": asked("delivery.cost"),
    "returns.days": asked("returns.days", "number"),
    "hours": asked("hours"),
}


def test_values_stand_in_any_form_of_toml() -> None:
    source = '''\
hours = """
с 10 до 21
без выходных"""
"returns.days" = 14

[delivery]
cost = { ru = "300 ₽", en = "$5" }
'''
    complaints = Complaints("values.toml")
    assert read_values(source, KNOWN, complaints) == {
        "hours": {EVERY: "с 10 до 21\nбез выходных"},
        "returns.days": {EVERY: "14"},
        "delivery.cost": {"ru": "300 ₽", "en": "$5"},
    }
    assert complaints.found == []


VALUE_MISTAKES = [
    ("delivery.kost = 'x'", "there is no fact delivery.kost", "did you mean delivery.cost?"),
    ("zzz = 'x'", "there is no fact zzz", "facts list"),
    ("[other]\nx = 'x'", "there is no fact other", "facts list"),
    ("returns.days = 'две недели'", "'две недели' will not do", "digits"),
    ("returns.days = true", "must be a text", "quotes"),
    ("hours = ['x']", "must be a text", "quotes"),
    ("hours = ''", "will not do", "empty"),
    ("hours = { russian = 'x' }", "'russian' is no language", "ru"),
    ("hours = x", "not TOML", "quotes"),
]


@pytest.mark.parametrize(("source", "message", "fix"), VALUE_MISTAKES)
def test_a_wrong_value_is_named_with_its_line(source: str, message: str, fix: str) -> None:
    complaints = Complaints("values.toml")
    read_values(f"# values\n{source}", KNOWN, complaints)
    [problem] = complaints.found
    assert problem.line in (2, 3)
    assert message in problem.message
    assert fix in problem.fix


def test_what_is_written_is_read_again_and_gaps_stand_there_as_comments() -> None:
    stored = {"hours": {EVERY: 'say "hi"\nraz'}, "delivery.cost": {"ru": "300", EVERY: "$5"}}
    text = values_text(Facts(definitions=KNOWN, stored=stored), "en")
    complaints = Complaints("values.toml")
    assert read_values(text, KNOWN, complaints) == stored
    assert complaints.found == []
    assert '# returns.days in English?\n# returns.days = { ru = "1", en = "1" }\n' in text
