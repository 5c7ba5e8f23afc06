"""What the Bot API refuses in chats that are not the bot's own, in its words."""

from __future__ import annotations

from typing import Any

import pytest

from playground.elsewhere import ConnectedAccount, DirectMessages
from playground.server import Playground
from tests.playground.conftest import Clock, Raw

DAY_S = 24 * 3600


async def test_an_account_is_written_to_within_its_rights(call: Raw, playground: Playground, clock: Clock) -> None:
    owner, anna = playground.add_operator(), playground.add_customer()
    account = ConnectedAccount(playground.world, owner.user)

    async def send(**more: Any) -> str:
        body = {"chat_id": anna.id, "text": "x", "business_connection_id": account.account.id} | more
        return str((await call("sendMessage", **body)).get("description", ""))

    assert "BUSINESS_PEER_INVALID" in await send()
    account.customer(anna.user).send("hello")
    assert await send() == ""
    assert "business connection not found" in await send(business_connection_id="another")
    account.set_right("can_reply", on=False)
    assert "not enough rights" in await send()
    account.set_right("can_reply", on=True)
    clock.now += DAY_S + 1
    assert "BUSINESS_PEER_USAGE_MISSING" in await send()
    account.disconnect()
    assert "business connection not found" in await send()
    assert anna.replies == []


async def test_direct_messages_need_their_topic_and_the_right(call: Raw, playground: Playground) -> None:
    owner, anna = playground.add_operator(), playground.add_customer()
    channel = DirectMessages(playground.world, owner.user)
    channel.write(anna.user, "hello")
    place = {"chat_id": channel.chat.id, "text": "x"}
    assert "topic must be specified" in (await call("sendMessage", **place))["description"]
    assert (await call("sendMessage", **place, direct_messages_topic_id=anna.id))["ok"]
    assert [one.text for one in channel.told(anna.user)] == ["x"]
    channel.channel.bot_rights["can_manage_direct_messages"] = False
    assert (await call("sendMessage", **place, direct_messages_topic_id=anna.id))["error_code"] == 403
    told = await call("getChat", chat_id=channel.chat.id)
    assert told["result"]["parent_chat"]["id"] == channel.channel.id


@pytest.mark.parametrize("right", [None, "can_delete_sent_messages"])
async def test_deleting_in_an_account_needs_its_right(call: Raw, playground: Playground, right: str | None) -> None:
    owner, anna = playground.add_operator(), playground.add_customer()
    account = ConnectedAccount(playground.world, owner.user)
    customer = account.customer(anna.user)
    customer.send("hello")
    via = account.account.id
    sent = await call("sendMessage", chat_id=anna.id, text="x", business_connection_id=via)
    if right is not None:
        account.set_right(right, on=True)
    ids = [sent["result"]["message_id"]]
    answer = await call("deleteBusinessMessages", business_connection_id=via, message_ids=ids)
    assert answer["ok"] is (right is not None)
    assert bool(customer.chat.from_bot) is (right is None)
