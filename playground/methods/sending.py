"""sendMessage and its kin: everything that puts a new message of the bot into a chat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from secrets import randbits
from typing import Any, Final

from playground import contents
from playground.contents import Content
from playground.errors import bad_request
from playground.files import StoredFile
from playground.methods.target import (
    find_direct_topic,
    find_reply,
    find_topic,
    open_chat,
    read_keyboard,
    read_quote,
    writable_chat,
)
from playground.methods.wording import read_caption, read_text
from playground.params import Params
from playground.world import World

ALBUM: Final = range(2, 11)
NAMES: Final = {
    "photo": "photo.jpg",
    "voice": "voice.ogg",
    "sticker": "sticker.webp",
    "video": "video.mp4",
    "animation": "animation.mp4",
    "video_note": "note.mp4",
    "audio": "audio.mp3",
}
ACTIONS: Final = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"}
    | {"choose_sticker", "find_location", "record_video_note", "upload_video_note"}
)


def put(world: World, params: Params, content: Content, **extra: Any) -> dict[str, Any]:
    """Check where it goes and put it there."""
    chat = writable_chat(world, params)
    topic, reply = find_topic(chat, params), find_reply(chat, params)
    extra |= (
        read_keyboard(params)
        | find_direct_topic(chat, params)
        | read_quote(reply, params)
        | ({"has_protected_content": True} if params.flag("protect_content") else {})
    )
    return world.post(chat, world.bot, content, reply=reply, topic=topic, **extra).body


def send_message(world: World, params: Params) -> dict[str, Any]:
    open_chat(world, params)
    return put(world, params, read_text(params))


def send_file(world: World, params: Params, *, kind: str) -> dict[str, Any]:
    open_chat(world, params)
    words = read_caption(params) if kind in contents.CAPTIONED else {}
    return put(world, params, _file(world, params, kind, params.raw.get(kind)) | words)


def send_location(world: World, params: Params) -> dict[str, Any]:
    try:
        place = float(params.text("latitude")), float(params.text("longitude"))
    except ValueError:
        raise bad_request("bad location") from None
    return put(world, params, contents.location(*place, live_period=params.integer("live_period")))


def send_contact(world: World, params: Params) -> dict[str, Any]:
    phone, name = params.text("phone_number"), params.text("first_name")
    if not phone or not name:
        raise bad_request("phone number and first name must be non-empty")
    return put(world, params, contents.contact(phone, name, params.text("last_name")))


def send_media_group(world: World, params: Params) -> list[dict[str, Any]]:
    open_chat(world, params)
    media = params.items("media") or []
    if len(media) not in ALBUM:
        raise bad_request(f"too {'few' if len(media) < ALBUM.start else 'many'} messages to send as an album")
    album = str(randbits(53))
    parts = [_part(world, params, item) for item in media]
    return [put(world, params, part, media_group_id=album) for part in parts]


def send_chat_action(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.tell("typing", chat, action=params.text("action"), thread=params.integer("message_thread_id"))
    return True


def _part(world: World, params: Params, item: Any) -> Content:
    if not isinstance(item, dict) or item.get("type") not in contents.CAPTIONED:
        raise bad_request("can't parse InputMedia: unknown type")
    words = read_caption(Params({**item, "caption": item.get("caption") or ""}))
    return _file(world, params, item["type"], item.get("media")) | words


def _file(world: World, params: Params, kind: str, value: object) -> Content:
    extra = {"duration": params.integer("duration"), "emoji": params.text("emoji") or None}
    return contents.file(kind, _stored(world, params, kind, value), **{k: v for k, v in extra.items() if v})


def _stored(world: World, params: Params, kind: str, value: object) -> StoredFile:
    upload = params.attached(value)
    if upload:
        name = upload.name or NAMES.get(kind, "document")
        folder = contents.FOLDERS.get(kind, "documents")
        return world.files.add(upload.content, name=name, mime=upload.mime, folder=folder)
    if not isinstance(value, str) or not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return world.files.get(value)


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "sendMessage": send_message,
    "sendPhoto": partial(send_file, kind="photo"),
    "sendDocument": partial(send_file, kind="document"),
    "sendVoice": partial(send_file, kind="voice"),
    "sendSticker": partial(send_file, kind="sticker"),
    "sendVideo": partial(send_file, kind="video"),
    "sendAudio": partial(send_file, kind="audio"),
    "sendAnimation": partial(send_file, kind="animation"),
    "sendVideoNote": partial(send_file, kind="video_note"),
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
}
