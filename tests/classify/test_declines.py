"""What is declined is not asked for: which clauses decline, and what becomes of a message that holds one."""

from __future__ import annotations

import pytest

from services.classify.declined import Declined
from services.classify.declines import read
from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN, Guess, Question, Verdict
from storage.records import Answer, Pack, Scenario


@pytest.mark.parametrize(
    ("text", "declined", "rest"),
    [
        ("чек не нужен", ["чек не нужен"], ""),
        ("Счёт не требуется, спасибо", ["Счёт не требуется"], "спасибо"),
        ("возврат не нужен, подошло", ["возврат не нужен"], "подошло"),
        ("мне ничего не надо", ["мне ничего не надо"], ""),
        ("не отменяйте бронь", ["не отменяйте бронь"], ""),
        ("передумал возвращать чайник", ["передумал возвращать чайник"], ""),
        ("Гарантийный талон ни к чему. Где мой заказ?", ["Гарантийный талон ни к чему"], "Где мой заказ?"),
        ("скидку не хочу, а доставка когда будет?", ["скидку не хочу"], "а доставка когда будет?"),
        ("I don't need an invoice", ["I don't need an invoice"], ""),
        ("No need to call me back", ["No need to call me back"], ""),
        ("no invoice needed, thanks", ["no invoice needed"], "thanks"),
        ("please don't close my ticket", ["please don't close my ticket"], ""),
        ("I never asked for a discount", ["I never asked for a discount"], ""),
        ("not asking about the price, is it washable?", ["not asking about the price"], "is it washable?"),
        ("Я не про скидку. Где гарантия?", ["Я не про скидку"], "Где гарантия?"),
        ("мне не договор, а акт нужен", ["мне не договор"], "а акт нужен"),
        ("не самовывоз интересует, а курьер", ["не самовывоз интересует"], "а курьер"),
        ("not a refund, an exchange", ["not a refund"], "an exchange"),
    ],
)
def test_a_clause_that_declines(text: str, declined: list[str], rest: str) -> None:
    reading = read(text)
    assert [one.clause for one in reading.declines] == declined
    assert reading.rest == rest


@pytest.mark.parametrize(
    "text",
    [
        "чек не нужен?",
        "не нужен ли чек для возврата",
        "если чек не нужен, его можно не брать?",
        "почему не надо платить за доставку",
        "не подскажите, сколько стоит доставка",
        "деньги не пришли",
        "заказ не пришёл, а деньги списали",
        "это не мой заказ",
        "not the first time, by the way",
        "вы мне не перезвонили",
        "не могу найти чек",
        "не забудьте положить чек",
        "do I not need a receipt?",
        "what if I don't need the delivery",
        "I don't understand the invoice",
        "we never received our parcel",
        "why don't you call me back",
        "can I skip a month if I don't need it",
    ],
)
def test_a_negation_that_asks_or_tells_declines_nothing(text: str) -> None:
    assert read(text).declines == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("чек не нужен", "needless"),
        ("no need to call me", "needless"),
        ("не надо звонить", "needless"),
        ("подписка не нужна", "forbidden"),
        ("чек больше не нужен", "forbidden"),
        ("не отменяйте заказ", "forbidden"),
        ("don't cancel anything", "forbidden"),
    ],
)
def test_people_are_needed_where_something_may_be_under_way(text: str, kind: str) -> None:
    assert [one.kind for one in read(text).declines] == [kind]
    assert read(text).is_light == (kind == "needless")


WORDS = {
    "чек": "PAYMENT.RECEIPT",
    "receipt": "PAYMENT.RECEIPT",
    "отмен": "CANCEL.HOW",
    "подписк": "CANCEL.HOW",
    "курьер": "DELIVERY.COURIER",
    "человек": "HUMAN_OPERATOR",
    "operator": "HUMAN_OPERATOR",
    "human": "HUMAN_OPERATOR",
    "доставк": "DELIVERY.COURIER",
}


class Ear:
    """An engine that goes by the first word it knows and hears no negation, as those that weigh words do."""

    async def classify(self, question: Question) -> Verdict:
        heard = sorted((question.text.find(word), place) for word, place in WORDS.items() if word in question.text)
        place = heard[0][1] if heard else UNKNOWN
        scenario, _, answer = place.partition(".")
        sure = 0.95 if heard else 0.1
        return Verdict(
            scenario=scenario,
            confidence=sure,
            reasoning="",
            engine="local",
            version="1",
            nearest=(Guess(scenario=scenario, confidence=sure),),
            answer=answer or None,
            answer_confidence=sure if answer else 0.0,
            answers=(Guess(scenario=answer, confidence=sure),) if answer else (),
        )


def _scenario(key: str, answer: str, *phrases: str) -> Scenario:
    one = Answer(key=answer, title={}, examples={"ru": phrases}, templates=())
    return Scenario(
        key=key, title={}, description="", priority="low", action="answer", examples={}, templates=(), answers=(one,)
    )


SURE = Policy(answer_at=0.8, clarify_at=0.5)
PACK = Pack(
    scenarios=(
        _scenario("PAYMENT", "RECEIPT", "где чек", "пришлите чек", "where is my receipt"),
        _scenario("CANCEL", "HOW", "отменить подписку", "подписка больше не нужна", "больше не списывайте деньги"),
        _scenario("DELIVERY", "COURIER", "когда приедет курьер", "курьер не приехал", "где доставка"),
        Scenario(
            key="HUMAN_OPERATOR",
            title={},
            description="",
            priority="low",
            action="escalate",
            examples={"ru": ("позовите человека", "нужен человек")},
            templates=(),
        ),
    ),
    background=(),
    version="1",
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("чек не нужен", "nothing", id="what is not needed"),
        pytest.param("the receipt is not needed", "nothing", id="in English"),
        pytest.param("чек не нужен, всё хорошо", "nothing", id="with a word beside it"),
        pytest.param("человека не надо", "nothing", id="a person"),
        pytest.param("no operator please", "nothing", id="a person in English"),
        pytest.param("please don't call a human", "nothing", id="a person, forbidden"),
        pytest.param("чек не нужен, а когда приедет курьер?", "DELIVERY.COURIER", id="and a question"),
        pytest.param("не отменяйте ничего", UNKNOWN, id="an action that may be under way"),
        pytest.param("не отменяйте ничего, он нам очень пригодится на даче летом", UNKNOWN, id="and why"),
        pytest.param("подписка больше не нужна", "CANCEL.HOW", id="which is how people ask for it"),
        pytest.param("чек не нужен, если его можно не брать?", "PAYMENT.RECEIPT", id="a condition"),
        pytest.param("доставка не приехала, чек не нужен", "DELIVERY.COURIER", id="of two things the other one"),
        pytest.param("где чек", "PAYMENT.RECEIPT", id="nothing declined"),
    ],
)
async def test_what_becomes_of_a_message(text: str, place: str) -> None:
    said = await Declined(Ear(), PACK, policy=lambda: SURE).classify(Question(text=text, language="ru"))
    named = "nothing" if said.declines else f"{said.scenario}.{said.answer}" if said.answer else said.scenario
    assert named == place
    if place in ("nothing", UNKNOWN):
        assert said.confidence < 0.5
