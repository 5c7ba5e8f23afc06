"""The playground as a product: it outlives its bot, is the same after a restart, and ends when it is told to."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from bot.cli.keeper import MOST_PAUSE_S, pause_s, reason
from services.scenarios.packs import read_pack, write_pack
from storage.records import Template
from tests.browser.product import COMMAND, Product, environment, free_ports, running
from tests.packs import SHOP
from tests.walk.conftest import home

__all__ = ["home"]
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
WITHIN_S = 120.0
ADMIN_ID, ANNA, JOHN = 501, 1001, 1002


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


class Page:
    """What a person does on the page of a product, without a browser."""

    def __init__(self, product: Product, http: ClientSession) -> None:
        self._url = product.url
        self._http = http

    async def state(self) -> dict[str, Any]:
        async with self._http.get(f"{self._url}/playground/state") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def do(self, path: str, **body: Any) -> dict[str, Any]:
        async with self._http.post(f"{self._url}/playground/{path}", json=body) as answer:
            found: dict[str, Any] = await answer.json()
            assert answer.status == 200, found
            return found

    async def write(self, who: int, text: str) -> int:
        sent = await self.do(f"chats/{who}/messages", **{"as": who, "text": text})
        number: int = sent["message_ids"][0]
        return number

    async def texts(self, chat: int, *, past: int = 0, bot: bool = True) -> list[str]:
        messages = (await self.state())["messages"]
        here = [m for m in messages if m["chat_id"] == chat and m["message_id"] > past and m["from"]["is_bot"] is bot]
        return [message.get("text", "") for message in here]

    async def answer(self, who: int, past: int) -> str:
        """Wait for what the bot says to a customer after a message."""
        end = time.monotonic() + WITHIN_S
        while not (found := await self.texts(who, past=past)):
            assert time.monotonic() < end, await self.state()
            await asyncio.sleep(0.1)
        return found[0]

    async def bot_is(self, **wanted: Any) -> None:
        end = time.monotonic() + WITHIN_S
        while True:
            bot = (await self.state())["bot"]
            if all({**bot, **(bot["process"] or {})}[name] == value for name, value in wanted.items()):
                return
            assert time.monotonic() < end, bot
            await asyncio.sleep(0.1)


async def test_a_killed_bot_comes_back_and_answers_what_waited(home: Path, http: ClientSession) -> None:
    """Killed, told to stop, and killed from the page."""
    async with running(home) as product:
        page = Page(product, http)
        first = await page.write(ANNA, "Как пригласить друга?")
        assert "Анна" in await page.answer(ANNA, first)
        for number, sign in enumerate((signal.SIGKILL, signal.SIGTERM, None), 1):
            bot = product.bot()
            assert bot
            anna = (await page.do("customers", first_name="Вера", language_code="ru"))["id"]
            asked = [await page.write(who, text) for who, text in ((anna, "где мой заказ?"), (JOHN, "prices?"))]
            if sign is None:
                await page.do("bot/kill")
            else:
                os.kill(bot, sign)
            await page.bot_is(ended=number)
            later = await page.write(JOHN, "how do I invite a friend?")
            assert await page.answer(anna, asked[0])
            assert await page.answer(JOHN, later)
            await page.bot_is(connected=True)
        assert product.log.read_text(errors="replace").count("The bot was stopped (SIGKILL)") == 2


async def test_a_restart_keeps_the_chats_and_answers_what_comes(home: Path, http: ClientSession) -> None:
    """With both files, with either alone, and with none: whatever is new is answered."""
    ports = free_ports()
    async with running(home, ports=ports) as product:
        page = Page(product, http)
        await page.answer(ANNA, await page.write(ANNA, "Как пригласить друга?"))
        left = await page.write(JOHN, "how do I invite a friend?")
        product.process.kill()
        await product.process.wait()
    async with running(home, ports=ports) as product:
        page = Page(product, http)
        assert "Как пригласить друга?" in await page.texts(ANNA, bot=False)
        assert await page.answer(JOHN, left)
        await page.answer(ANNA, await page.write(ANNA, "где мой заказ?"))
        before = (await page.state())["messages"]
    for gone in (["playground.db"], ["playground-chats.db"], ["playground.db", "playground-chats.db"]):
        for file in (home / "data").iterdir():
            if any(file.name.startswith(name) for name in gone):
                file.unlink()
        async with running(home, ports=ports) as product:
            page = Page(product, http)
            kept = {(m["chat_id"], m["message_id"]) for m in (await page.state())["messages"]}
            assert (len(kept) >= len(before)) is ("playground-chats.db" not in gone)
            for who, text in ((ANNA, "Сколько стоит подписка?"), (JOHN, "Where is my parcel?")):
                assert await page.answer(who, await page.write(who, text))


async def test_commands_beside_it_find_its_facts_and_an_import_is_learned(home: Path, http: ClientSession) -> None:
    """Commands without a token find the playground's database, and the running bot answers by what they brought."""
    pack = read_pack(SHOP)
    fresh = (Template(language="en", text="Fresh words of ours."),)
    changed = tuple(replace(one, templates=fresh) if one.key == "REFERRAL" else one for one in pack.scenarios)
    write_pack(replace(pack, scenarios=changed), home / "mine")
    async with running(home) as product:
        page = Page(product, http)
        await page.bot_is(connected=True)
        told = await _commanded(home, "facts", "list", "--missing")
        assert told == (0, "48 of 48 facts filled in\n")
        code, out = await _commanded(home, "scenarios", "import", "mine")
        assert (code, "learn it within seconds" in out) == (0, True)
        end = time.monotonic() + WITHIN_S
        while True:  # each asks once: who asks again is given to people
            sam = (await page.do("customers", first_name="Sam", language_code="en"))["id"]
            asked = await page.write(sam, "how do I invite a friend and get the referral bonus?")
            if "Fresh words of ours" in await page.answer(sam, asked):
                break
            assert time.monotonic() < end


