"""A Telegram account that the bot is connected to: customers are answered there, in its owner's name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.delivery.messenger import Lacking, Unconnected
from services.messages.addresses import at_business
from services.privacy.erasure import named
from services.texts.html import plain
from storage.records import Message
from storage.units import Unit
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

OWNER, COLLEAGUE = 77, 78
VIA = "connection-1"
CALLS = "позовите оператора"


@pytest.fixture
def settings() -> dict[str, str]:
    return {"SUPPORT_BUSINESS__OWNERS": f"{OWNER},{COLLEAGUE}", "SUPPORT_TELEGRAM__ADMIN_IDS": "900"}


def connection(*, owner: int = OWNER, enabled: bool = True, via: str = VIA, **rights: bool) -> dict[str, Any]:
    """Return how Telegram tells of a connection."""
    user = {"id": owner, "is_bot": False, "first_name": "Вера"}
    told = {"id": via, "user": user, "user_chat_id": owner, "date": 1, "is_enabled": enabled}
    return told | {"rights": {"can_reply": True} | rights}


def written(number: int, text: str, *, by_owner: bool = False, via: str = VIA, **more: Any) -> dict[str, Any]:
    """Return a line in the chat of the customer with the owner."""
    chat = {"id": CUSTOMER_ID, "type": "private", "first_name": "Анна"}
    author = {"id": OWNER, "first_name": "Вера"} if by_owner else {"id": CUSTOMER_ID, "first_name": "Анна"}
    line = {"message_id": number, "date": 1, "chat": chat, "from": author | {"is_bot": False}}
    return line | {"business_connection_id": via} | ({"text": text} if text else {}) | more


class Account:
    """The account, and the customer in front of it."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def connects(self, **about: Any) -> None:
        await self._world.arrives("business_connection", connection(**about))
        await self._world.works()

    async def customer(self, number: int, text: str = "", **more: Any) -> None:
        await self._arrives("business_message", written(number, text, **more))

    async def owner(self, number: int, text: str = "", **more: Any) -> None:
        await self._arrives("business_message", written(number, text, by_owner=True, **more))

    async def changes(self, number: int, text: str, **more: Any) -> None:
        await self._arrives("edited_business_message", written(number, text, **more) | {"edit_date": 2})

    async def deletes(self, *numbers: int) -> None:
        chat = {"id": CUSTOMER_ID, "type": "private", "first_name": "Анна"}
        told = {"business_connection_id": VIA, "chat": chat, "message_ids": list(numbers)}
        await self._arrives("deleted_business_messages", told)

    async def _arrives(self, kind: str, body: dict[str, Any]) -> None:
        await self._world.arrives(kind, body)
        await self._world.works()
        await self._world.passes(20)


@pytest.fixture
async def account(world: World) -> Account:
    made = Account(world)
    await made.connects()
    return made


def there(world: World, *, via: str | None = VIA) -> list[str]:
    """Return what the customer has read: in the chat with the owner, or with the bot itself."""
    return [
        one.words.text
        for place, one in world.screen.shown.items()
        if one.chat_id == CUSTOMER_ID and world.screen.targets[place].via == via
    ]


def group(world: World) -> str:
    return "\n".join(world.screen.texts(GROUP_ID))


async def test_a_customer_of_the_account_is_answered_there_in_the_owners_name(world: World, account: Account) -> None:
    await account.customer(5, "когда доставка?")
    assert "Ответ DELIVERY." in there(world)[-1]
    assert not there(world, via=None)


async def test_one_person_in_two_chats_is_answered_in_each(world: World, account: Account) -> None:
    await account.customer(5, CALLS)
    await world.says(5, "какая цена?")
    await world.passes(20)
    assert "Ответ PRICING." in there(world, via=None)[-1]
    assert not any("PRICING" in text for text in there(world))
    await account.customer(6, "когда доставка?")
    assert "Ответ DELIVERY." in there(world)[-1]


async def test_who_writes_to_two_accounts_is_answered_in_each_through_its_own_connection(
    world: World, account: Account
) -> None:
    await account.connects(owner=COLLEAGUE, via="of the colleague")
    await account.customer(5, "когда доставка?")
    await account.customer(5, "какая цена?", via="of the colleague")
    await account.connects(owner=COLLEAGUE, via="of the colleague", enabled=False)
    await account.customer(6, "какая цена?")
    assert ["DELIVERY" in text for text in there(world)] == [True, False]
    assert ["PRICING" in text for text in there(world, via="of the colleague")] == [True]


