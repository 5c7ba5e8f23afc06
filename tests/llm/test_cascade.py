"""The engines together."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classify.cascade import CascadeClassifier, CascadeTally, Joining, ModelFirst
from services.classify.grounds import SAID, ground
from services.classify.llm import LlmUnavailable, Provider
from services.classify.llm.audits import AT_ONCE, Audits
from services.classify.llm.weighing import weigh
from services.classify.sureness import Young
from services.classify.verdict import UNKNOWN, Guess, Question, Spent, Verdict
from storage.records import Pack
from tests.llm.asking import ask, settled
from tests.llm.fake_openai import FakeOpenAI, fails

ANSWER_AT, CLARIFY_AT = 0.8, 0.45


def local_says(*shares: tuple[str, float], scenario: str | None = None) -> Verdict:
    nearest = tuple(Guess(scenario=key, confidence=share) for key, share in shares)
    return Verdict(
        scenario=scenario or nearest[0].scenario,
        confidence=nearest[0].confidence if nearest else 0.0,
        reasoning="near",
        engine="local",
        version="v",
        language="ru",
        nearest=nearest,
        latency_ms=1.0,
    )


def llm_says(scenario: str, confidence: float = 0.92) -> Verdict:
    named = scenario != UNKNOWN
    return Verdict(
        scenario=scenario,
        confidence=confidence if named else 1 - confidence,
        reasoning="so",
        grounds=(ground(SAID, text="so"),),
        engine="llm",
        version="v/m",
        nearest=(Guess(scenario=scenario, confidence=confidence),) if named else (),
        latency_ms=2.0,
        spent=Spent(calls=1, cost_usd=0.1),
        urgency="high",
    )


@dataclass
class Said:
    """An engine that says what it is told to."""

    verdict: Verdict | LlmUnavailable
    has_room: bool = True
    asked: int = 0
    questions: list[Question] = field(default_factory=list)
    gate: asyncio.Event | None = field(default=None)

    async def classify(self, question: Question) -> Verdict:
        self.asked += 1
        self.questions.append(question)
        if self.gate is not None:
            await self.gate.wait()
        if isinstance(self.verdict, LlmUnavailable):
            raise self.verdict
        return self.verdict


TITLES = {"REFUND": "Refund"}
SURE = local_says(("REFUND", 0.9), ("PAYMENT", 0.05))
UNSURE = local_says(("REFUND", 0.5), ("PAYMENT", 0.2), ("DELIVERY", 0.1))


# --- who decides ---------------------------------------------------------------------------------------------------


async def test_a_sure_local_verdict_stands_and_costs_nothing() -> None:
    llm = Said(llm_says("PAYMENT"))
    tally = CascadeTally()
    cascade = CascadeClassifier(local=Said(SURE), llm=llm, trust=ANSWER_AT, policy=settled, tally=tally)
    assert await cascade.classify(ask()) == SURE
    assert (llm.asked, tally.local) == (0, 1)


async def test_a_sure_local_verdict_on_an_answer_that_is_new_asks_the_model() -> None:
    young = replace(settled(), young={"REFUND": Young(answer_at=0.96, confirmed=0)})
    cascade = CascadeClassifier(local=Said(SURE), llm=Said(llm_says("REFUND")), trust=ANSWER_AT, policy=lambda: young)
    assert (await cascade.classify(ask())).engine == "llm"


async def test_the_rest_asks_the_model() -> None:
    tally = CascadeTally()
    cascade = CascadeClassifier(
        local=Said(UNSURE), llm=Said(llm_says("REFUND")), trust=ANSWER_AT, policy=settled, tally=tally
    )
    said = await cascade.classify(ask())
    assert (said.scenario, said.engine, said.urgency, said.spent.cost_usd) == ("REFUND", "llm", "high", 0.1)
    assert said.latency_ms > 0
    assert said.language == "ru"
    assert said.reasoning == "so Локальный движок того же мнения."
    assert (tally.model, tally.agreements) == (1, 1)


async def test_a_model_that_is_unavailable_leaves_the_local_verdict() -> None:
    tally = CascadeTally()
    llm = Said(LlmUnavailable("truncated", spent=Spent(calls=1, cost_usd=0.2)))
    cascade = CascadeClassifier(local=Said(UNSURE), llm=llm, trust=ANSWER_AT, policy=settled, tally=tally)
    said = await cascade.classify(ask())
    assert (said.engine, said.confidence, said.spent.cost_usd) == ("local", 0.5, 0.2)
    assert tally.fallbacks == 1


@pytest.mark.parametrize("text", ["", "  \n"])
async def test_nothing_to_read_is_not_asked(text: str) -> None:
    llm = Said(llm_says("REFUND"))
    for engine in (
        CascadeClassifier(local=Said(UNSURE), llm=llm, trust=ANSWER_AT, policy=settled),
        ModelFirst(local=Said(UNSURE), llm=llm),
    ):
        assert (await engine.classify(ask(text))).engine == "local"
    assert llm.asked == 0


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("позовите оператора", UNSURE),
        ("let me speak to whoever runs this", local_says(("HUMAN_OPERATOR", 0.9))),
    ],
)
async def test_the_model_has_no_say_when_a_person_is_asked_for(text: str, local: Verdict) -> None:
    llm = Said(llm_says("REFUND", 1.0))
    for engine in (
        CascadeClassifier(local=Said(local), llm=llm, trust=0.95, policy=settled),
        ModelFirst(local=Said(local), llm=llm),
    ):
        assert (await engine.classify(ask(text))).engine == "local"
    assert llm.asked == 0


async def test_who_declines_a_person_is_judged_by_the_model() -> None:
    local = Said(local_says(("HUMAN_OPERATOR", 0.9)))
    assert (
        await ModelFirst(local=local, llm=Said(llm_says("REFUND"))).classify(ask("оператор не нужен"))
    ).engine == "llm"


async def test_nothing_to_choose_among_is_not_asked() -> None:
    llm = Said(llm_says("REFUND"))
    empty = local_says(scenario=UNKNOWN)
    assert await CascadeClassifier(local=Said(empty), llm=llm, trust=ANSWER_AT, policy=settled).classify(ask()) == empty
    assert llm.asked == 0


async def test_the_model_first() -> None:
    tally = CascadeTally()
    local = Said(SURE)
    assert (await ModelFirst(local=local, llm=Said(llm_says("PAYMENT")), tally=tally).classify(ask())).engine == "llm"
    assert local.asked == 1, "for the language"
    away = Said(LlmUnavailable("timeout"))
    alone = await ModelFirst(local=local, llm=away, tally=tally).classify(ask())
    assert replace(alone, latency_ms=SURE.latency_ms) == SURE
    assert (tally.model, tally.fallbacks) == (1, 1)


# --- weighing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("local", "llm", "outcome"),
    [
        (UNSURE, llm_says("REFUND"), "answer"),
        (local_says(("REFUND", 0.79), ("PAYMENT", 0.1)), llm_says("REFUND", 0.6), "answer"),
        (local_says(("REFUND", 0.3), ("PAYMENT", 0.2)), llm_says("REFUND"), "answer"),
        (UNSURE, llm_says("PAYMENT"), "answer"),
        (UNSURE, llm_says("DELIVERY"), "clarify"),
        (UNSURE, llm_says("PRICING"), "clarify"),
        (local_says(("REFUND", 0.79), ("PAYMENT", 0.1)), llm_says("PRICING"), "clarify"),
        (local_says(("REFUND", 0.01), ("PAYMENT", 0.01)), llm_says("PRICING"), "clarify"),
        (UNSURE, llm_says("PRICING", 0.5), "escalate"),
        (UNSURE, llm_says("PAYMENT", 0.3), "escalate"),
    ],
)
def test_what_becomes_of_two_opinions(local: Verdict, llm: Verdict, outcome: str) -> None:
    said = weigh(local, llm, "en", TITLES)
    assert said.scenario == llm.scenario == said.nearest[0].scenario
    assert said.confidence == said.nearest[0].confidence
    outcomes = {True: "answer", False: "clarify" if said.confidence >= CLARIFY_AT else "escalate"}
    assert outcomes[said.confidence >= ANSWER_AT] == outcome


def test_both_are_offered_when_they_differ() -> None:
    said = weigh(UNSURE, llm_says("PRICING"), "en", TITLES)
    assert [guess.scenario for guess in said.nearest] == ["PRICING", "REFUND", "PAYMENT"]
    assert said.reasoning == "so The local engine: “Refund” (50 %)."


def test_a_message_of_no_scenario_is_not_answered() -> None:
    said = weigh(UNSURE, llm_says(UNKNOWN), "en", TITLES)
    assert said.scenario == UNKNOWN
    assert said.confidence < CLARIFY_AT
    assert [guess.scenario for guess in said.nearest] == ["REFUND", "PAYMENT", "DELIVERY"]


def test_the_local_engine_knew_of_nothing_either() -> None:
    local = local_says(("REFUND", 0.1), scenario=UNKNOWN)
    assert weigh(local, llm_says(UNKNOWN), "en", TITLES).reasoning == "so The local engine agrees."
    other = weigh(local, llm_says("PRICING"), "en", TITLES)
    assert other.reasoning == "so The local engine: none of the bot's topics (90 %)."


SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE, SHARE, st.sampled_from(["A", "B", "C", "D", UNKNOWN]))
def test_chances_stay_chances(first: float, second: float, third: float, sure: float, named: str) -> None:
    one, two, three = sorted((first, second, third), reverse=True)
    total = max(1.0, one + two + three)
    local = local_says(("A", one / total), ("B", two / total), ("C", three / total))
    said = weigh(local, llm_says(named, sure), "ru", TITLES)
    shares = [guess.confidence for guess in said.nearest]
    assert 0 <= said.confidence <= 1
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
    assert len({guess.scenario for guess in said.nearest}) == len(shares) <= 3
    assert shares[0] == pytest.approx(said.confidence)
    assert said.scenario != UNKNOWN or said.confidence < 0.5


@given(SHARE, st.floats(0.5, 1))
def test_agreement_makes_surer(prior: float, right: float) -> None:
    local = local_says(("A", prior), ("B", (1 - prior) / 2))
    assert weigh(local, llm_says("A", right), "ru", TITLES).confidence >= prior - 1e-9


# --- audits --------------------------------------------------------------------------------------------------------


def cascade_with(audits: Audits, llm: Said) -> CascadeClassifier:
    return CascadeClassifier(local=Said(SURE), llm=llm, trust=ANSWER_AT, policy=settled, audits=audits)


async def test_a_share_of_the_sure_ones_is_audited() -> None:
    heard: list[tuple[Question, Verdict, Verdict]] = []

    async def hear(*told: object) -> None:
        heard.append(told)  # type: ignore[arg-type]  # the three that are expected

    llm = Said(llm_says("PAYMENT"))
    audits = Audits(share=0.05, on_audit=hear, rng=random.Random(7))  # noqa: S311 - a sample that is the same every time
    cascade = cascade_with(audits, llm)
    for number in range(2000):
        await cascade.classify(ask(f"{number}"))
        await audits.settle()
    assert 70 <= audits.done <= 130
    assert llm.asked == audits.done == len(heard)
    assert audits.agreements == 0
    assert heard[0][1:] == (SURE, llm_says("PAYMENT"))


async def test_audits_delay_nobody_and_are_few() -> None:
    llm = Said(llm_says("REFUND"), gate=asyncio.Event())
    audits = Audits(share=1.0)
    cascade = cascade_with(audits, llm)
    for number in range(100):
        assert await cascade.classify(ask(f"{number}")) == SURE
    await asyncio.sleep(0)
    assert llm.asked == AT_ONCE
    assert llm.gate is not None
    llm.gate.set()
    await audits.settle()
    assert (audits.done, audits.agreements) == (AT_ONCE, AT_ONCE)


async def test_no_audits_when_the_model_has_better_to_do_or_is_away() -> None:
    audits = Audits(share=1.0)
    busy = Said(llm_says("REFUND"), has_room=False)
    await cascade_with(audits, busy).classify(ask())
    away = Said(LlmUnavailable("timeout"))
    await cascade_with(audits, away).classify(ask())
    await audits.settle()
    assert (busy.asked, away.asked, audits.done) == (0, 1, 0)


async def test_a_listener_that_breaks_breaks_nothing() -> None:
    async def breaks(*_told: object) -> None:
        raise OSError("disk full")

    audits = Audits(share=1.0, on_audit=breaks)
    assert await cascade_with(audits, Said(llm_says("REFUND"))).classify(ask()) == SURE
    await audits.settle()
    assert audits.done == 1


async def test_audits_are_given_up_at_the_end() -> None:
    audits = Audits(share=1.0)
    await cascade_with(audits, Said(llm_says("REFUND"), gate=asyncio.Event())).classify(ask())
    await audits.aclose()
    assert audits.done == 0


# --- joining -------------------------------------------------------------------------------------------------------


async def test_joined_for_every_new_pack(server: FakeOpenAI, provider: Provider, pack: Pack) -> None:
    audits = Audits(share=0.0)
    joining = Joining(provider=provider, mode="cascade", trust=ANSWER_AT, audits=audits, tally=CascadeTally())
    newer = Pack(scenarios=pack.scenarios, background=(), version="newer")
    for taught in (pack, newer):
        await joining.join(taught, Said(UNSURE), settled).classify(ask())
    server.usual = fails(401)
    await joining.join(newer, Said(UNSURE), settled).classify(ask("верните"))
    figures = joining.figures()
    assert (figures["cascade_model"], figures["cascade_fallbacks"], figures["llm_calls"]) == (2, 1, 3)
    assert figures["llm_failures_unauthorized"] == 1
    assert figures["llm_tokens_in"] == 2000


async def test_joined_with_the_model_first(provider: Provider, pack: Pack) -> None:
    joining = Joining(provider=provider, mode="llm", trust=ANSWER_AT, audits=Audits(), tally=CascadeTally())
    assert isinstance(joining.join(pack, Said(SURE), settled), ModelFirst)
    assert (await joining.join(pack, Said(SURE), settled).classify(ask())).engine == "llm"


@pytest.mark.parametrize("mode", ["cascade", "llm"])
@pytest.mark.parametrize(("text", "told"), [("my package did not come yet", "en"), ("hm", "ru")])
async def test_the_model_is_asked_in_the_language_of_the_message(mode: str, text: str, told: str) -> None:
    english = replace(UNSURE, language="en")
    llm = Said(llm_says("DELIVERY"))
    engine = (
        ModelFirst(local=Said(english), llm=llm)
        if mode == "llm"
        else CascadeClassifier(local=Said(english), llm=llm, trust=ANSWER_AT, policy=settled)
    )
    said = await engine.classify(Question(text=text, language="ru"))
    assert [question.language for question in llm.questions] == [told]
    assert said.language == "en"
