"""Phrases of the pack, word for word."""

from __future__ import annotations

import pytest

from services.classify.examples import CERTAIN, Examples, places, sure, words
from services.classify.verdict import UNKNOWN, Guess, Question, Verdict
from storage.records import Answer, BackgroundLine, Pack, Scenario

HOW = Answer(key="HOW", title={}, examples={"ru": ("как пригласить друга",)}, templates=())
LINK = Answer(key="LINK", title={}, examples={"ru": ("где ссылка", "про друга")}, templates=())
REFERRAL = Scenario(
    key="REFERRAL",
    title={},
    description="",
    priority="low",
    action="answer",
    examples={"ru": ("друзья", "про друга")},
    templates=(),
    answers=(HOW, LINK),
)
PACK = Pack(scenarios=(REFERRAL,), background=(), version="1")


class Unsure:
    async def classify(self, question: Question) -> Verdict:  # noqa: ARG002  # it never knows
        return Verdict(
            scenario=UNKNOWN,
            confidence=0.4,
            reasoning="",
            engine="local",
            version="1",
            nearest=(Guess(scenario="PRICING", confidence=0.4), Guess(scenario="REFERRAL", confidence=0.3)),
        )


@pytest.mark.parametrize(
    ("text", "scenario", "answer"),
    [
        ("Как пригласить друга?", "REFERRAL", "HOW"),
        ("КАК  ПРИГЛАСИТЬ — ДРУГА!!!", "REFERRAL", "HOW"),
        ("друзья", "REFERRAL", None),
        ("как пригласить друга в кино", UNKNOWN, None),
        ("про друга", UNKNOWN, None),  # it stands in two places
        ("", UNKNOWN, None),
    ],
)
async def test_a_phrase_says_what_its_author_meant(text: str, scenario: str, answer: str | None) -> None:
    told = await Examples(Unsure(), PACK).classify(Question(text=text, language="ru"))
    assert (told.scenario, told.answer) == (scenario, answer)
    known = scenario != UNKNOWN
    assert (told.confidence == CERTAIN) is known
    assert told.nearest[0].scenario == (scenario if known else "PRICING")
    assert len(told.nearest) <= 3


def test_one_way_of_writing() -> None:
    assert words("Ещё  «раз», ОК?") == words("еще раз ок") == "еще раз ок"
    assert places(Pack(scenarios=(), background=(), version="1")) == {}


async def test_a_line_of_the_background_belongs_to_no_scenario() -> None:
    pack = Pack(scenarios=(REFERRAL,), background=(BackgroundLine(language="en", text="routing number"),), version="1")
    told = await Examples(Certain(), pack).classify(Question(text="Routing number?", language="en"))
    assert (told.scenario, told.confidence, told.answer) == (UNKNOWN, 0.0, None)
    other = await Examples(Certain(), pack).classify(Question(text="my routing number", language="en"))
    assert other.scenario == "REFERRAL"


class Certain:
    async def classify(self, question: Question) -> Verdict:  # noqa: ARG002  # it always knows
        return sure(await Unsure().classify(Question(text="", language="en")), "REFERRAL", "HOW")
