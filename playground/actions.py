"""What the page can do: routes under `/playground/`, each a person's action."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from aiohttp import web

from playground import cast, contents, samples
from playground.accounts import REPLY
from playground.chats import Message
from playground.errors import ApiError
from playground.params import Params, Upload, read
from playground.people import Author
from playground.process import BEGINNINGS
from playground.seats import author_of, group_of
from playground.server import Playground
from playground.text import units

LONGEST_NAME: Final = 64
LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
PHOTOS: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
LANGUAGES: Final = ("ru", "en")
"""What its pages speak, the one of the site too."""
KNOWN: Final = " or ".join(LANGUAGES)


class Slip(ValueError):
    """A person cannot do that; the page has words of its own for each code."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


Action = Callable[[Playground, web.Request, Params], dict[str, Any]]


def attach(app: web.Application, playground: Playground) -> None:
    for path, action in ACTIONS.items():
        app.router.add_post(f"/playground/{path}", _route(playground, action))


def _route(playground: Playground, action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    return partial(_carry_out, playground, action)


async def _carry_out(playground: Playground, action: Action, request: web.Request) -> web.Response:
    try:
        params = Params(await read(request))
        return web.json_response(action(playground, request, params))
    except ApiError as error:
        return web.json_response({"error": error.description}, status=error.code)
    except Slip as slip:
        return web.json_response({"error": str(slip), "code": slip.code}, status=400)
    except (LookupError, ValueError) as error:
        return web.json_response({"error": str(error)}, status=400)


def add_customer(playground: Playground, _: web.Request, params: Params) -> dict[str, Any]:
    name = params.text("first_name").strip()[:LONGEST_NAME]
    language = params.text("language_code")
    if not name or language not in LANGUAGES:
        raise ValueError(f"a name and a language ({KNOWN}) are needed")
    customer = playground.add_customer(name, language_code=language)
    playground.world.tell("people")
    return {"id": customer.id}


def speak(playground: Playground, _: web.Request, params: Params) -> dict[str, Any]:
    """Switch the language of the team; with `guess` only where nobody has chosen one yet."""
    language = params.text("language")
    if language not in LANGUAGES:
        raise ValueError(f"a language ({KNOWN}) is needed")
    if playground.language is None or (playground.language != language and not params.flag("guess")):
        cast.speak(playground, language)
    return {"language": playground.language}


def kill(playground: Playground, _: web.Request, _params: Params) -> dict[str, Any]:
    if playground.process is None:
        raise LookupError("this playground has not started the bot")
    playground.process.kill()
    return {}


def begin_anew(playground: Playground, _: web.Request, params: Params) -> dict[str, Any]:
    """Let the bot forget all that it knows, and everybody what was said."""
    beginning = next((one for one in BEGINNINGS if one == params.text("with")), None)
    if playground.process is None or playground.process.begin_anew is None:
        raise LookupError("this playground cannot take the bot's memory away")
    if beginning is None:
        raise ValueError("a beginning (example or nothing) is needed")
    playground.process.begin_anew(beginning)
    return {}


def change_account(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    account = playground.accounts[int(request.match_info["owner"])]
    match params.text("action"):
        case "connect" if not account.account.enabled:
            account.connect()
        case "disconnect" if account.account.enabled:
            account.disconnect()
        case "allow" | "forbid" as action:
            account.set_right(REPLY, on=action == "allow")
        case action:
            raise ValueError(f"unknown action {action}")
    return {}


def change_channel(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    playground.channels[int(request.match_info["chat"])].set_right(on=params.flag("on"))
    return {}


def block(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    customer = playground.customers[int(request.match_info["who"])]
    if params.flag("on") != customer.chat.blocked:
        customer.block_bot() if params.flag("on") else customer.unblock_bot()
    return {}


def write(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    author = author_of(playground, request, params)
    reply_to = params.integer("reply_to")
    sent = _write(author, params, reply_to)
    return {"message_ids": [message.id for message in (sent if isinstance(sent, list) else [sent])]}


def _write(author: Author, params: Params, reply_to: int | None) -> Message | list[Message]:
    caption = _words(params, "caption", LONGEST_CAPTION)
    upload = params.upload("file")
    if upload:
        return _send_upload(author, upload, caption, reply_to)
    kind = params.text("kind", "text")
    if kind == "text":
        return author.send(_words(params, "text", LONGEST_TEXT, needed=True), reply_to=reply_to)
    if kind in ("photo", "document"):
        send = author.send_photo if kind == "photo" else author.send_document
        return send(caption=caption, reply_to=reply_to)
    if kind == "sticker":
        return author.send_sticker(params.text("emoji", samples.STICKER), reply_to=reply_to)
    return _send_sample(author, kind, reply_to)


def _send_sample(author: Author, kind: str, reply_to: int | None) -> Message | list[Message]:
    match kind:
        case "voice":
            return author.send_voice(reply_to=reply_to)
        case "location":
            return author.send_location(reply_to=reply_to)
        case "contact":
            return author.send_contact(first_name=author.user.first_name, reply_to=reply_to)
        case "album":
            return author.send_album(3, reply_to=reply_to)
        case _:
            raise ValueError(f"unknown kind {kind}")


def _send_upload(author: Author, upload: Upload, caption: str, reply_to: int | None) -> Message:
    if not upload.content:
        raise Slip("empty", "file must be non-empty")
    kind = "photo" if upload.mime in PHOTOS else "document"
    return author.send_file(
        kind, upload.content, name=upload.name, mime=upload.mime, caption=caption, reply_to=reply_to
    )


def edit(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    author, message = _own(playground, request, params)
    caption = message.kind in contents.CAPTIONED
    longest = LONGEST_CAPTION if caption else LONGEST_TEXT
    author.edit(message, _words(params, "text", longest, needed=not caption))
    return {}


def delete(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    author, message = _own(playground, request, params)
    author.delete(message)
    return {}


def press(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    author = author_of(playground, request, params)
    return {"press_id": author.press(_message(author, request), params.text("data")).id}


def react(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    author = author_of(playground, request, params)
    emoji = params.text("emoji")
    author.react(_message(author, request), *([emoji] if emoji else []))
    return {}


def set_forum(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    group_of(playground, int(request.match_info["chat"])).set_forum(params.flag("on"))
    return {}


def change_topic(playground: Playground, request: web.Request, params: Params) -> dict[str, Any]:
    group, thread = group_of(playground, int(request.match_info["chat"])), int(request.match_info["thread"])
    match params.text("action"):
        case "close":
            group.close_topic(thread)
        case "reopen":
            group.reopen_topic(thread)
        case "delete":
            group.delete_topic(thread)
        case action:
            raise ValueError(f"unknown action {action}")
    return {}


def _message(author: Author, request: web.Request) -> Message:
    message = author.chat.get(int(request.match_info["message"]))
    if message is None:
        raise Slip("gone", "that message is gone")
    return message


def _own(playground: Playground, request: web.Request, params: Params) -> tuple[Author, Message]:
    author = author_of(playground, request, params)
    message = _message(author, request)
    if message.sender_id != author.user.id:
        raise Slip("not_own", "that message is somebody else's")
    return author, message


def _words(params: Params, name: str, longest: int, *, needed: bool = False) -> str:
    words = params.text(name).strip()
    if needed and not words:
        raise Slip("empty", "there is nothing to send")
    if units(words) > longest:
        raise Slip("too_long", f"longer than {longest} characters")
    return words


ACTIONS: Final[dict[str, Action]] = {
    "language": speak,
    "bot/kill": kill,
    "anew": begin_anew,
    "accounts/{owner}": change_account,
    "channels/{chat}": change_channel,
    "customers": add_customer,
    "customers/{who}/block": block,
    "chats/{chat}/messages": write,
    "chats/{chat}/messages/{message}/edit": edit,
    "chats/{chat}/messages/{message}/delete": delete,
    "chats/{chat}/messages/{message}/press": press,
    "chats/{chat}/messages/{message}/reaction": react,
    "groups/{chat}/forum": set_forum,
    "groups/{chat}/topics/{thread}": change_topic,
}
