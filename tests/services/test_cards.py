"""What a card says, and in which language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args
from uuid import uuid4

import pytest

from handlers.telegram.kinds import SAID
from services.classify.grounds import encode, ground
from services.classify.sentences import texts
from services.desk.cards import Card, brought, spoken, words
from services.desk.reasons import pressing
from services.texts import LANGUAGES, catalogue, label, say
from services.texts.keys import TextKey
from services.texts.team import Team
from storage.closed_sets import Content, SpokenLanguage, UnreadKind
from storage.records import Customer, Message, Ticket

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PRESSING = "срочно, мошенники!"
ANNA = Customer(
    id=1,
    channel="telegram",
    external_id="7",
    first_name="Анна",
    last_name="",
    username=None,
    language="ru",
    language_chosen=False,
    reachable=True,
    created_at=NOW,
)


def ticket(**more: Any) -> Ticket:
    known: dict[str, Any] = dict.fromkeys(Ticket.__slots__)
    standing = {"id": 3, "customer_id": 1, "status": "taken", "reason": "unsure", "priority": "low", "opened_at": NOW}
    return Ticket(**known | standing | {"question": "где заказ?", "operator_name": "Ольга"} | more)


def shown(language: SpokenLanguage, **more: Any) -> str:
    return words(
        Card(ticket=ticket(**more), customer=ANNA, title=None, earlier=(), forum=False), Team(language=language)
    ).text


def urgently(language: str) -> str:
    return label("card.urgent", language, why=label("urgency.theft", language))


def line(kind: str, album: str | None = None) -> Message:
    known: dict[str, Any] = dict.fromkeys(Message.__slots__)
    said = {"id": 1, "public_id": uuid4(), "key": str(uuid4()), "customer_id": 1, "author": "customer", "text": ""}
    return Message(**known | said | {"kind": kind, "album": album, "created_at": NOW})


@pytest.mark.parametrize(
    ("stands", "look"),
    [
        ({"status": "open"}, True),
        ({"status": "taken"}, False),
        ({"status": "open", "answered_at": NOW}, False),
        ({"status": "open", "reason": "unsure"}, False),
    ],
    ids=["nobody came", "taken", "answered by people", "something is unanswered"],
)
def test_a_card_asks_for_a_look_until_people_have_to_do_with_it(stands: dict[str, Any], *, look: bool) -> None:
    text = shown("ru", **{"reason": "answered_too", "waiting_since": NOW} | stands)
    assert ("бот ответил, посмотрите" in text) == look
    assert ("ждёт с" in text) != look
    assert ("бот ответил, но стоит посмотреть" in text) == look


def test_names_need_no_case() -> None:
    assert "взято: Ольга" in shown("ru")
    assert "taken: Ольга" in shown("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_engine_said_while_the_team_spoke_another_language_is_told_in_its_own(
    language: SpokenLanguage,
) -> None:
    for other in LANGUAGES:
        said = texts()[other]["nearest"].format(phrase="a parcel, посылка")
        told = texts()[language]["nearest"].format(phrase="a parcel, посылка")
        assert told in shown(language, reasoning=said, face="details")
        for urgent in ({"reasoning": urgently(other)}, {"grounds": encode((pressing(PRESSING) or ground("?"),))}):
            assert urgently(language) in shown(language, **urgent)
    near = encode((ground("nearest", phrase="посылка"),))
    assert texts()[language]["nearest"].format(phrase="посылка") in shown(language, grounds=near, face="details")
    assert "wants a refund" in shown(language, reasoning="The customer wants a refund.", face="details")


def test_every_kind_of_content_has_a_name_in_both_languages() -> None:
    assert {kind.value for kind in SAID} == set(get_args(Content)) - {"other"}
    for language in LANGUAGES:
        assert {f"kind.{kind}" for kind in get_args(Content)} <= catalogue(language).keys()


@pytest.mark.parametrize(
    ("kinds", "ru", "en"),
    [
        (["photo"], "📷 фото", "📷 photo"),
        (["photo"] * 3, "альбом: 3 фото", "album: 3 photos"),
        (["photo", "video", "photo"], "альбом: 2 фото, 1 видео", "album: 2 photos, 1 video"),
        (["document"] * 2, "альбом: 2 файла", "album: 2 files"),
        (["document"] * 5 + ["audio"], "альбом: 5 файлов, 1 аудио", "album: 5 files, 1 audio file"),
        (["photo", "photo?"], "альбом: 1 фото, 1 × 📷 фото (эта программа пока не умеет такое читать)",
         "album: 1 photo, 1 × 📷 photo that this program cannot read yet"),
    ],
)  # fmt: skip
def test_an_album_says_what_is_in_it(kinds: list[str], ru: str, en: str) -> None:
    lines = [line(kind, "a" if len(kinds) > 1 else None) for kind in kinds]
    assert (brought(lines, "ru"), brought(lines, "en")) == (ru, en)


def test_several_things_are_named_one_by_one_and_a_command_beside_them_is_not() -> None:
    assert brought([line("voice"), line("command"), line("game")], "en") == "🎤 voice message\n🎮 game"
    assert brought([line("command")], "en") == "message"


def test_what_cannot_be_read_is_named_as_well_as_it_can_be() -> None:
    assert spoken(UnreadKind("sticker?"), "en") == "sticker that this program cannot read yet"
    assert (
        spoken(UnreadKind("hologram?"), "en") == "message of a new kind, “hologram”, that this program cannot read yet"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["card.suggested", "card.preview"])
def test_a_title_that_asks_has_no_full_stop_behind_it(key: TextKey, language: str) -> None:
    told = {title: say(key, language, title=title, facts="", gaps="") for title in ("Where?", "Cost")}
    assert "Where?</b>." not in told["Where?"]
    assert "Cost</b>." in told["Cost"]
