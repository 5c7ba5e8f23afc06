"""From pairs to scenarios: keys, titles, facts; and the command that shows and writes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.cli.from_faq import from_faq
from bot.cli.shell import Refusal
from services.faq.facts_found import FoundFact, facts_found
from services.faq.pairs import Pair
from services.faq.proposing import escaped, key_of, scenarios_of
from services.scenarios.packs import read_pack
from services.templates import check
from storage.closed_sets import FactType

STARTER = Path("scenarios")
KINDS: dict[str, FactType] = {"phone": "phone", "email": "email", "hours": "hours", "returns.days": "number"}


def pair(question: str, answer: str, topic: str = "") -> Pair:
    return Pair(questions=(question,), answer=answer, topic=topic, language="en", place="line 1")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("How much is delivery?", "HOW_MUCH_IS_DELIVERY"),
        ("Сколько стоит доставка в регионы и за границу?", "SKOLKO_STOIT_DOSTAVKA_V"),
        ("Щётка и ёлка", "SCHETKA_I_ELKA"),
        ("24/7?", "Q_24_7"),
        ("日本", "Q"),
        ("unknown", "Q_UNKNOWN"),
    ],
)
def test_keys_are_of_latin_letters(words: str, key: str) -> None:
    assert key_of(words, set()) == key


def test_a_key_is_nobody_elses() -> None:
    taken = {"FAQ"}
    assert [key_of("FAQ", taken), key_of("faq", taken)] == ["FAQ_2", "FAQ_3"]


def test_a_topic_is_a_scenario() -> None:
    listed = scenarios_of(
        [pair("How much?", "$5", "Shipping"), pair("Where to?", "US", "Shipping"), pair("Who?", "We")]
    )
    assert [(one.key, [answer.key for answer in one.answers]) for one in listed] == [
        ("SHIPPING", ["HOW_MUCH", "WHERE_TO"]),
        ("FAQ", ["WHO"]),
    ]


def test_braces_of_an_owner_are_no_template() -> None:
    text = "Write {{ name }} or {% if %} or {# no #} or {plain}"
    assert check(escaped(text)) == ()


def test_the_value_that_most_answers_give_is_the_fact() -> None:
    said = [
        pair("Hours?", "Mon-Fri 9:00-18:00, call +1 202 555 0147 or +1 202 555 0100"),
        pair("Can I return it?", "Within 14 days; +1 202 555 0147, help@shop.example."),
    ]
    assert facts_found(said, KINDS) == [
        FoundFact("phone", "+1 202 555 0147", 2),
        FoundFact("email", "help@shop.example", 1),
        FoundFact("hours", "Mon-Fri 9:00-18:00", 1),
        FoundFact("returns.days", "14", 1),
    ]


def test_a_telephone_is_named_where_it_stands_as_text_and_kept_in_a_link() -> None:
    said = pair("How to call?", '<a href="https://shop.example/+12025550147">Call</a> +12025550147')
    (scenario,) = scenarios_of([said], facts=[FoundFact("phone", "+12025550147", 1)])
    text = scenario.answers[0].templates[0].text
    assert text == '<a href="https://shop.example/+12025550147">Call</a> {{ facts.phone }}'


def test_without_a_folder_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "faq.csv"
    file.write_text("question,answer\nWhere are you?,5 Quiet Street\nAnd when?,\n")
    assert from_faq(file, language=None, to=None, shipped=STARTER) == 0
    told = capsys.readouterr().out
    assert "Where are you?  [en, line 2]" in told
    assert "line 3: “And when?”: no answer stands below it; write one" in told
    assert "nothing is written yet; add --to FOLDER" in told
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_folder_is_a_pack_that_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, to = tmp_path / "faq.md", tmp_path / "pack"
    file.write_text("## Where are you?\n5 Quiet Street, call +1 202 555 0147\n\n## Do you ship?\nYes, {{ soon }}\n")
    assert from_faq(file, language=None, to=to, shipped=STARTER) == 0
    pack = read_pack(to)
    assert {"FAQ", "GREETING", "THANKS", "HUMAN_OPERATOR", "COMPLAINT"} == {one.key for one in pack.scenarios}
    assert "support-bot facts set phone '+1 202 555 0147'" in capsys.readouterr().out


def test_what_a_folder_has_stays_when_more_is_added(tmp_path: Path) -> None:
    to = tmp_path / "pack"
    for name in ("one", "two"):
        file = tmp_path / f"{name}.md"
        file.write_text(f"## Where is {name}?\nHere\n\n## When is {name}?\nNow\n")
        assert from_faq(file, language="en", to=to, shipped=STARTER) == 0
    answers = {one.key: [answer.key for answer in one.answers] for one in read_pack(to).scenarios}
    assert (answers["FAQ"], answers["FAQ_2"]) == (["WHERE_IS_ONE", "WHEN_IS_ONE"], ["WHERE_IS_TWO", "WHEN_IS_TWO"])


def test_a_file_without_questions_says_what_always_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Just words.\n")
    assert from_faq(file, language=None, to=tmp_path / "pack", shipped=STARTER) == 1
    assert "a table with the columns “question” and “answer” always works" in capsys.readouterr().out
    assert not (tmp_path / "pack").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        from_faq(tmp_path / "no.csv", language=None, to=None, shipped=STARTER)


def test_of_many_lines_left_out_the_first_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "faq.txt"
    file.write_text(
        "".join(f"line of a menu {number}\n" for number in range(30)) + "\nWhere are you?\nHere.\n", "utf-8"
    )
    from_faq(file, language=None, to=None, shipped=tmp_path / "none")
    said = capsys.readouterr().out
    assert said.count("line of a menu") == 10
    assert "and 20 more: no question stands above it" in said
    assert "1 answer, 1 question, 30 not taken" in said


def test_a_file_that_asks_nothing_is_doubted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "about.md"
    file.write_text("## Our team\nTwelve people.\n## Our office\nIn Rome.\n", "utf-8")
    from_faq(file, language=None, to=None, shipped=tmp_path / "none")
    assert "is it the right file?" in capsys.readouterr().out


@pytest.mark.long
def test_phrasings_are_proposed_to_a_file_and_used_once_they_are_ticked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, ways, to = tmp_path / "faq.md", tmp_path / "ways.md", tmp_path / "pack"
    file.write_text("## Where are you?\n5 Quiet Street\n\n## Do you ship?\nYes\n")
    asked: list[str] = []

    def propose(pairs: Sequence[Pair], path: Path) -> int:
        asked.extend(pair.questions[0] for pair in pairs)
        path.write_text(
            "## Where are you?\n- [ ] en: your street\n- [x] en: your address\n- [X] ru: ваш адрес\n"
            "## Do you ship?\n- [x] en: do you SHIP\n"
        )
        return 4

    def go() -> int:
        return from_faq(file, language="en", to=to, shipped=STARTER, phrasings=ways, propose=propose)

    assert go() == 0
    assert "4 phrasings to tick" in capsys.readouterr().out
    assert not to.exists()
    assert go() == 0
    assert asked == ["Where are you?", "Do you ship?"], "the second time nobody is asked"
    where, ship = next(one for one in read_pack(to).scenarios if one.key == "FAQ").answers
    assert where.examples == {"en": ("Where are you?", "your address"), "ru": ("ваш адрес",)}
    assert ship.examples == {"en": ("Do you ship?",)}
