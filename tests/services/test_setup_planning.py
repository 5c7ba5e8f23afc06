"""What the pack becomes by an owner's choice: a pure function, as a table of small packs."""

from __future__ import annotations

from dataclasses import replace

from services.setup.planning import own_answers, planned
from storage.records import Answer, BackgroundLine, Fact, Pack, Scenario, Template
from storage.setup_pairs import Phrasing, SetupPair

PHONE = Fact(key="phone", type="phone", question={"en": "Your phone?"}, example={"en": "+1 202 555 0147"})


def answer(key: str, *phrases: str) -> Answer:
    return Answer(
        key=key,
        title={"ru": key, "en": key},
        examples={"en": phrases},
        templates=(Template(language="en", text=f"Text of {key}."),),
    )


def topic(key: str, *answers: Answer) -> Scenario:
    return Scenario(
        key=key,
        title={"ru": key, "en": key},
        description=key,
        priority="low",
        action="answer",
        examples={},
        templates=(),
        answers=answers,
    )


NOW = Pack(
    scenarios=(
        topic("DELIVERY", answer("COST", "what is delivery", "delivery price"), answer("ABROAD", "do you ship abroad")),
        topic("THANKS", answer("ALL", "thank you")),
    ),
    background=(BackgroundLine(language="en", text="do you wrap gifts?"), BackgroundLine(language="en", text="hm")),
    version="",
)
STARTER = Pack(
    scenarios=(topic("DELIVERY", answer("COST", "x")), topic("PRICING", answer("ALL", "price", "delivery price"))),
    background=(),
    version="",
    facts=(PHONE,),
)


def pair(number: int, question: str, text: str = "Yes.", **more: object) -> SetupPair:
    row = SetupPair(
        id=number,
        state="kept",
        questions=(question,),
        title=question[:40],
        answer=text,
        topic="",
        language="en",
        place="line 1",
        likely=(),
        scenario=None,
        target=None,
        own_text=True,
        phrasings=(),
    )
    return replace(row, **more)  # type: ignore[arg-type]  # a test's own shorthand


def answers_of(pack: Pack) -> dict[str, list[str]]:
    return {one.key: [each.key for each in one.answers] for one in pack.scenarios}


def test_the_starter_pack_adds_what_is_missing_without_phrases_that_others_have() -> None:
    plan = planned("starter", beside=True, now=NOW, starter=STARTER)
    assert answers_of(plan.pack) == {"DELIVERY": ["COST", "ABROAD"], "THANKS": ["ALL"], "PRICING": ["ALL"]}
    assert plan.pack.scenarios[-1].answers[0].examples == {"en": ("price",)}
    assert plan.faults == ()


def test_the_starter_pack_may_take_the_place_of_all() -> None:
    plan = planned("starter", beside=False, now=NOW, starter=STARTER)
    assert answers_of(plan.pack) == {"DELIVERY": ["COST"], "PRICING": ["ALL"]}


def test_from_nothing_small_talk_stays() -> None:
    plan = planned("nothing", beside=False, now=NOW, starter=STARTER)
    assert answers_of(plan.pack) == {"THANKS": ["ALL"]}
    assert own_answers(plan.pack.scenarios) == 0


def test_an_owners_question_takes_the_phrase_from_whoever_had_it() -> None:
    pairs = [pair(1, "Do you ship abroad?"), pair(2, "Delivery price?"), pair(3, "Do you wrap gifts?")]
    plan = planned("faq", beside=True, now=NOW, starter=STARTER, pairs=pairs)
    delivery, _, own = plan.pack.scenarios
    assert [one.key for one in delivery.answers] == ["COST"], "an answer that has lost all its phrases goes"
    assert delivery.answers[0].examples == {"en": ("what is delivery",)}
    assert [one.title["en"] for one in own.answers] == ["Do you ship abroad?", "Delivery price?", "Do you wrap gifts?"]
    assert [line.text for line in plan.pack.background] == ["hm"]
    assert [line.text for line in plan.released] == ["do you wrap gifts?"]
    assert plan.faults == ()


def test_a_pair_is_merged_and_ticked_phrasings_are_taken() -> None:
    ways = (Phrasing(language="en", text="post to Norway", ticked=True), Phrasing(language="en", text="sea mail"))
    row = pair(1, "Do you ship abroad?", "To 40 countries.", state="merged", scenario="DELIVERY", target="ABROAD")
    plan = planned("faq", beside=True, now=NOW, starter=STARTER, pairs=[replace(row, phrasings=ways)])
    merged = plan.pack.scenarios[0].answers[1]
    assert merged.examples == {"en": ("Do you ship abroad?", "post to Norway")}
    assert [one.text for one in merged.templates] == ["To 40 countries."]
    kept = planned("faq", beside=True, now=NOW, starter=STARTER, pairs=[replace(row, own_text=False)])
    assert [one.text for one in kept.pack.scenarios[0].answers[1].templates] == ["Text of ABROAD."]


def test_what_was_to_be_merged_is_an_answer_of_its_own_where_the_others_go() -> None:
    row = pair(1, "Do you ship abroad?", state="merged", scenario="DELIVERY", target="ABROAD")
    plan = planned("faq", beside=False, now=NOW, starter=STARTER, pairs=[row])
    assert answers_of(plan.pack) == {"THANKS": ["ALL"], "FAQ": ["DO_YOU_SHIP_ABROAD"]}


def test_a_telephone_is_a_fact_unless_it_is_not_ticked_or_says_something_else() -> None:
    row = pair(1, "Where can I call?", "Call +1 202 555 0147.")
    known: dict[str, tuple[tuple[str, ...], dict[str, list[str]], bool]] = {
        "ticked": ((), {}, True),
        "not ticked": (("phone",), {}, False),
        "says the same": ((), {"phone": ["+1 202 555 0147"]}, True),
        "says something else": ((), {"phone": ["+7 495 000 00 00"]}, False),
    }
    for name, (unticked, stands, named) in known.items():
        plan = planned("faq", beside=False, now=NOW, starter=STARTER, pairs=[row], unticked=unticked, stands=stands)
        assert ("facts.phone" in plan.pack.scenarios[-1].answers[0].templates[0].text) is named, name


def test_new_answers_begin_in_the_mode_that_is_set() -> None:
    plan = planned("faq", beside=True, now=NOW, starter=None, pairs=[pair(1, "Do you wrap?")], start="suggest")
    modes = {one.key: [each.mode for each in one.answers] for one in plan.pack.scenarios}
    assert modes["FAQ"] == ["suggest"]
