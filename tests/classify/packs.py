"""Packs that tests teach: small, made for the point at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from storage.records import Answer, BackgroundLine, Pack, Scenario

PHRASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "REFUND": {
        "ru": (
            "верните деньги",
            "хочу вернуть деньги за заказ",
            "как оформить возврат",
            "когда придут деньги за возврат",
            "верните мне оплату",
            "оформите возврат средств",
        ),
        "en": ("i want a refund", "give me my money back", "how do i get a refund", "refund my order please"),
    },
    "DELIVERY": {
        "ru": (
            "где мой заказ",
            "когда привезут посылку",
            "сколько идет доставка",
            "курьер не приехал",
            "посылка потерялась",
            "когда доставят мой заказ",
        ),
        "en": ("where is my order", "when will my parcel arrive", "track my delivery", "the courier did not come"),
    },
    "ACCOUNT": {
        "ru": (
            "не могу войти в аккаунт",
            "забыл пароль",
            "как сменить пароль",
            "код не приходит",
            "аккаунт заблокирован",
            "не пускает в личный кабинет",
        ),
        "en": ("i forgot my password", "cannot log in to my account", "reset my password", "my account is locked"),
    },
    "GREETING": {
        "ru": ("привет", "здравствуйте", "добрый день", "доброе утро"),
        "en": ("hello", "hi there", "good morning", "hey"),
    },
}
ANSWERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "COST": {
        "ru": (
            "сколько стоит доставка",
            "доставка платная",
            "цена доставки до дома",
            "во сколько обойдется доставка",
            "есть бесплатная доставка",
        ),
        "en": ("how much is delivery", "delivery cost", "is shipping free", "what do you charge for shipping"),
    },
    "TIME": {
        "ru": (
            "сколько дней идет посылка",
            "сроки доставки",
            "как быстро доставляете",
            "за сколько дней придет заказ",
            "когда приедет если заказать сегодня",
        ),
        "en": (
            "how long does delivery take",
            "delivery time",
            "how fast do you ship",
            "when will it come if i order now",
        ),
    },
    "ADDRESS": {
        "ru": (
            "можно поменять адрес доставки",
            "указал не тот адрес",
            "измените адрес заказа",
            "переехал, адрес другой",
            "привезите по другому адресу",
        ),
        "en": ("change my delivery address", "i gave the wrong address", "send it to another address", "new address"),
    },
}
BACKGROUND = {
    "ru": ("какая завтра погода", "расскажи анекдот", "кто выиграл матч", "как сварить суп", "посоветуй фильм"),
    "en": ("what is the weather", "tell me a joke", "who won the game", "how to cook rice", "recommend a film"),
}


def pack(
    phrases: Mapping[str, Mapping[str, Iterable[str]]] = PHRASES,
    background: Mapping[str, Iterable[str]] = BACKGROUND,
    version: str = "v1",
) -> Pack:
    lines = (BackgroundLine(language=language, text=text) for language, texts in background.items() for text in texts)
    return Pack(
        scenarios=tuple(_scenario(key, examples) for key, examples in phrases.items()),
        background=tuple(lines),
        version=version,
    )


def topical() -> Pack:
    """Return a pack whose `DELIVERY` has three answers, and phrases of its own that ask for none of them."""
    own = {"ru": ("вопрос про доставку", "доставка"), "en": ("about delivery", "shipping")}
    known = pack({**PHRASES, "DELIVERY": own})
    return replace(
        known,
        scenarios=tuple(
            replace(scenario, answers=tuple(_answer(key, examples) for key, examples in ANSWERS.items()))
            if scenario.key == "DELIVERY"
            else scenario
            for scenario in known.scenarios
        ),
    )


def _answer(key: str, examples: Mapping[str, tuple[str, ...]]) -> Answer:
    return Answer(key=key, title={"ru": key, "en": key}, examples=examples, templates=())


def _scenario(key: str, examples: Mapping[str, Iterable[str]]) -> Scenario:
    return Scenario(
        key=key,
        title={"ru": key, "en": key},
        description=key,
        priority="low",
        action="answer",
        examples={language: tuple(texts) for language, texts in examples.items()},
        templates=(),
    )
