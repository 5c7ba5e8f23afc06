"""Values that travel: what is written is what is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import texts
from services.messages import callbacks, effects
from services.messages.addresses import on_telegram
from services.messages.callbacks import OnAnswer, OnGuess, OnLanguage, OnTicket, Press
from services.messages.effects import (
    Button,
    Copy,
    Effect,
    GroupPlace,
    ListUnconfirmed,
    MessageRef,
    OpenTopic,
    PointToTopic,
    Reword,
    Say,
    ShowCard,
    ShowDigest,
    ShowPage,
    StripButtons,
    TicketPlace,
)
from services.messages.left_behind import PointAway
from services.messages.lengths import cut, pieces, units
from services.messages.topic_names import NameTopic, ShowIcon, SweepLine

CHAT = effects.PrivateChat(address=on_telegram(5))
WORDS = effects.Words(text="a < b & 🙂", html=False, entities=({"type": "bold", "offset": 0, "length": 1},))


@pytest.mark.parametrize(
    "effect",
    [
        Say(
            to=CHAT,
            words=effects.Words(text="<b>x</b>", buttons=((Button(text="да", press="a:1:helped"),),)),
        ),
        Say(to=TicketPlace(ticket_id=7), words=WORDS, message_id=3, head="👤 Анна"),
        Say(to=GroupPlace(reply_to=4, topic_id=2), words=WORDS),
        Copy(to=CHAT, origin=on_telegram(-100), telegram_id=9, message_id=1, text="подпись", album="a1"),
        Reword(to=CHAT, message_id=1, words=WORDS),
        ShowCard(ticket_id=7),
        ShowDigest(),
        OpenTopic(ticket_id=7),
        PointToTopic(ticket_id=7, at=MessageRef(chat_id=-100, telegram_id=6)),
        effects.TurnTopic(ticket_id=7, closed=True),
        PointAway(number=7, group_id=None, at=MessageRef(chat_id=-100, telegram_id=6), topic_id=2, name="Жалобы"),
        NameTopic(ticket_id=7),
        ShowIcon(ticket_id=7, group_id=-100),
        SweepLine(at=MessageRef(chat_id=-100, telegram_id=6)),
        StripButtons(to=CHAT, message_id=6),
        ListUnconfirmed(to=GroupPlace()),
        ShowPage(to=CHAT, at=MessageRef(chat_id=5, telegram_id=6), words=WORDS),
        ShowPage(to=GroupPlace(reply_to=6, topic_id=2), at=MessageRef(chat_id=-100, telegram_id=6), words=WORDS),
    ],
    ids=lambda effect: effect.kind,
)
def test_effects_come_back_as_they_went(effect: Effect) -> None:
    assert effects.decode(effects.encode(effect)) == effect


PRIVATE = '"to": {"chat_id": 5, "topic_id": 3, "kind": "private"}'
IN_TOPIC = effects.PrivateChat(address=on_telegram(5), topic_id=3)


@pytest.mark.parametrize(
    ("payload", "effect"),
    [
        (f'{{{PRIVATE}, "words": {{"text": "x"}}, "kind": "say"}}', Say(to=IN_TOPIC, words=effects.Words(text="x"))),
        (
            '{"kind": "copy", "to": {"kind": "hall"}, "from_chat": 5, "telegram_id": 9, "message_id": 1}',
            Copy(to=GroupPlace(), origin=on_telegram(5), telegram_id=9, message_id=1),
        ),
        (
            '{"chat_id": 5, "message_id": 1, "words": {"text": "x"}, "kind": "reword"}',
            Reword(to=CHAT, message_id=1, words=effects.Words(text="x")),
        ),
        ('{"chat_id": 5, "message_id": 6, "kind": "strip"}', StripButtons(to=CHAT, message_id=6)),
        (f'{{{PRIVATE}, "kind": "unconfirmed"}}', ListUnconfirmed(to=IN_TOPIC)),
    ],
    ids=["say", "copy", "reword", "strip", "unconfirmed"],
)
def test_rows_that_wait_from_before_there_were_channels_are_read(payload: str, effect: Effect) -> None:
    assert effects.decode(payload) == effect


@pytest.mark.parametrize(
    "press",
    [
        OnTicket(7, "take"),
        OnTicket(7, "show"),
        OnAnswer(1, "person"),
        OnGuess(2, "CANCEL_SUBSCRIPTION"),
        OnLanguage("en"),
    ],
)
def test_presses_come_back_as_they_went_and_fit(press: Press) -> None:
    data = callbacks.encode(press)
    assert callbacks.decode(data) == press
    assert len(data.encode()) <= 64


@pytest.mark.parametrize(
    "data", ["", "t:7", "t:7:dance", "t:x:take", "a:1:helped:more", "t:" + "9" * 30 + ":take", "²"]
)
def test_an_older_button_is_no_press(data: str) -> None:
    assert callbacks.decode(data) is None


@given(st.text(max_size=300), st.integers(2, 40))
def test_pieces_lose_nothing_and_fit(text: str, most: int) -> None:
    found = list(pieces(text, most))
    assert "".join(found) == text
    assert all(0 < units(piece) <= most for piece in found)


@given(st.text(max_size=300), st.integers(2, 40))
def test_cut_fits(text: str, most: int) -> None:
    assert units(cut(text, most)) <= most
    if units(text) <= most:
        assert cut(text, most) == text


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    sources = {
        language: Path(texts.__file__).with_name(f"{language}.toml").read_text("utf-8") for language in texts.LANGUAGES
    }
    found = {
        language: [
            (
                line.partition(" = ")[0],
                sorted(set(re.findall(r"{[{%]-?\s*(?:if )?(\w+)", line)) - {"endif", "else", "elif"}),
            )
            for line in source.splitlines()
            if " = " in line or line.startswith("[")
        ]
        for language, source in sources.items()
    }
    assert found["ru"] == found["en"]
