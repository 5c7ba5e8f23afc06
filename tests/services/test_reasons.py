"""Why the bot thought what it did, in the language of whoever reads it."""

from __future__ import annotations

from itertools import permutations
from string import Formatter
from typing import Any, Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classify.grounds import SAID, Ground, decode, encode, ground
from services.classify.sentences import model_texts, retold, texts, worded
from services.classify.urgency import UrgencyReason
from services.desk.reasons import is_pressed, lacking, reason_words, urgent
from services.texts import LANGUAGES, label, text_key
from storage.records import Ticket

TITLES: Final = ({"ru": "Доставка", "en": "Delivery"}, {"ru": "Возврат", "en": "Refund"})
GAPS: Final = {
    "phrase": "где «мой» заказ, it's late?",
    "clause": "чек не нужен",
    "count": "3",
    "confidence": "61",
    "at": "96",
    "confirmed": "2",
}
LOCAL: Final = sorted(texts()["en"])
MODEL: Final = sorted(set(model_texts()["en"]) - {"no_reason"})
PAIRS: Final = list(permutations(LANGUAGES, 2))


def ticket(grounds: tuple[Ground, ...] = (), told: str | None = None) -> Ticket:
    known: dict[str, Any] = dict.fromkeys(Ticket.__slots__)
    return Ticket(**known | {"grounds": encode(grounds), "reasoning": told})


def said(words: str, language: str) -> str:
    names = {name for _, name, *_ in Formatter().parse(words) if name}
    values = GAPS | {"title": TITLES[1][language]}
    return words.format(**{name: values[name] for name in names})


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("key", LOCAL)
def test_every_line_of_the_engine_is_told_in_another_language(key: str, one: str, other: str) -> None:
    assert retold(said(texts()[one][key], one), other, TITLES) == said(texts()[other][key], other)


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("key", MODEL)
def test_the_words_of_a_model_stay_and_what_is_said_of_them_is_told(key: str, one: str, other: str) -> None:
    behind, told = said(model_texts()[one][key], one), said(model_texts()[other][key], other)
    assert retold(f"They ask (twice). Why? {behind}", other, TITLES) == f"They ask (twice). Why? {told}"
    nothing = model_texts()[one]["no_reason"]
    assert retold(f"{nothing} {behind}", other, TITLES) == f"{model_texts()[other]['no_reason']} {told}"
    assert retold(nothing, other, TITLES) == model_texts()[other]["no_reason"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_its_own_language_and_by_others_it_stays_as_it_was_said(language: str) -> None:
    for words in texts()[language].values():
        assert retold(said(words, language), language, TITLES) == said(words, language)
    assert retold("A person wrote this.", language, TITLES) == "A person wrote this."
    assert reason_words(ticket(), language) == ""


def test_a_title_that_nobody_knows_any_more_stays() -> None:
    told = texts()["ru"]["rival"].format(phrase="где заказ", title="Рассрочка")
    assert retold(told, "en", TITLES) == texts()["en"]["rival"].format(phrase="где заказ", title="Рассрочка")


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_why_people_were_called_is_told_too(one: str, other: str) -> None:
    """Of tickets from before, which have the line alone."""
    reasons: tuple[UrgencyReason, ...] = get_args(UrgencyReason)
    for why in reasons:
        pressed = [label("card.urgent", of, why=label(text_key("urgency", why), of)) for of in (one, other)]
        assert reason_words(ticket(told=pressed[0]), other) == pressed[1]
        assert is_pressed(ticket(told=pressed[0]))
    wanting = ticket((lacking("delivery.cost, hours", 'It\'s ‹how much?›.\nSee "rates"'),))
    was = ticket(told=reason_words(wanting, one))
    assert reason_words(was, other) == reason_words(wanting, other)
    assert "It's" in reason_words(was, other)
    assert not is_pressed(was)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_apart_from_words_needs_no_guessing(language: str) -> None:
    phrase = "Похоже на «это»."
    kept = decode(encode((ground("rival", phrase=phrase, title="Возврат"), ground("local_agrees"))))
    told = worded(kept, language, TITLES)
    rival, agrees = texts()[language]["rival"], model_texts()[language]["local_agrees"]
    assert told == f"{rival.format(phrase=phrase, title=TITLES[1][language])} {agrees}"
    assert worded((ground(SAID, text=f"{phrase} {{x}}"),), language) == f"{phrase} {{x}}"
    pressed = ticket((urgent("theft"),))
    assert reason_words(pressed, language) == label("card.urgent", language, why=label("urgency.theft", language))
    assert is_pressed(pressed)


@given(st.lists(st.builds(ground, st.sampled_from([*LOCAL, SAID]), text=st.text(), phrase=st.text())))
def test_grounds_are_read_as_they_were_written(grounds: list[Ground]) -> None:
    assert decode(encode(tuple(grounds))) == tuple(grounds)