async def test_everything_begins_anew_with_nothing_and_with_the_example(home: Path, http: ClientSession) -> None:
    """With nothing the admin's set-up opens, the bot answers nothing, and that holds after a restart."""
    question, answer = "Как пригласить друга?", "пригла"
    async with running(home) as product:
        page = Page(product, http)
        first = await page.write(ANNA, question)
        assert answer in (await page.answer(ANNA, first)).lower()
        await page.do("anew", **{"with": "nothing"})
        await _says(page, ADMIN_ID, "1 из 7")
        state = await page.state()
        assert state["beginning"] == "nothing"
        assert [m.get("text") for m in state["messages"] if not m["from"]["is_bot"]] == ["/setup"]
        asked = await page.write(ANNA, question)
        assert asked > first
        assert answer not in (await page.answer(ANNA, asked)).lower()
        assert await _cards(page, state["groups"][0], "Анна")
        assert len(list((home / "data").glob("playground-before-*.db"))) == 1
    async with running(home) as product:
        page = Page(product, http)
        asked = await page.write(JOHN, "prices?")
        assert "plan" not in (await page.answer(JOHN, asked)).lower()
        await page.do("anew", **{"with": "example"})
        await _begun(page, "example")
        assert answer in (await page.answer(ANNA, await page.write(ANNA, question))).lower()


async def test_customers_of_an_account_and_a_channel_are_answered_on_the_page(home: Path, http: ClientSession) -> None:
    async with running(home) as product:
        page = Page(product, http)
        account = f"{ADMIN_ID}-{ANNA}"
        await page.do(f"chats/{account}/messages", **{"as": ANNA, "text": "Как пригласить друга?"})
        end = time.monotonic() + WITHIN_S
        while True:
            [*_, last] = [one for one in (await page.state())["messages"] if one["chat_id"] == account]
            if "sender_business_bot" in last:
                break
            assert time.monotonic() < end, await page.state()
            await asyncio.sleep(0.1)
        assert (last["from"]["id"], "пригла" in last["text"].lower()) == (ADMIN_ID, True)
        [question, *_] = [one for one in (await page.state())["messages"] if one["chat_id"] == account]
        channel = (await page.state())["channels"][0]["id"]
        written = await page.do(f"chats/{channel}/messages", **{"as": JOHN, "thread": JOHN, "text": "prices?"})
        assert await page.answer(channel, written["message_ids"][0])
        while not (question["insight"] or {}).get("scenario"):
            assert time.monotonic() < end, question
            await asyncio.sleep(0.1)
            [question, *_] = [one for one in (await page.state())["messages"] if one["chat_id"] == account]
        assert question["insight"]["scenario"] == "REFERRAL"


async def test_the_bot_goes_with_its_playground(home: Path, http: ClientSession) -> None:
    async with running(home) as product:
        await Page(product, http).bot_is(running=True)
        bot = product.bot()
        assert bot
        product.process.kill()
        await product.process.wait()
        end = time.monotonic() + WITHIN_S
        while _alive(bot):
            assert time.monotonic() < end
            await asyncio.sleep(0.05)


