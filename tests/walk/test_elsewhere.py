"""Chats that are not the bot's own, walked through: an account that it is connected to, a channel's direct messages."""

from __future__ import annotations

from pathlib import Path

from playground.elsewhere import ConnectedAccount, DirectMessages
from tests.walk.conftest import opened


async def test_a_customer_of_an_account_and_a_subscriber_are_answered_where_they_write(
    sqlite_url: str, home: Path
) -> None:
    async with opened(sqlite_url) as house:
        account = ConnectedAccount(house.playground.world, house.olga.user)
        customer = account.customer(house.anna.user)
        customer.send("где моя посылка, когда доставят заказ?")
        [answer] = await house.playground.wait_for(lambda: customer.chat.from_bot)
        assert answer.body["from"]["id"] == house.olga.user.id
        assert [button.text for button in answer.buttons] == ["✅ Помогло", "🙋 Позвать человека"]
        customer.press(answer, answer.button("Позвать").data or "")
        await house.in_group("Telegram Business")
        card = await house.in_group("№1")
        house.olga.at(house.group).send_photo(reply_to=card, caption="вот так")
        picture = (await house.playground.wait_for(lambda: [m for m in customer.chat.from_bot if m.kind == "photo"]))[0]
        assert picture.text == "вот так"

        channel = DirectMessages(house.playground.world, house.olga.user)
        channel.write(house.john.user, "how do I invite a friend and get the referral bonus?")
        [told] = await house.playground.wait_for(lambda: channel.told(house.john.user))
        assert told.text.startswith("Hello, John!")
        assert house.anna.replies == house.john.replies == []
