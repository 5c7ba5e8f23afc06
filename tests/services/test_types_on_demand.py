"""aiogram's types as the bot imports them: built when they are used, and the same as when all are built at once."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Final

import pytest

UPDATES: Final[list[dict[str, Any]]] = [
    {
        "update_id": 1,
        "message": {
            "message_id": 5,
            "date": 1700000000,
            "from": {"id": 7, "is_bot": False, "first_name": "Anna"},
            "chat": {"id": 7, "type": "private", "first_name": "Anna"},
            "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
            "caption": "look",
            "caption_entities": [{"type": "bold", "offset": 0, "length": 4}],
            "reply_to_message": {
                "message_id": 4,
                "date": 1700000000,
                "chat": {"id": 7, "type": "private"},
                "text": "x",
            },
        },
    },
    {
        "update_id": 2,
        "callback_query": {
            "id": "1",
            "from": {"id": 7, "is_bot": False, "first_name": "Anna"},
            "chat_instance": "c",
            "data": "take:1",
            "message": {"message_id": 4, "date": 0, "chat": {"id": -1, "type": "group", "title": "team"}},
        },
    },
    {
        "update_id": 3,
        "my_chat_member": {
            "chat": {"id": -1, "type": "supergroup", "title": "team"},
            "from": {"id": 7, "is_bot": False, "first_name": "Anna"},
            "date": 1700000000,
            "old_chat_member": {"status": "member", "user": {"id": 1, "is_bot": True, "first_name": "Bot"}},
            "new_chat_member": {"status": "left", "user": {"id": 1, "is_bot": True, "first_name": "Bot"}},
        },
    },
]
SCRIPT: Final = """
import json, sys
if sys.argv[1] == "on demand":
    from handlers.telegram.types_on_demand import import_aiogram
    import_aiogram()
from aiogram import methods, types
found = [types.Update.model_validate(one).model_dump_json() for one in json.loads(sys.argv[2])]
button = types.InlineKeyboardButton(text="a", callback_data="b")
call = methods.SendMessage(chat_id=1, text="x", reply_markup=types.InlineKeyboardMarkup(inline_keyboard=[[button]]))
print(json.dumps([*found, call.reply_markup.model_dump_json(), call.text]))
print(sum(types.__dict__[name].__pydantic_complete__ for name in types.__all__
    if hasattr(types.__dict__[name], "__pydantic_complete__")))
if sys.argv[1] == "on demand":
    for family in (types, methods):
        for name in family.__all__:
            if hasattr(family.__dict__[name], "model_rebuild"):
                family.__dict__[name].model_rebuild()
                assert family.__dict__[name].__pydantic_complete__, name
"""


@pytest.mark.long
def test_types_are_the_same_and_are_built_when_used() -> None:
    dumped, built = _found("on demand")
    all_dumped, all_built = _found("at once")
    assert dumped == all_dumped
    assert built < all_built / 4, "most of them are never used"


def _found(how: str) -> tuple[list[str], int]:
    """Return what updates and a call look like, and how many types have been built for that."""
    command = [sys.executable, "-c", SCRIPT, how, json.dumps(UPDATES)]
    dumped, built = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()  # ours
    return json.loads(dumped), int(built)
