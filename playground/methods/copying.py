"""copyMessage(s) and forwardMessage(s): the same content in another chat."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from secrets import randbits
from typing import Any, Final

from playground.chats import Chat, Message
from playground.contents import CARRIED, Content
from playground.errors import bad_request
from playground.methods.sending import put
from playground.methods.target import check_length, find_chat, find_message, find_topic, open_chat
from playground.methods.wording import LONGEST_CAPTION, read_caption
from playground.params import Params
from playground.world import World

MOST: Final = 100


def copy_message(world: World, params: Params) -> dict[str, Any]:
    open_chat(world, params)
    source = _source(world, params, "copy")
    content = _carried(source)
    if params.record("reply_parameters") and "caption" not in params.raw:
        # A caption that only Premium may write is copied as it is, but not into a reply.
        check_length(content.get("caption", ""), LONGEST_CAPTION, "message caption is too long")
    if "caption" in params.raw and source.kind != "text":
        content = {key: value for key, value in content.items() if "caption" not in key} | read_caption(params)
    return {"message_id": put(world, params, content)["message_id"]}


def forward_message(world: World, params: Params) -> dict[str, Any]:
    open_chat(world, params)
    return put(world, params, _forwarded(_source(world, params, "forward")))


def copy_messages(world: World, params: Params) -> list[dict[str, Any]]:
    return _many(world, params, "copy", _without_caption if params.flag("remove_caption") else _carried)


def forward_messages(world: World, params: Params) -> list[dict[str, Any]]:
    return _many(world, params, "forward", _forwarded)


def _many(world: World, params: Params, doing: str, take: Callable[[Message], Content]) -> list[dict[str, Any]]:
    """Copy what can be found; parts of one album stay one album."""
    find_topic(open_chat(world, params), params)
    origin = find_chat(world, params, "from_chat_id")
    found = [m for m in map(origin.get, _ids(params, doing)) if m and _movable(m)]
    if not found:
        raise bad_request(f"there are no messages to {doing}")
    albums = {message.album: str(randbits(53)) for message in found if message.album}
    sent = [put(world, params, take(m), **_album(albums, m)) for m in found]
    return [{"message_id": body["message_id"]} for body in sent]


def _ids(params: Params, doing: str) -> list[int]:
    try:
        ids = [int(item) for item in params.items("message_ids") or []]
    except (TypeError, ValueError):
        raise bad_request("message identifiers must be integers") from None
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST:
        raise bad_request(f"too many messages to {doing}")
    if any(a >= b for a, b in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return ids


def _source(world: World, params: Params, doing: str) -> Message:
    origin: Chat = find_chat(world, params, "from_chat_id")
    message = find_message(origin, params, doing)
    if not _movable(message):
        raise bad_request(f"message can't be {doing.removesuffix('y')}{'ied' if doing == 'copy' else 'ed'}")
    return message


def _movable(message: Message) -> bool:
    protected = message.chat.protected or message.body.get("has_protected_content")
    return message.kind != "service" and not protected


def _carried(message: Message) -> Content:
    return {key: value for key, value in message.body.items() if key in CARRIED}


def _without_caption(message: Message) -> Content:
    return {key: value for key, value in _carried(message).items() if not key.startswith("caption")}


def _forwarded(message: Message) -> Content:
    first = {"type": "user", "date": message.body["date"], "sender_user": message.body["from"]}
    return _carried(message) | {"forward_origin": message.body.get("forward_origin", first)}


def _album(albums: dict[str, str], message: Message) -> dict[str, str]:
    return {"media_group_id": albums[message.album]} if message.album else {}


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
