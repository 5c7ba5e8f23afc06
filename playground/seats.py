"""Whose hands the page means: of a customer or an operator, in the chat that it names."""

from __future__ import annotations

import re
from typing import Final

from aiohttp import web

from playground.chats import User
from playground.elsewhere import DirectMessages
from playground.groups import Group
from playground.params import Params
from playground.people import Author, Customer
from playground.server import Playground

ACCOUNT: Final = re.compile(r"\d+-\d+")
"""The place of a chat in somebody's account: its owner, and who writes to them."""


def author_of(playground: Playground, request: web.Request, params: Params) -> Author:
    """Find the hands: of somebody in their own chat with the bot, in a group, in an account or in a channel."""
    who, place = params.needed("as", "who acts is not said"), request.match_info["chat"]
    person: Customer = playground.customers.get(who) or playground.operators[who]
    if ACCOUNT.fullmatch(place):
        return _in_account(playground, person.user, place)
    chat_id = int(place)
    if chat_id in playground.channels:
        return _in_channel(playground, playground.channels[chat_id], person.user, _topic(playground, request, params))
    if person.chat.id == chat_id:
        return person
    if who not in playground.operators:
        raise LookupError("customers are not in the group")
    return playground.operators[who].at(group_of(playground, chat_id), params.integer("thread"))


def _in_account(playground: Playground, user: User, place: str) -> Author:
    """Find the hands in somebody's account: of a customer who writes to them, or their own."""
    owner, person = map(int, place.split("-"))
    account = playground.accounts[owner]
    if user.id == owner and person in playground.customers:
        return account.own(playground.customers[person].user)
    if user.id == person and person in playground.customers:
        return account.customer(user)
    raise LookupError("this chat is between others")


def _topic(playground: Playground, request: web.Request, params: Params) -> int | None:
    """Tell whose topic it is: as it is said, or by the message that is meant."""
    channel = playground.channels[int(request.match_info["chat"])]
    meant = channel.chat.get(int(request.match_info.get("message", "0")))
    return params.integer("thread") or (meant.direct_topic if meant else None)


def _in_channel(playground: Playground, channel: DirectMessages, user: User, topic: int | None) -> Author:
    """Find the hands in direct messages of a channel: of a subscriber in their topic, or the channel's."""
    if user.id == channel.owner.id and topic in playground.customers:
        return channel.own(playground.customers[topic].user)
    if user.id in playground.customers and topic in (None, user.id):
        return channel.subscriber(user)
    raise LookupError("this topic is between others")


def group_of(playground: Playground, chat_id: int) -> Group:
    for group in playground.groups.values():
        if group.chat.id == chat_id:
            return group
    raise LookupError(f"no group {chat_id}")