async def test_an_operator_answers_in_the_account(world: World, account: Account) -> None:
    await account.customer(5, CALLS)
    card = next(one for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    assert "Telegram Business" in card.words.text
    await world.operator_says(300, "Здравствуйте, помогу", reply_to=card.telegram_id)
    assert there(world)[-1] == "Здравствуйте, помогу"
    assert not there(world, via=None)


async def test_the_owners_own_lines_are_not_answered_and_take_the_conversation_over(
    world: World, account: Account
) -> None:
    await account.owner(5, "когда доставка?")
    await account.customer(6, "какая цена?")
    assert there(world) == []
    assert world.listener.asked == []
    await world.passes(31 * 60)
    await account.customer(7, "какая цена?")
    assert "Ответ PRICING." in there(world)[-1]


async def test_people_see_what_the_owner_writes(world: World, account: Account) -> None:
    await account.customer(5, CALLS)
    await account.owner(6, "я сама отвечу")
    assert "Вера (владелец) → Анна:\nя сама отвечу" in group(world)
    assert "бот молчит до" in group(world)
    await account.customer(7, "спасибо, какая цена?")
    assert not any("PRICING" in text for text in there(world))
    assert "какая цена?" in group(world)


async def test_what_the_bot_or_telegram_sends_in_the_owners_name_takes_nothing_over(
    world: World, account: Account
) -> None:
    bot = {"id": 700000, "is_bot": True, "first_name": "B"}
    await account.owner(5, "Ответ DELIVERY.", sender_business_bot=bot)
    await account.owner(6, "Мы закрыты, ответим утром", is_from_offline=True)
    await account.customer(7, "какая цена?")
    assert "Ответ PRICING." in there(world)[-1]


async def test_other_bots_and_telegram_itself_are_not_answered(world: World, account: Account) -> None:
    other = {"id": 8, "is_bot": True, "first_name": "Other"}
    await account.customer(5, "какая цена?", **{"from": other})
    telegram = {"id": 777000, "type": "private", "first_name": "Telegram"}
    await account.customer(6, "код 12345, цена", chat=telegram, **{"from": {**telegram, "is_bot": False}})
    assert there(world) == []
    assert not any("12345" in text for _, text in world.screen.everything)


async def test_a_strangers_account_is_not_served_and_admins_hear_of_it_once(world: World, account: Account) -> None:
    for _ in range(2):
        await account.connects(owner=5, via="of a stranger")
    await account.customer(5, "когда доставка?", via="of a stranger")
    assert there(world, via="of a stranger") == []
    assert sum("нет среди владельцев" in text for text in world.screen.texts(900)) == 1


async def test_a_change_of_an_answered_line_is_answered_again(world: World, account: Account) -> None:
    await account.customer(5, "когда доставка?")
    await account.changes(5, "какая цена?")
    assert "Ответ PRICING." in there(world)[-1]


async def test_what_is_deleted_before_its_answer_is_not_answered(world: World, account: Account) -> None:
    await world.arrives("business_message", written(5, "когда доставка?"))
    await account.deletes(5)
    assert there(world) == []


async def test_people_see_what_was_deleted(world: World, account: Account) -> None:
    await account.customer(5, CALLS)
    await account.customer(6, "мой номер 12")
    await account.deletes(6)
    assert "🗑 Удалено в чате: мой номер 12" in group(world)


async def test_the_page_says_what_was_deleted_by_whom_ever_and_when(world: World, account: Account) -> None:
    await account.customer(5, "когда доставка?")
    await account.customer(6, "мой номер 12")
    said = next(one.telegram_id for one in world.screen.shown.values() if "Ответ DELIVERY." in one.words.text)
    await account.deletes(6, said)

    def look(unit: Unit) -> list[Message]:
        customer = unit.customers.find(at_business(OWNER, CUSTOMER_ID))
        return unit.conversations.above(customer.id, None, most=9) if customer else []

    lines = await world.store.read(look)
    gone = {plain(one.text).split(maxsplit=1)[0]: one.gone_at is not None for one in lines}
    assert gone.pop("мой") is True
    assert gone.pop("когда") is False
    assert any(one.gone_at for one in lines if "Ответ DELIVERY." in one.text)


async def test_who_connects_the_bot_anew_is_written_to_through_the_new_connection(
    world: World, account: Account
) -> None:
    await account.customer(5, CALLS)
    await account.connects(enabled=False)
    await account.connects(via="connection-2")
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    await world.operator_says(300, "помогу", reply_to=card)
    assert there(world, via="connection-2") == ["помогу"]


@pytest.mark.parametrize("change", [{"enabled": False}, {"can_reply": False}])
async def test_where_the_bot_may_not_write_operators_are_told_and_nothing_goes_elsewhere(
    world: World, account: Account, change: dict[str, bool]
) -> None:
    await account.customer(5, CALLS)
    before = len(there(world))
    await account.connects(**change)
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    await world.operator_says(300, "помогу", reply_to=card)
    await world.passes(5)
    assert len(there(world)) == before
    assert not there(world, via=None)
    assert "Клиент этого не получит" in group(world)
    assert world.screen.texts(900)


@pytest.mark.parametrize(
    ("lacking", "words"),
    [("connection", "не подключён"), ("right", "не разрешает боту писать"), ("day", "в течение суток")],
)
async def test_an_operator_reads_what_is_wanting_and_sends_their_line_when_it_is_there(
    world: World, account: Account, lacking: Lacking, words: str
) -> None:
    await account.customer(5, CALLS)
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    world.screen.refusing = Unconnected("Bad Request: BUSINESS_PEER_USAGE_MISSING", lacking)
    await world.operator_says(300, "нашли ваш заказ", reply_to=card)
    await world.passes(5)
    assert words in group(world)
    assert "BUSINESS" not in group(world)
    world.screen.refusing = None
    await account.customer(6, "есть новости?")
    await world.presses(GROUP_ID, "ещё раз")
    await world.passes(5)
    assert there(world)[-1] == "нашли ваш заказ"


async def test_what_the_bot_tells_by_itself_after_a_silent_day_troubles_nobody(world: World, account: Account) -> None:
    await account.customer(5, CALLS)
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    await world.operator_says(300, "какой номер заказа?", reply_to=card)
    world.screen.refusing = Unconnected("Bad Request: BUSINESS_PEER_USAGE_MISSING", "day")
    before = len(world.screen.texts(GROUP_ID)), len(world.screen.texts(900))
    for _ in range(74):
        world.now += timedelta(hours=1)
        await world.parts.alarm_clock.look()
        await world.works()
    assert "клиент не ответил" in world.screen.shown[GROUP_ID, card].words.text
    assert (len(world.screen.texts(GROUP_ID)), len(world.screen.texts(900))) == before


async def test_what_is_asked_while_the_bot_may_not_reply_is_left_to_the_owner(world: World, account: Account) -> None:
    await account.connects(can_reply=False)
    await account.customer(5, "когда доставка?")
    await account.customer(6, CALLS)
    assert not there(world)
    assert "Не доставлено" not in group(world) + "\n".join(world.screen.texts(900))
    assert not any("<b>№1</b>" in text for text in world.screen.texts(GROUP_ID))
    await account.connects()
    await account.customer(7, "какая цена?")
    assert ["Ответ PRICING." in text for text in there(world)] == [True]


async def test_pictures_go_both_ways_by_their_file(world: World, account: Account) -> None:
    picture = [{"file_id": "p1", "file_unique_id": "u", "width": 1, "height": 1}]
    await account.customer(5, "", photo=picture, caption="вот")
    assert [(target.chat_id, kind, file) for target, kind, file in world.screen.sent_anew] == [
        (GROUP_ID, "photo", "p1")
    ]
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    back = [{"file_id": "p2", "file_unique_id": "v", "width": 1, "height": 1}]
    await world.operator_says(300, reply_to=card, photo=back, caption="а вот как надо")
    target, kind, file = world.screen.sent_anew[-1]
    assert (target.chat_id, target.via, kind, file) == (CUSTOMER_ID, VIA, "photo", "p2")
    assert world.screen.copies == []


def photo(name: str, album: str | None = "g") -> dict[str, Any]:
    together = {"media_group_id": album} if album else {}
    return {"photo": [{"file_id": name, "file_unique_id": name, "width": 1, "height": 1}]} | together


async def test_an_album_stays_an_album_in_both_directions(world: World, account: Account) -> None:
    for number, name in ((5, "p1"), (6, "p2")):
        await world.arrives("business_message", written(number, "", **photo(name), caption=name))
    await world.works()
    await world.passes(20)
    assert world.screen.albums == [[(GROUP_ID, "p1"), (GROUP_ID, "p2")]]
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    await world.operator_says(300, reply_to=card, **photo("p3"), caption="вот")
    await world.operator_says(301, reply_to=card, **photo("p4"))
    await world.passes(20)
    assert world.screen.albums[-1] == [(CUSTOMER_ID, "p3"), (CUSTOMER_ID, "p4")]
    assert {target.via for target, _, file in world.screen.sent_anew if file in ("p3", "p4")} == {VIA}
    assert there(world)[-2:] == ["вот", ""]


async def test_what_cannot_be_an_album_goes_one_by_one(world: World, account: Account) -> None:
    world.screen.refuses_albums = True
    for number, name in ((5, "p1"), (6, "p2")):
        await world.arrives("business_message", written(number, "", **photo(name)))
    await world.works()
    await world.passes(20)
    assert world.screen.albums == []
    assert [file for target, _, file in world.screen.sent_anew if target.chat_id == GROUP_ID] == ["p1", "p2"]


async def test_buttons_are_pressed_there_too(world: World, account: Account) -> None:
    await account.customer(5, "наверное сколько")
    number, button = next(
        (shown.telegram_id, button)
        for shown in world.screen.shown.values()
        for row in shown.words.buttons
        for button in row
        if "PRICING" in button.text
    )
    chat = {"id": CUSTOMER_ID, "type": "private", "first_name": "Анна"}
    under = {"message_id": number, "date": 1, "chat": chat, "text": "?", "business_connection_id": VIA}
    press = {"id": "1", "chat_instance": "1", "data": button.press, "message": under}
    owner = {"id": OWNER, "is_bot": False, "first_name": "Вера"}
    await world.arrives("callback_query", press | {"from": owner})
    await world.works()
    assert not any("Ответ PRICING." in text for text in there(world))
    customer = {"id": CUSTOMER_ID, "is_bot": False, "first_name": "Анна"}
    await world.arrives("callback_query", press | {"id": "2", "from": customer})
    await world.works()
    assert "Ответ PRICING." in there(world)[-1]


async def test_health_tells_of_accounts_and_of_a_missing_right(world: World, account: Account) -> None:
    assert (await world.parts.health.check("business")).status == "healthy"
    await account.connects(can_reply=False)
    check = await world.parts.health.check("business")
    assert (check.status, check.facts["accounts"]) == (
        "degraded",
        [{"owner": "Вера", "enabled": True, "missing": ["can_reply"]}],
    )
    await account.connects(owner=5, via="of a stranger")
    assert len((await world.parts.health.check("business")).facts["accounts"]) == 1


async def test_a_connection_that_was_made_unheard_is_asked_for(world: World, account: Account) -> None:
    await world.passes(60)
    world.session.answers = {"getBusinessConnection": connection(via="unheard")}
    await account.customer(5, "когда доставка?", via="unheard")
    assert "Ответ DELIVERY." in there(world, via="unheard")[-1]


async def test_a_person_is_found_by_their_number_in_both_chats(world: World, account: Account) -> None:
    await account.customer(5, "когда доставка?")
    await world.says(5, "какая цена?")
    found = await world.store.read(lambda unit: unit.conversations.with_outside_id(str(CUSTOMER_ID)))
    assert {one.channel for one in found} == {"telegram", "business"}
    assert {one.channel for one in await named(world.store, str(CUSTOMER_ID))} == {"telegram", "business"}


async def test_a_right_that_was_given_while_nobody_listened_is_found_out(world: World, account: Account) -> None:
    await account.connects(can_reply=False)
    world.session.answers = {"getBusinessConnection": connection()}
    await account.customer(5, "когда доставка?")
    assert there(world) == []
    await world.passes(11 * 60)
    await account.customer(6, "когда доставка?")
    assert "Ответ DELIVERY." in there(world)[-1]
    assert "отвечает там клиентам" in world.screen.texts(900)[-1]
    assert (await world.parts.health.check("business")).status == "healthy"


async def test_admins_hear_of_a_missing_right_whenever_it_is_taken(world: World, account: Account) -> None:
    for _ in range(3):
        await account.connects(can_reply=False)
        await account.connects(can_reply=False, can_read_messages=True)
        await account.connects()
    assert sum("не может там отвечать" in text for text in world.screen.texts(900)) == 3


async def test_what_an_owner_writes_to_themselves_is_nobodys_business(world: World, account: Account) -> None:
    oneself = {"id": OWNER, "type": "private", "first_name": "Вера"}
    await world.arrives("business_message", written(5, "пароль 1234", by_owner=True, chat=oneself))
    await world.works()
    assert await world.store.read(lambda unit: unit.conversations.with_outside_id(str(OWNER))) == []


async def test_a_right_that_was_taken_while_nobody_listened_is_found_out(world: World, account: Account) -> None:
    world.screen.refusing = Unconnected("Bad Request: not enough rights", "right")
    world.session.answers = {"getBusinessConnection": connection(can_reply=False)}
    await account.customer(5, "когда доставка?")
    assert "Не доставлено" in group(world)
    world.screen.refusing = None
    await account.customer(6, "какая цена?")
    assert there(world) == []
    assert group(world).count("какая цена?") == group(world).count("PRICING") == 0
    assert "не может там отвечать" in world.screen.texts(900)[-1]
    check = await world.parts.health.check("business")
    assert check.status == "degraded"
