"""Whatever the server does, there is a verdict or one reason why not, and nothing else gets out."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable

import pytest

from services.classify.cascade import CascadeClassifier
from services.classify.llm import LlmClassifier, LlmSettings, LlmUnavailable, Prices, Provider
from services.classify.llm.prompt import brief
from services.classify.verdict import Guess, Question, Verdict
from storage.records import Pack
from tests.llm.asking import ask, settled, until
from tests.llm.fake_openai import (
    KEY,
    Act,
    FakeOpenAI,
    answers,
    completion,
    cut,
    fails,
    raw,
    reset,
    says,
    verdict,
)

Provided = Callable[..., Provider]


async def test_a_verdict(server: FakeOpenAI, llm: LlmClassifier, pack: Pack) -> None:
    server.usual = says(verdict("REFUND", 0.9, "хочет вернуть деньги", urgency="high"))
    said = await llm.classify(ask("верните деньги", "ru", "заказ не пришёл"))
    assert (said.scenario, said.engine, said.urgency) == ("REFUND", "llm", "high")
    assert said.confidence == pytest.approx(0.9 * 0.92)
    assert said.reasoning == "хочет вернуть деньги"
    assert said.version == f"{brief(pack).version}/gpt-4o-mini"
    assert said.spent.cost_usd == pytest.approx((1000 * 0.15 + 50 * 0.6) / 1e6)
    assert (said.spent.calls, said.spent.tokens_in, said.spent.tokens_out) == (1, 1000, 50)
    assert said.latency_ms > 0
    assert [guess.scenario for guess in said.nearest] == ["REFUND"]
    assert server.data() == {"language": "ru", "earlier": ["заказ не пришёл"], "message": "верните деньги"}
    assert server.asked[-1]["response_format"]["json_schema"]["strict"] is True
    assert server.keys == {f"Bearer {KEY}"}


async def test_unknown_is_a_verdict(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.usual = says(verdict("UNKNOWN", 0.9))
    said = await llm.classify(ask())
    assert (said.scenario, said.nearest) == ("UNKNOWN", ())
    assert said.confidence < 0.2


async def test_no_reason_given(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.usual = says(verdict(reasoning=""))
    assert (await llm.classify(ask())).reasoning == "Модель не объяснила выбор."


ONCE: list[tuple[Act, str]] = [
    (fails(400, message="context length"), "rejected"),
    (fails(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"), "unauthorized"),
    (fails(403), "unauthorized"),
    (fails(402), "no_credit"),
    (fails(404, "model_not_found"), "rejected"),
    (fails(429, "insufficient_quota"), "no_credit"),
    (fails(400, "content_filter"), "refused"),
    (fails(413), "rejected"),
    (raw("<html>502</html>", "text/html"), "garbled"),
    (raw("{not json"), "garbled"),
    (raw(""), "garbled"),
    (answers({"choices": []}), "garbled"),
    (answers(["?"]), "garbled"),
    (says(None, refusal="no"), "refused"),
    (says(verdict(), finish_reason="content_filter"), "refused"),
    (says(verdict()[:30], finish_reason="length"), "truncated"),
    (says("{oops"), "off_schema"),
    (says(verdict("DROP TABLE")), "off_schema"),
    (says(verdict(confidence=7)), "off_schema"),
]


@pytest.mark.parametrize(("act", "reason"), ONCE)
async def test_what_is_not_tried_again(server: FakeOpenAI, llm: LlmClassifier, act: Act, reason: str) -> None:
    server.usual = act
    with pytest.raises(LlmUnavailable) as failure:
        await llm.classify(ask())
    assert failure.value.reason == reason
    assert len(server.asked) == (2 if reason == "rejected" and server.asked[0] != server.asked[-1] else 1)
    told = "".join(traceback.format_exception(failure.value))
    assert KEY not in told
    assert "openai." not in told
    assert "верните" not in told


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (fails(429), "rate_limited"),
        (fails(500), "server_error"),
        (fails(503), "server_error"),
        (cut, "connection"),
        (reset, "connection"),
    ],
)
async def test_what_is_tried_once_more(server: FakeOpenAI, llm: LlmClassifier, act: Act, reason: str) -> None:
    server.script.append(act)
    assert (await llm.classify(ask("first"))).scenario == "REFUND"
    server.script.extend([act, act])
    with pytest.raises(LlmUnavailable) as failure:
        await llm.classify(ask("second"))
    assert failure.value.reason == reason
    assert len(server.asked) == 4


async def test_a_server_that_asks_for_more_time_than_there_is(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.usual = fails(429, **{"Retry-After": "3600"})
    with pytest.raises(LlmUnavailable) as failure:
        await llm.classify(ask())
    assert failure.value.reason == "rate_limited"
    assert len(server.asked) == 1


async def test_a_server_that_asks_for_a_moment(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    server.script.append(fails(429, **{"Retry-After": "0"}))
    llm = LlmClassifier(pack=pack, provider=provided(settings, retry_pause_s=60.0))
    assert (await llm.classify(ask())).scenario == "REFUND"


async def test_a_hanging_server(server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack) -> None:
    server.usual = server.gated
    llm = LlmClassifier(pack=pack, provider=provided(settings, timeout_s=0.05))
    with pytest.raises(LlmUnavailable) as failure:
        await llm.classify(ask())
    assert failure.value.reason == "timeout"


async def test_nobody_there(server: FakeOpenAI, llm: LlmClassifier) -> None:
    await server.stop()
    with pytest.raises(LlmUnavailable) as failure:
        await llm.classify(ask())
    assert failure.value.reason == "connection"


async def test_a_useless_answer_is_paid_all_the_same(
    server: FakeOpenAI, llm: LlmClassifier, provider: Provider
) -> None:
    server.usual = says("no json")
    with pytest.raises(LlmUnavailable) as failure:
        await llm.classify(ask())
    assert failure.value.spent.cost_usd == pytest.approx(0.00018)
    assert failure.value.spent.calls == 1
    assert provider.tally.cost_usd == failure.value.spent.cost_usd


async def test_other_prices(server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack) -> None:
    server.usual = answers(completion(verdict()))
    prices = Prices(input=1000.0, cached=0.0, output=0.0)
    dear = LlmClassifier(pack=pack, provider=provided(settings, prices=prices))
    assert (await dear.classify(ask())).spent.cost_usd == pytest.approx(1.0)
    unheard_of = LlmClassifier(pack=pack, provider=provided(settings, model="home-made"))
    assert (await unheard_of.classify(ask())).spent.cost_usd == 0


async def test_private_details_stay_here(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    text = "мой телефон +7 912 345-67-89"
    await LlmClassifier(pack=pack, provider=provided(settings)).classify(ask(text))
    assert server.data()["message"] == "мой телефон [PHONE]"
    await LlmClassifier(pack=pack, provider=provided(settings, mask=False)).classify(ask(text))
    assert server.data()["message"] == text


async def test_giving_up_leaves_no_turn_taken(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    server.script.append(server.gated)
    llm = LlmClassifier(pack=pack, provider=provided(settings, max_concurrency=1))
    asking = asyncio.create_task(llm.classify(ask("one")))
    await until(lambda: bool(server.asked))
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (await llm.classify(ask("two"))).scenario == "REFUND"


def test_the_key_is_not_shown(settings: LlmSettings) -> None:
    assert KEY not in repr(settings)


@pytest.mark.parametrize(("act", "_reason"), [*ONCE, (fails(429), ""), (fails(500), ""), (cut, ""), (reset, "")])
async def test_the_customer_notices_nothing(server: FakeOpenAI, llm: LlmClassifier, act: Act, _reason: str) -> None:
    server.usual = act
    said = await CascadeClassifier(local=Local(), llm=llm, trust=0.8, policy=settled).classify(ask())
    assert (said.engine, said.confidence) == ("local", 0.5)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 418, 429, 500, 599])
@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        7,
        "no",
        {"error": None},
        {"error": "no"},
        {"error": {"code": 5, "param": {}, "type": [], "message": {}}},
    ],
)
async def test_errors_of_any_shape(server: FakeOpenAI, llm: LlmClassifier, status: int, body: object) -> None:
    server.usual = answers(body, status)
    with pytest.raises(LlmUnavailable):
        await llm.classify(ask())


@pytest.mark.parametrize("text", ["\ud83d", "x" * 50_000, "😀" * 4096, "\x00\u202e", "🤬"])
async def test_messages_of_any_shape(server: FakeOpenAI, llm: LlmClassifier, text: str) -> None:
    assert (await llm.classify(ask(text, "ru", text))).scenario == "REFUND"
    assert len(str(server.data())) < 4000


async def test_closed_while_asking(server: FakeOpenAI, llm: LlmClassifier, provider: Provider) -> None:
    await provider.aclose()
    with pytest.raises(LlmUnavailable) as failure:
        await llm.classify(ask())
    assert failure.value.reason == "connection"


class Local:
    """A local engine in doubt."""

    async def classify(self, _question: Question) -> Verdict:
        nearest = (Guess(scenario="REFUND", confidence=0.5),)
        return Verdict(scenario="REFUND", confidence=0.5, reasoning="", engine="local", version="v", nearest=nearest)