async def test_a_bot_that_cannot_run_ends_the_playground_with_its_own_line(home: Path) -> None:
    (home / "data" / "playground.db").write_text("no database at all, just words" * 50)
    async with running(home) as product:
        assert await asyncio.wait_for(product.process.wait(), WITHIN_S) == 2
    lines = product.log.read_text(errors="replace").splitlines()
    assert [line for line in lines if line.startswith("support-bot: ")]
    assert "The bot was stopped" not in "".join(lines)


async def test_the_team_speaks_the_language_of_the_page(home: Path, http: ClientSession) -> None:
    async with running(home, SUPPORT_OPERATORS__DESK_MESSAGE="false") as product:
        page = Page(product, http)
        group = (await page.state())["groups"][0]
        assert (await page.do("language", language="en", guess=True))["language"] == "en"
        assert (await page.do("language", language="ru", guess=True))["language"] == "en"
        asked = await page.write(JOHN, "I want to talk to a person")
        await page.answer(JOHN, asked)
        [card] = await _cards(page, group, "John")
        await _presses(page, group, ["Take", "Close"])
        assert not _russian(card)
        [chat] = [chat for chat in (await page.state())["chats"] if chat["id"] == group]
        assert chat["title"] == "Support team"
        asked = await page.write(JOHN, "where is my parcel and when is it delivered?")
        await page.do("language", language="ru")
        await page.write(ANNA, "Позовите человека")
        [card] = await _cards(page, group, "Анна")
        await _presses(page, group, ["Взять", "Закрыть"], card=card)
        [chat] = [chat for chat in (await page.state())["chats"] if chat["id"] == group]
        assert chat["title"] == "Служба поддержки"
    async with running(home) as product:
        assert (await Page(product, http).state())["language"] == "ru"


async def test_ctrl_c_ends_all_while_the_bot_is_left_alone(home: Path, http: ClientSession) -> None:
    """A bot that ends at once again and again is left alone for longer and longer; nobody waits for that."""
    async with running(home) as product:
        page = Page(product, http)
        for number in range(1, 5):
            await page.bot_is(running=True, ended=number - 1)
            await page.do("bot/kill")
        await page.bot_is(running=False, pause_s=4.0)
        product.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(product.process.wait(), WITHIN_S) == 0
    with pytest.raises(ClientError):
        await page.state()


async def _commanded(home: Path, *words: str) -> tuple[int | None, str]:
    """Run a command beside the playground; it says whose database it has found."""
    command = await asyncio.create_subprocess_exec(
        COMMAND,
        *words,
        cwd=home,
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await command.communicate()
    assert b"data/playground.db, the playground's" in err
    return command.returncode, out.decode()


async def _cards(page: Page, group: int, name: str) -> list[str]:
    end = time.monotonic() + WITHIN_S
    while not (found := [text for text in await page.texts(group) if name in text]):
        assert time.monotonic() < end, await page.state()
        await asyncio.sleep(0.1)
    return found


async def _says(page: Page, chat: int, words: str) -> None:
    end = time.monotonic() + WITHIN_S
    while not any(words in text for text in await page.texts(chat)):
        assert time.monotonic() < end, await page.state()
        await asyncio.sleep(0.1)


async def _begun(page: Page, beginning: str) -> None:
    end = time.monotonic() + WITHIN_S
    while (await page.state())["beginning"] != beginning:
        assert time.monotonic() < end
        await asyncio.sleep(0.1)


async def _presses(page: Page, group: int, words: list[str], card: str = "") -> None:
    messages = (await page.state())["messages"]
    [keyboard] = [
        message["reply_markup"]["inline_keyboard"]
        for message in messages
        if message["chat_id"] == group and "reply_markup" in message and card in message["text"]
    ]
    shown = " ".join(key["text"] for row in keyboard for key in row)
    assert all(word in shown for word in words), shown


def _russian(text: str) -> bool:
    return any("а" <= char <= "я" for char in text.lower())


def _alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_pauses_grow_and_end() -> None:
    assert [pause_s(times) for times in range(8)] == [0, 0, 1, 2, 4, 8, 16, MOST_PAUSE_S]
    assert pause_s(10_000) == MOST_PAUSE_S
    assert (reason(-9), reason(1)) == ("SIGKILL", "exit code 1")
