"""Real updates, and what nobody should make of them."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st

from playground import defaults
from playground.server import Playground

ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    -(2**63) - 1,
    10**40,
    0.5,
    "",
    " ",
    "вчера",
    "<3",
    "{{7*7}}",
    "\x00",
    "a\x00b",
    "\ud83d",
    "\udc00",
    "\udc00\ud800",
    "\u202eпоткрытуху\u2066",
    "😀" * 4096,
    "t:1:take",
    "a:999999999999999999:helped",
    "g:1:NO_SUCH_SCENARIO",
    [],
    {},
    [[[]]],
    {"id": "7"},
    {"type": "surprise"},
)
"""What may stand anywhere: another type, another size, another alphabet."""


@cache
def real_updates() -> tuple[dict[str, Any], ...]:
    """Let people do all there is to do in a pretend Telegram, and take what the bot would hear of it."""
    playground = Playground()
    playground.world.updates.allow(
        ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"]
    )
    olga = playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    group, forum = playground.add_group(), playground.add_group(forum=True)
    anna = playground.add_customer("Анна", language_code="ru", last_name="Б", username="anna")
    said = anna.send("Где мой заказ? https://example.org")
    anna.send("/start")
    anna.send("/operator", reply_to=said)
    anna.edit(said, "Где мой заказ №7?")
    anna.send_photo(caption="вот фото")
    anna.send_album(2, caption="альбом")
    anna.send_voice()
    anna.send_sticker()
    anna.send_document()
    anna.send_location()
    anna.send_contact()
    for data in ("a:1:helped", "a:1:person", "l:en", "g:1:REFUND", "x:old-version"):
        anna.press(said, data)
    anna.react(said, "👍")
    line = olga.write(group, "Здравствуйте!")
    olga.write(group, "ответ", reply_to=line)
    olga.write(group, "/health", anonymous=True)
    olga.at(group).press(line, "t:1:take")
    olga.at(group).edit(line, "Добрый день!")
    olga.write(forum, "в теме", thread=forum.open_topic("№1").id)
    anna.block_bot()
    group.kick_bot()
    return tuple(update.body for update in playground.world.updates.pending.values())


def mutated() -> st.SearchStrategy[dict[str, Any]]:
    """One to four changes of a real update: something replaced, left out, or added.

    Drawn evenly from a seed: left to itself, hypothesis keeps to the first fields and the first odd values.
    """
    return st.integers(0, 2**48).map(lambda seed: _changed(random.Random(seed)))  # noqa: S311  # chance, not secrecy


def _changed(chance: random.Random) -> dict[str, Any]:
    changed = copy.deepcopy(chance.choice(real_updates()))
    for _ in range(chance.randint(1, 4)):
        places = list(_places(changed))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.choice(("replace", "replace", "replace", "drop", "add")):
            case "drop":
                del holder[key]
            case "add" if isinstance(holder, dict):
                holder["field_of_tomorrow"] = chance.choice(ODD)
            case _:
                holder[key] = copy.deepcopy(chance.choice(ODD))
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Return everything that can be replaced, as its holder and key; the update itself keeps its number."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        if key != "update_id":
            yield value, key
        yield from _places(inner)
