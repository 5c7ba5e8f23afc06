"""One message, several matters: a table of what is said of the whole, of each sentence, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.classify.matters import Matters, asks, combined, sentences
from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN, Guess, Question, Verdict

SURE = Policy(answer_at=0.8, clarify_at=0.5)


def says(place: str, confidence: float = 0.95) -> Verdict:
    """Return a verdict on `SCENARIO` or `SCENARIO.ANSWER`."""
    scenario, _, answer = place.partition(".")
    return Verdict(
        scenario=scenario,
        confidence=confidence,
        reasoning=place,
        engine="local",
        version="1",
        answer=answer or None,
        answer_confidence=confidence if answer else 0.0,
        answers=(Guess(scenario=answer, confidence=confidence),) if answer else (),
    )


NOBODY = says(UNKNOWN, 0.2)
THANKS, COST, WHERE = says("THANKS"), says("DELIVERY.COST"), says("DELIVERY.STATUS")
HOURS, PERHAPS = says("COMPANY.HOURS"), says("COMPANY.HOURS", 0.6)


@pytest.mark.parametrize(
    ("whole", "parts", "outcome", "more", "rest"),
    [
        pytest.param(THANKS, {"Спасибо!": THANKS, "Вы работаете завтра?": HOURS}, HOURS, [], False, id="thanks beside"),
        pytest.param(THANKS, {"Спасибо!": THANKS, "А в синем есть?": PERHAPS}, PERHAPS, [], False, id="and a doubt"),
        pytest.param(THANKS, {"Спасибо!": THANKS, "Всё дошло.": NOBODY}, THANKS, [], False, id="thanks alone"),
        pytest.param(
            COST, {"Сколько стоит доставка?": COST, "До скольки вы?": HOURS}, COST, [HOURS], False, id="two questions"
        ),
        pytest.param(
            PERHAPS, {"Где заказ?": WHERE, "Сколько доставка?": COST}, WHERE, [COST], False, id="two of one scenario"
        ),
        pytest.param(
            COST, {"Сколько стоит доставка?": COST, "А щенки у вас есть?": NOBODY}, COST, [], True, id="and another"
        ),
        pytest.param(
            NOBODY, {"У меня три кота.": NOBODY, "Сколько стоит доставка?": COST}, COST, [], False, id="a long mail"
        ),
        pytest.param(COST, {"Добрый день.": THANKS, "Нужна доставка.": COST}, COST, [], False, id="one statement"),
        pytest.param(
            HOURS, {"Не звоните мне.": says("COMPANY.CONTACTS"), "До скольки вы?": HOURS}, HOURS, [], False,
            id="a statement is no question",
        ),
        pytest.param(NOBODY, {"Раз.": COST, "Два.": HOURS}, NOBODY, [], False, id="two statements decide nothing"),
    ],
)  # fmt: skip
def test_what_a_message_is_about(
    whole: Verdict,
    parts: dict[str, Verdict],
    outcome: Verdict,
    more: list[Verdict],
    rest: bool,  # noqa: FBT001  # a column of the table
) -> None:
    told = combined(whole, list(parts), list(parts.values()), policy=SURE)
    assert (told.scenario, told.answer) == (outcome.scenario, outcome.answer)
    assert list(told.more) == more
    assert told.rest is rest


def test_sure_of_the_scenario_and_not_of_the_answer_is_not_sure() -> None:
    doubtful = replace(COST, answer_confidence=0.5)
    told = combined(HOURS, ["До скольки вы?", "Сколько доставка?"], [HOURS, doubtful], policy=SURE)
    assert told.more == ()
    assert told.rest is True


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("где заказ", ["где заказ"]),
        ("Где заказ? Сколько ждать?", ["Где заказ?", "Сколько ждать?"]),
        ("Привет!\nгде заказ", ["Привет!", "где заказ"]),
        ("сколько стоит доставка и ещё до скольки вы", ["сколько стоит доставка", "и ещё до скольки вы"]),
        ("what is it, and also when are you open", ["what is it", "and also when are you open"]),
        ("версия 2.10.1 не ставится", ["версия 2.10.1 не ставится"]),
        ("где заказ? 12345", ["где заказ?"]),
        ("Где заказ? ?? 🙏", ["Где заказ?"]),
        ("   ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        ("Есть в синем?", True),
        ("а подскажите часы работы", True),
        ("and how do I return it", True),
        ("и гарантия сколько", True),
        ("а доставка когда...", True),
        ("warranty how long", True),
        ("Не знаю как.", False),
        ("I know where", False),
        ("Верните деньги.", False),
        ("Thanks a lot!", False),
    ],
)
def test_what_asks(part: str, asked: bool) -> None:  # noqa: FBT001  # a column of the table
    assert asks(part) is asked


async def test_a_single_sentence_is_asked_about_once() -> None:
    asked: list[str] = []

    class Ear:
        async def classify(self, question: Question) -> Verdict:
            asked.append(question.text)
            return COST

    engine = Matters(Ear(), policy=lambda: SURE)
    await engine.classify(Question(text="сколько стоит доставка", language="ru"))
    assert asked == ["сколько стоит доставка"]
    await engine.classify(Question(text="Спасибо! А сколько доставка?", language="ru"))
    assert asked[1:] == ["Спасибо! А сколько доставка?", "Спасибо!", "А сколько доставка?"]
    asked.clear()
    goes_on = "сколько стоит доставка и когда привезут"
    await engine.classify(Question(text=goes_on, language="ru"))
    assert asked == [goes_on, "сколько стоит доставка?", "когда привезут?"]


async def test_a_number_beside_a_sentence_is_asked_about_only_in_doubt() -> None:
    asked: list[str] = []

    class Ear:
        async def classify(self, question: Question) -> Verdict:
            asked.append(question.text)
            return COST if question.text != "хм… 15" else replace(COST, confidence=0.1)

    engine = Matters(Ear(), policy=lambda: SURE)
    assert await engine.classify(Question(text="сколько стоит доставка? 15", language="ru")) == COST
    assert asked == ["сколько стоит доставка? 15"]
    await engine.classify(Question(text="хм… 15", language="ru"))
    assert asked[1:] == ["хм… 15", "хм…"]


async def test_two_questions_in_one_sentence_get_both_answers_or_the_rest_is_left_to_people() -> None:
    class Ear:
        def __init__(self, *, pays: Verdict) -> None:
            self.pays = pays

        async def classify(self, question: Question) -> Verdict:
            return self.pays if question.text == "можно ли картой?" else COST

    asked = Question(text="Сколько стоит доставка в Казань и можно ли картой?", language="ru")
    card = says("PAYMENT.METHODS")
    both = await Matters(Ear(pays=card), policy=lambda: SURE).classify(asked)
    assert (both.answer, both.more, both.rest) == ("COST", (card,), False)
    one = await Matters(Ear(pays=NOBODY), policy=lambda: SURE).classify(asked)
    assert (one.answer, one.more, one.rest) == ("COST", (), True)
    assert one.reasoning == "Вопросов в сообщении: 2."
