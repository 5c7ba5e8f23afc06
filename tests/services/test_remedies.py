"""What is done when a call fails: the failure, what it was to bring, and what that calls for."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from services.delivery.messenger import (
    Busy,
    ChatGone,
    ChatMoved,
    MessageGone,
    MessengerError,
    Refused,
    Spent,
    TopicGone,
    Unreached,
    Unsure,
)
from services.delivery.remedies import (
    GroupClosed,
    GroupMoved,
    MayHaveArrived,
    PersonGone,
    Remedy,
    SetAside,
    TopicLost,
    TryFreely,
    TryLater,
    Undelivered,
    remedy_of,
)
from services.messages.addresses import on_telegram
from services.messages.effects import (
    Copy,
    Effect,
    GroupPlace,
    ListUnconfirmed,
    PrivateChat,
    Reword,
    Say,
    ShowAside,
    ShowCard,
    StripButtons,
    TicketPlace,
    TurnTopic,
    Withdraw,
    Words,
)

WORDS: Final = Words(text="x")
CUSTOMER: Final = PrivateChat(address=on_telegram(7))
ANSWER: Final = Say(to=CUSTOMER, words=WORDS, message_id=1)
PICTURE: Final = Copy(to=CUSTOMER, origin=on_telegram(-1), telegram_id=2, message_id=1)
CORRECTION: Final = Reword(to=CUSTOMER, message_id=1, words=WORDS)
TAKEN_BACK: Final = Withdraw(to=CUSTOMER, message_id=1, shows="text", instead=WORDS)
PAGE_FOR_ADMIN: Final = Say(to=CUSTOMER, words=WORDS)
LINE: Final = Say(to=TicketPlace(ticket_id=3), words=WORDS, message_id=1)
CARD: Final = ShowCard(ticket_id=3)
TOPIC: Final = TurnTopic(ticket_id=3, closed=True)
HINT: Final = Say(to=GroupPlace(), words=WORDS)
BUTTONS: Final = StripButtons(to=CUSTOMER, message_id=1)
UNSURE: Final = Unsure("the line broke")
A_SECOND: Final = timedelta(seconds=1)
Case = tuple[str, MessengerError, Effect, Remedy]

CERTAINLY_NOT_CARRIED_OUT: Final[list[Case]] = [
    ("asked to wait: its pool waits with it", Busy(7), LINE, TryLater(timedelta(seconds=7), pool_rests=True)),
    ("the group's minute is spent: it alone waits", Spent(3), CARD, TryLater(timedelta(seconds=3))),
    ("the server is away: soon again", Unreached("refused"), ANSWER, TryLater(A_SECOND)),
]
THE_GROUP: Final[list[Case]] = [
    ("it became a supergroup", ChatMoved(-1005), CARD, GroupMoved(-1005)),
    ("a topic was deleted: a line gets a new one", TopicGone("gone"), LINE, TopicLost(3)),
    ("and so does a card", TopicGone("gone"), CARD, TopicLost(3)),
    ("what stands in no topic cannot lose one", TopicGone("gone"), HINT, SetAside("the topic is gone")),
    ("the bot was removed from it: cards wait", ChatGone("kicked"), CARD, GroupClosed(timedelta(seconds=10))),
    ("lines wait with them", ChatGone("kicked"), LINE, GroupClosed(timedelta(seconds=10))),
    (
        "and so do notices",
        ChatGone("kicked"),
        ShowAside(to=GroupPlace(), queue="inbox"),
        GroupClosed(timedelta(seconds=10)),
    ),
]
A_PERSON: Final[list[Case]] = [
    ("has blocked the bot", ChatGone("blocked"), ANSWER, PersonGone(on_telegram(7))),
    ("reads no correction either", ChatGone("blocked"), CORRECTION, PersonGone(on_telegram(7))),
    ("an admin who has blocked it", ChatGone("blocked"), PAGE_FOR_ADMIN, PersonGone(on_telegram(7))),
    ("gets no list", ChatGone("blocked"), ListUnconfirmed(to=CUSTOMER), PersonGone(on_telegram(7))),
    ("gets no notice", ChatGone("blocked"), ShowAside(to=CUSTOMER, queue="outbox"), PersonGone(on_telegram(7))),
]
WILL_NEVER_ARRIVE: Final[list[Case]] = [
    ("the picture was deleted meanwhile", MessageGone("no copy"), PICTURE, Undelivered("desk.no_copy")),
    ("what was to be corrected is gone", MessageGone("no edit"), CORRECTION, Undelivered("desk.old_stays")),
    ("a refused answer", Refused("too long"), ANSWER, Undelivered("desk.refused")),
    ("a refused correction", Refused("too old"), CORRECTION, Undelivered("desk.old_stays")),
    ("a line that cannot be taken back", Refused("too old"), TAKEN_BACK, Undelivered("desk.old_stays")),
    ("a refused line in the group is nobody's", Refused("bad"), LINE, SetAside("Refused: bad")),
    ("so is a refused change of a topic", Refused("bad"), TOPIC, SetAside("Refused: bad")),
    ("so are buttons that stay", Refused("bad"), BUTTONS, SetAside("Refused: bad")),
    ("so is a page for an admin", Refused("bad"), PAGE_FOR_ADMIN, SetAside("Refused: bad")),
]
CASES: Final[list[Case]] = [*CERTAINLY_NOT_CARRIED_OUT, *THE_GROUP, *A_PERSON, *WILL_NEVER_ARRIVE]


@pytest.mark.parametrize("noted", [False, True])
@pytest.mark.parametrize(("error", "effect", "remedy"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_failure_has_its_remedy(error: MessengerError, effect: Effect, remedy: Remedy, noted: bool) -> None:  # noqa: FBT001  # a table
    assert remedy_of(error, effect, noted=noted) == remedy


@pytest.mark.parametrize(
    ("noted", "remedy"),
    [
        pytest.param(True, MayHaveArrived(UNSURE), id="a message that may stand there already: once more at the most"),
        pytest.param(False, TryFreely(), id="an edit, or a question: twice is as good as once"),
    ],
)
def test_what_nobody_knows_depends_on_what_has_left(noted: bool, remedy: Remedy) -> None:  # noqa: FBT001  # a table
    assert remedy_of(UNSURE, ANSWER, noted=noted) == remedy


def test_what_is_no_known_failure_is_not_guessed_at() -> None:
    with pytest.raises(MessengerError, match="new"):
        remedy_of(MessengerError("new"), ANSWER, noted=False)
