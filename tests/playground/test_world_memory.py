"""The playground is the same after a restart, however it ended; a new one never gives ids that were given before."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from playground import cast, defaults, samples
from playground.archive import Archive, ArchiveUnusable
from playground.server import Playground
from playground.stage import Stage, opened
from playground.view import state
from playground.world import PRESS_LIVES_S


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chats.db"


def content(file: Path) -> bytes:
    return file.read_bytes()


def put(file: Path, words: bytes) -> None:
    file.write_bytes(words)


def remove(file: Path) -> None:
    file.unlink()


OF_VERSION_1 = """
CREATE TABLE c (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE m (chat_id INTEGER, id INTEGER, body TEXT NOT NULL, PRIMARY KEY (chat_id, id)) WITHOUT ROWID;
INSERT INTO c SELECT CAST(place AS INTEGER), json_remove(body, '$.owner', '$.channel', '$.connection') FROM chats
    WHERE place IN ('501', '502', '1001', '1002', '-1002000000001');
INSERT INTO m SELECT CAST(place AS INTEGER), id, body FROM messages;
DROP TABLE chats; DROP TABLE messages; DELETE FROM facts WHERE name = 'accounts';
ALTER TABLE c RENAME TO chats; ALTER TABLE m RENAME TO messages;
UPDATE facts SET body = json_remove(body, '$.beginning') WHERE name = 'people';
PRAGMA user_version = 1;
"""
"""Makes a file what the version before has written."""


async def call(stage: Stage, http: ClientSession, method: str, **params: Any) -> Any:
    async with http.post(f"{stage.url}/bot{defaults.TOKEN}/{method}", json=params) as answer:
        body = await answer.json()
        assert body["ok"], body
        return body["result"]


def seen(playground: Playground) -> dict[str, Any]:
    """What the page shows, apart from what is of the moment."""
    found = state(playground)
    del found["bot"]["connected"]
    shown: dict[str, Any] = json.loads(
        json.dumps(found | {"chats": sorted(found["chats"], key=lambda c: str(c["id"]))})
    )
    return shown | {"messages": sorted(shown["messages"], key=lambda m: (str(m["chat_id"]), m["message_id"]))}


async def live_a_little(stage: Stage, http: ClientSession) -> None:
    """Leave something of every kind behind."""
    world, anna = stage.playground, stage.playground.customers[1001]
    group, olga = world.groups[defaults.GROUP_ID], world.operators[defaults.ADMIN_ID]
    question = anna.send("Где <b>заказ</b>? \ud83d")
    kate = world.add_customer("Kate 🦊", language_code="en", username="kate")
    kate.send_photo(samples.picture(), caption="here")
    kate.send_album(2)
    kate.send_voice()
    keys = {"inline_keyboard": [[{"text": "Take", "callback_data": "take:1"}]]}
    sent = await call(
        stage, http, "sendMessage", chat_id=kate.id, text="<b>Hi</b>", parse_mode="HTML", reply_markup=keys
    )
    kate.press(sent["message_id"], "take:1")
    anna.edit(question, "Где заказ?")
    anna.react(question, "👍")
    anna.delete(anna.send("forget it"))
    await call(stage, http, "pinChatMessage", chat_id=group.id, message_id=olga.write(group, "pin me").id)
    group.set_forum()
    await call(stage, http, "createForumTopic", chat_id=group.id, name="Case 7")
    group.close_topic(group.open_topic("Case 8").id)
    group.delete_topic(group.open_topic("Case 9").id)
    group.set_right("can_pin_messages", on=False)
    await call(stage, http, "setMyCommands", commands=[{"command": "start", "description": "begin"}])
    world.customers[1002].block_bot()
    account, channel = world.accounts[defaults.ADMIN_ID], next(iter(world.channels.values()))
    via, place = account.account.id, {"chat_id": channel.chat.id, "direct_messages_topic_id": anna.id}
    account.customer(anna.user).send("for you alone")
    await call(stage, http, "sendMessage", chat_id=anna.id, business_connection_id=via, text="hers", reply_markup=keys)
    account.set_right("can_reply", on=False)
    channel.write(anna.user, "to the channel")
    sent = await call(stage, http, "sendMessage", **place, text="theirs", reply_markup=keys)
    channel.subscriber(anna.user).press(sent["message_id"], "take:1")
    channel.set_right(on=False)


async def test_everything_is_there_after_a_restart(chats: Path, http: ClientSession) -> None:
    async with opened(port=0, chats=chats) as stage:
        await live_a_little(stage, http)
        [first, *_] = await call(stage, http, "getUpdates", limit=1, allowed_updates=["message", "message_reaction"])
        waiting = await call(stage, http, "getUpdates", offset=first["update_id"] + 1)
        before, photo = seen(stage.playground), stage.playground.customers[1003].chat.history[0].body["photo"][0]
    async with opened(port=0, chats=chats) as stage:
        again = stage.playground
        assert seen(again) == before
        assert await call(stage, http, "getUpdates") == waiting
        assert again.world.updates.allowed == ["message", "message_reaction"]
        assert again.world.files.get(photo["file_id"]).content == samples.picture()
        press, other = again.world.presses.values()
        assert other.message.chat is again.channels[defaults.CHANNEL_ID - 1].chat
        assert await call(stage, http, "answerCallbackQuery", callback_query_id=press.id, text="yes") is True
        group = again.groups[defaults.GROUP_ID]
        assert [topic.name for topic in group.topics] == ["Case 7", "Case 8"]
        assert group.chat.bot_rights["can_pin_messages"] is False
        assert again.customers[1002].chat.blocked
        account, channel = again.accounts[defaults.ADMIN_ID], again.channels[defaults.CHANNEL_ID - 1]
        anna = again.customers[1001].user
        assert [m.text for m in account.chat_with(anna).history] == ["for you alone", "hers"]
        assert (account.may_reply, channel.may_reply) == (False, False)
        account.connect()
        assert len({m.id for m in account.chat_with(anna).history} | {account.customer(anna).send("again").id}) == 3
        assert channel.chat.channel is channel.channel


async def test_a_file_of_the_version_before_is_read(chats: Path) -> None:
    """Its chats were known by number alone, and there was neither an account nor a channel."""
    async with opened(port=0, chats=chats) as stage:
        stage.playground.customers[1001].send("before")
    with sqlite3.connect(chats) as connection:
        connection.executescript(OF_VERSION_1)
    connection.close()
    said: list[str] = []
    for number in range(2):
        async with opened(port=0, chats=chats, say=said.append) as stage:
            again = stage.playground
            assert [message.text for message in again.customers[1001].chat.history] == ["before", "after"][: number + 1]
            again.customers[1001].send("after")
            assert list(again.accounts) == [defaults.ADMIN_ID]
            assert [channel.owner.id for channel in again.channels.values()] == [defaults.ADMIN_ID]
    assert said == []


async def test_everybody_begins_anew(chats: Path, http: ClientSession) -> None:
    async with opened(port=0, chats=chats) as stage:
        await live_a_little(stage, http)
        stage.playground.beginning = "nothing"
        cast.enter_anew(stage.playground)
        anna = stage.playground.customers[1001]
        last = anna.send("the first line").id
        before = seen(stage.playground)
        assert [message["text"] for message in before["messages"]] == ["the first line"]
    async with opened(port=0, chats=chats) as stage:
        assert seen(stage.playground) == before
        kinds = [set(update.body) - {"update_id"} for update in stage.playground.world.updates.pending.values()]
        assert kinds == [{"business_connection"}, {"message"}]
        assert stage.playground.beginning == "nothing"
        assert stage.playground.customers[1001].send("more").id > last


async def test_ids_go_on_after_a_restart(chats: Path, http: ClientSession) -> None:
    async with opened(port=0, chats=chats) as stage:
        anna = stage.playground.customers[1001]
        said, heard = [anna.send(str(n)).id for n in range(3)], stage.playground.world.updates.next_id
        stage.playground.add_customer("Kate")
    async with opened(port=0, chats=chats) as stage:
        assert stage.playground.customers[1001].send("again").id > max(said)
        assert stage.playground.world.updates.next_id > heard
        assert stage.playground.add_customer("Max").id == 1004


async def test_a_new_world_gives_no_id_of_an_old_one(chats: Path) -> None:
    """The bot's database may be older than the chats, or the chats may be gone: new lines are new to it."""
    known: set[int] = set()
    heard: set[int] = set()
    for _ in range(3):
        async with opened(port=0, chats=chats) as stage:
            updates = stage.playground.world.updates
            heard_before = set(updates.pending)
            new = {stage.playground.customers[1001].send(word).id for word in "abc"}
            assert not new & known
            assert not (set(updates.pending) - heard_before) & heard
            known |= new
            heard |= set(updates.pending)
        remove(chats)
        await asyncio.sleep(1.1)  # ids of a new world are counted by the second


async def test_an_older_copy_does_not_repeat_ids(chats: Path, tmp_path: Path) -> None:
    async with opened(port=0, chats=chats):
        pass
    old = content(chats)
    async with opened(port=0, chats=chats) as stage:
        later = [stage.playground.customers[1001].send(word).id for word in "abc"]
    put(chats, old)
    await asyncio.sleep(1.1)
    async with opened(port=0, chats=chats) as stage:
        assert stage.playground.customers[1001].send("d").id not in later


async def test_a_killed_process_has_kept_what_it_acknowledged(chats: Path, http: ClientSession) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path; from playground.stage import opened\n"
        "async def main():\n"
        "    async with opened(port=0, chats=Path(sys.argv[1])) as stage:\n"
        "        print(stage.url, flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    acknowledged: list[str] = []
    for life in range(3):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, str(chats), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout
        url = (await process.stdout.readline()).decode().strip()
        for number in range(20):
            text = f"{life}/{number}"
            async with http.post(f"{url}/playground/chats/1001/messages", json={"as": 1001, "text": text}) as answer:
                assert answer.status == 200
            acknowledged.append(text)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with opened(port=0, chats=chats) as stage:
        assert [message.text for message in stage.playground.customers[1001].chat.history] == acknowledged
        pending = [update.body for update in stage.playground.world.updates.pending.values()]
        assert [body["message"]["text"] for body in pending if "message" in body] == acknowledged


def _of_another_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def _of_another_program(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE facts (x)")
    connection.close()


def _with_a_chat_that_is_none(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE chats SET body = '{}'")
    connection.close()


SPOILED = [
    lambda file: file.write_bytes(b"no database at all, only words " * 300),
    lambda file: file.write_bytes(file.read_bytes()[:5000]),
    lambda file: file.write_bytes(file.read_bytes()[:100] + b"\xa5" * (file.stat().st_size - 100)),
    _of_another_version,
    _of_another_program,
    _with_a_chat_that_is_none,
]


@pytest.mark.parametrize("spoil", SPOILED, ids=["words", "cut", "garbage", "version", "foreign", "half"])
async def test_a_file_that_cannot_be_read_is_set_aside(chats: Path, spoil: Any) -> None:
    async with opened(port=0, chats=chats) as stage:
        for number in range(200):
            stage.playground.customers[1001].send(f"{number} " * 20)
    spoil(chats)
    spoiled, said = content(chats), list[str]()
    async with opened(port=0, chats=chats, say=said.append) as stage:
        assert [customer.user.first_name for customer in stage.playground.customers.values()] == ["Анна", "John"]
        assert stage.playground.customers[1001].chat.messages == {}
        stage.playground.customers[1001].send("new")
    [line] = said
    assert str(chats) in line
    assert "\n" not in line
    [aside] = [file for file in chats.parent.iterdir() if "unreadable" in file.name and file.suffix == ".db"]
    assert aside.name in line
    assert content(aside) == spoiled
    async with opened(port=0, chats=chats, say=said.append) as stage:
        assert [message.text for message in stage.playground.customers[1001].chat.history] == ["new"]
    assert len(said) == 1


async def test_two_playgrounds_do_not_share_a_file(chats: Path) -> None:
    async with opened(port=0, chats=chats) as stage:
        stage.playground.customers[1001].send("mine")
        with pytest.raises(ArchiveUnusable, match="another playground"):
            async with opened(port=0, chats=chats):
                pass
    assert [file.name for file in chats.parent.iterdir()] == [chats.name]


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveUnusable, match="file"):
        Archive(tmp_path / "file" / "chats.db")


async def test_only_its_owner_reads_it(chats: Path) -> None:
    async with opened(port=0, chats=chats) as stage:
        stage.playground.customers[1001].send("private")
        assert {file.stat().st_mode & 0o777 for file in chats.parent.iterdir()} == {0o600}
    assert chats.parent.stat().st_mode & 0o777 == 0o700


@contextmanager
def full_disk(most: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


async def test_a_full_disk_is_told_once_and_loses_nothing_when_it_has_room_again(
    chats: Path, http: ClientSession
) -> None:
    said: list[str] = []
    async with opened(port=0, chats=chats, say=said.append) as stage:
        here = f"{stage.url}/playground/chats/1001/messages"

        async def write(text: str) -> None:
            async with http.post(here, json={"as": 1001, "text": text}) as answer:
                assert answer.status == 200

        with full_disk(chats.with_name(chats.name + "-wal").stat().st_size):
            await write("one" * 1000)
            await write("two" * 1000)
        assert len(said) == 1
        assert "cannot be kept" in said[0]
        await write("three")
    async with opened(port=0, chats=chats, say=said.append) as stage:
        texts = [message.text[:3] for message in stage.playground.customers[1001].chat.history]
        assert (texts, len(said)) == (["one", "two", "thr"], 1)


async def test_old_presses_are_forgotten(chats: Path) -> None:
    async with opened(port=0, chats=chats) as stage:
        anna = stage.playground.customers[1001]
        anna.press(anna.send("x"), "data")
    with sqlite3.connect(chats) as connection:
        connection.execute("UPDATE presses SET at = at - ?", [PRESS_LIVES_S + 1])
    connection.close()
    async with opened(port=0, chats=chats) as stage:
        assert stage.playground.world.presses == {}
