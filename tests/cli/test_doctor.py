"""One line each: what fits, what is worth knowing, what has to be mended and how."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import call
from bot.cli.doctor import business
from playground import defaults
from playground.server import Playground
from services.delivery.operator_group import CONNECTED
from services.scenarios.fact_values import fill_with_examples, put, remove
from services.scenarios.knowledge import replace as learn
from services.scenarios.packs import read_pack
from storage.business import BusinessConnection
from storage.direct import DirectChat
from storage.facts import EVERY
from storage.records import Template
from storage.store import Store
from storage.units import Unit
from tests.llm.fake_openai import KEY, Act, FakeOpenAI, fails, raw, says

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
Doctor = Callable[[], Awaitable[tuple[int, list[str]]]]


@pytest.fixture
def doctor(starter: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    async def examine() -> tuple[int, list[str]]:
        code = await asyncio.to_thread(call, ["doctor", "--quick"])
        return code, capsys.readouterr().out.splitlines()

    return examine


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Playground]:
    playground = Playground()
    playground.add_operator("Olga")
    async with playground.serve() as url:
        monkeypatch.setenv("BOT_TOKEN", defaults.TOKEN)
        monkeypatch.setenv("SUPPORT_TELEGRAM__API_URL", url)
        monkeypatch.setenv("SUPPORT_HTTP__PUBLIC_URL", "https://desk.example")
        yield playground


@pytest.fixture
def hooked(telegram: Playground, monkeypatch: pytest.MonkeyPatch) -> Playground:
    monkeypatch.setenv("SUPPORT_TELEGRAM__MODE", "webhook")
    monkeypatch.setenv("SUPPORT_TELEGRAM__WEBHOOK_URL", "https://bot.example")
    return telegram


def said(lines: list[str], subject: str) -> list[str]:
    return [line for line in lines if line.split()[1] == subject]


@pytest.mark.parametrize(
    ("url", "level", "words"),
    [
        ("", "warn", "set http.public_url to the address that leads to http://127.0.0.1:8080"),
        ("http://desk.example", "warn", "is not https"),
        ("https://desk.example/support", "ok", "https://desk.example/support/dashboard"),
    ],
)
async def test_it_says_where_the_dashboard_is_reached(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch, *, url: str, level: str, words: str
) -> None:
    monkeypatch.setenv("SUPPORT_HTTP__PUBLIC_URL", url)
    _, lines = await doctor()
    [line] = said(lines, "dashboard")
    assert line.startswith(level)
    assert words in line
    app = said(lines, "mini-app")
    assert [f"send it {url}/dashboard" in one for one in app] == [True] * url.startswith("https"), "what to tell"


@pytest.mark.parametrize(
    ("sites", "level", "words"),
    [
        ("[]", "warn", "http.cors_origins"),
        ('["https://www.shop.example"]', "ok", "<script src=https://desk.example/widget.js async></script>"),
    ],
)
async def test_it_says_which_sites_may_use_the_chat_for_pages(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch, *, sites: str, level: str, words: str
) -> None:
    _, lines = await doctor()
    assert said(lines, "widget") == [], "nobody wants it"
    monkeypatch.setenv("SUPPORT_WIDGET__ENABLED", "true")
    monkeypatch.setenv("SUPPORT_HTTP__CORS_ORIGINS", sites)
    _, lines = await doctor()
    [line] = said(lines, "widget")
    assert line.startswith(level)
    assert words in line


async def test_a_fresh_folder_is_fine(doctor: Doctor) -> None:
    code, lines = await doctor()
    assert code == 0
    assert {line.split()[0] for line in lines} == {"ok", "warn"}
    assert "playground" in said(lines, "telegram")[0]
    assert "12 scenarios" in said(lines, "scenarios")[0]


async def test_a_bot_in_its_group_is_fine(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = telegram.add_group(forum=True)
    monkeypatch.setenv("SUPPORT_OPERATORS__CHAT_ID", str(group.id))
    monkeypatch.setenv("SUPPORT_TELEGRAM__ADMIN_IDS", "501")
    code, lines = await doctor()
    wanting = [line for line in lines if not line.startswith("ok")]
    assert code == 0
    assert [line.split()[1] for line in wanting] == ["mini-app"], "which is nobody's need"
    assert defaults.BOT_USERNAME in said(lines, "telegram")[0]
    assert "forum" in said(lines, "operators")[0]


async def kept(write: Callable[[Unit], object]) -> None:
    """Let the database hold what was done in Telegram."""
    async with Store("sqlite+aiosqlite:///data/support.db") as store:
        await store.ensure_schema(may_create=True)
        await store.write(write)


async def test_a_group_and_an_admin_that_were_connected_in_telegram_are_known(
    doctor: Doctor, telegram: Playground
) -> None:
    _, lines = await doctor()
    [nobody], [nowhere] = said(lines, "admins"), said(lines, "operators")
    assert nobody.startswith("warn")
    assert "support-bot admins code" in nobody
    assert nowhere.startswith("warn")
    assert "press the button" in nowhere
    assert "chat_id" not in nowhere
    group = telegram.add_group("Team", basic=True)

    def connect(unit: Unit) -> None:
        unit.key_values.write(CONNECTED, str(group.id))
        unit.admins.add(501, name="Olga", made_by="shell")

    await kept(connect)
    code, lines = await doctor()
    assert (code, said(lines, "admins"), said(lines, "operators")) == (
        0,
        ["ok    admins      1: Olga"],
        ["ok    operators   'Team', a plain group"],
    )
    group.kick_bot()
    code, lines = await doctor()
    [away] = said(lines, "operators")
    assert (code, away[:4]) == (1, "fail")
    assert "add it there again" in away
    assert "operators.chat_id" not in away


async def test_a_connected_group_that_has_moved_needs_nothing(doctor: Doctor, telegram: Playground) -> None:
    group = telegram.add_group(basic=True)
    before = group.id
    await kept(lambda unit: unit.key_values.write(CONNECTED, str(before)))
    group.upgrade()
    code, lines = await doctor()
    [line] = said(lines, "operators")
    assert (code, line[:4]) == (0, "warn")
    assert f"has become a supergroup, {group.id}; the bot follows by itself" in line


async def test_a_group_where_nobody_but_administrators_may_write_is_told(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = telegram.add_group()
    monkeypatch.setenv("SUPPORT_OPERATORS__CHAT_ID", str(group.id))
    telegram.world.set_bot_status(group.chat, group.owner, "member")
    group.allow_everybody("can_send_messages", on=False)
    code, lines = await doctor()
    [line] = said(lines, "operators")
    assert (code, line[:4]) == (1, "fail")
    assert "may not write" in line


async def test_rights_that_are_missing_are_named(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, lines = await doctor()
    assert (code, said(lines, "operators")[0][:4]) == (0, "warn")
    group = telegram.add_group(forum=True)
    monkeypatch.setenv("SUPPORT_OPERATORS__CHAT_ID", str(group.id))
    group.set_right("can_manage_topics", on=False)
    code, lines = await doctor()
    assert code == 1
    assert "manage topics" in said(lines, "operators")[-1]
    group.kick_bot()
    code, lines = await doctor()
    assert code == 1
    assert said(lines, "operators")[0].startswith("fail")


async def test_a_group_that_has_moved_is_told_with_its_new_id(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = telegram.add_group(basic=True)
    monkeypatch.setenv("SUPPORT_OPERATORS__CHAT_ID", str(group.id))
    group.upgrade()
    code, lines = await doctor()
    assert code == 0
    assert str(group.id) in said(lines, "operators")[0]


async def test_a_wrong_token_is_told_without_showing_it(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456789:AAE-the_token_of-a-test-bot0123")
    code, lines = await doctor()
    assert code == 1
    assert "@BotFather" in said(lines, "telegram")[0]
    assert "AAE-the" not in "\n".join(lines)


async def test_a_server_that_is_away_is_told(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456789:AAE-the_token_of-a-test-bot0123")
    monkeypatch.setenv("SUPPORT_TELEGRAM__API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hush-hush")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush-hush@127.0.0.1:9/support")
    code, lines = await doctor()
    assert code == 1
    assert said(lines, "telegram")[0].startswith("fail")
    assert said(lines, "database")[0].startswith("fail")
    assert said(lines, "openai")[0].startswith("warn")
    assert "hush" not in "\n".join(lines)


@pytest.fixture
async def model(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeOpenAI]:
    server = FakeOpenAI()
    await server.start()
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    yield server
    await server.stop()


async def test_the_model_is_asked_a_real_question(doctor: Doctor, model: FakeOpenAI) -> None:
    code, lines = await doctor()
    [line] = said(lines, "openai")
    assert (code, len(model.asked)) == (0, 1)
    assert line.startswith("ok")
    for fact in ("gpt-4o-mini", "REFUND", " ms ", "1000 tokens in, 50 out", "json_schema"):
        assert fact in line
    assert KEY not in line


@pytest.mark.parametrize(
    ("act", "word"),
    [
        (fails(401), "refuses the key"),
        (fails(402), "out of money"),
        (fails(403, message="Country, region, or territory not supported"), "does not serve this country"),
        (fails(404, "model_not_found"), "openai.model"),
        (fails(404), "openai.base_url"),
        (fails(429), "less often"),
        (fails(500), "answers with an error"),
        (fails(529), "overloaded"),
        (raw("<html>welcome</html>", "text/html"), "/v1"),
        (says("I would say: money."), "form"),
        (says("", finish_reason="length"), "thoughts"),
        (says(None, refusal="no"), "declined"),
    ],
)
async def test_a_model_that_cannot_work_is_told_with_its_reason(
    doctor: Doctor, model: FakeOpenAI, act: Act, word: str
) -> None:
    model.usual = act
    code, lines = await doctor()
    [line] = said(lines, "openai")
    assert (code, line.split()[0]) == (1, "fail")
    assert word in line


async def test_a_webhook_that_does_not_fit_is_told(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORT_TELEGRAM__MODE", "webhook")
    monkeypatch.setenv("SUPPORT_TELEGRAM__WEBHOOK_URL", "https://bot.example")
    _, lines = await doctor()
    assert "delivers to nobody" in said(lines, "webhook")[0]


@pytest.mark.parametrize(
    ("complaint", "pending", "told"),
    [
        ("Wrong response from the webhook: 404 Not Found", 3, ("fail", "pass telegram/webhook on")),
        ("Wrong response from the webhook: 404 Not Found", 0, ("warn", "pass telegram/webhook on")),
        ("Wrong response from the webhook: 502 Bad Gateway", 3, ("warn", "see that the bot runs")),
        ("SSL error {certificate has expired}", 3, ("fail", "renew it")),
        ("Connection refused", 1, ("warn", "open the port")),
    ],
)
async def test_what_telegram_complains_of_is_named_with_its_fix(
    doctor: Doctor, hooked: Playground, complaint: str, pending: int, told: tuple[str, str]
) -> None:
    info = {
        "url": "https://bot.example/telegram/webhook",
        "pending_update_count": pending,
        "last_error_date": int(time.time()) - 60,
        "last_error_message": complaint,
    }
    hooked.webhook.info = lambda: info  # type: ignore[method-assign]  # the playground delivers to this machine only
    code, lines = await doctor()
    [line] = said(lines, "webhook")
    level, fix = told
    assert (line.split()[0], code) == (level, int(level == "fail"))
    assert complaint in line
    assert fix in line


async def test_a_group_that_strangers_can_enter_is_told(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = telegram.add_group()
    monkeypatch.setenv("SUPPORT_OPERATORS__CHAT_ID", str(group.id))
    group.make_public("our_team")
    group.link_channel(-1001)
    code, lines = await doctor()
    public, linked, fine = said(lines, "operators")
    assert (code, public[:4], linked[:4], fine[:2]) == (0, "warn", "warn", "ok")
    assert "@our_team" in public
    assert "make it private" in public
    assert "discussion" in linked


async def test_admins_by_their_group_are_named(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = telegram.add_group()
    monkeypatch.setenv("SUPPORT_OPERATORS__CHAT_ID", str(group.id))
    monkeypatch.setenv("SUPPORT_TELEGRAM__GROUP_ADMINS", "true")
    _, lines = await doctor()
    assert f"admins of the bot by group {group.id}: Olga" in "\n".join(said(lines, "operators"))


async def test_every_group_that_a_route_names_is_looked_at(
    doctor: Doctor, telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, sales = telegram.add_group("First"), telegram.add_group("Sales")
    monkeypatch.setenv("SUPPORT_OPERATORS__CHAT_ID", str(first.id))
    routes = [
        {"scenario": "REFUND", "chat_id": sales.id, "topic_id": 5},
        {"scenario": "REFUNDS", "chat_id": sales.id},
        {"language": "en", "chat_id": -1009},
    ]
    monkeypatch.setenv("SUPPORT_OPERATORS__ROUTES", json.dumps(routes))
    sales.make_public("sales_team")
    code, lines = await doctor()
    told = [(line[:4].strip(), line.partition("operators ")[2]) for line in said(lines, "operators")]
    assert (code, [level for level, _ in told]) == (1, ["ok", "warn", "ok", "fail", "fail"])
    assert "'First'" in told[0][1]
    assert "@sales_team" in told[1][1]
    assert "topic of 'Sales', which has none" in told[3][1]
    assert "cannot see group -1009" in told[4][1]
    assert "chat_id in operators.routes" in told[4][1]
    [line] = said(lines, "routes")
    assert line.startswith("fail")
    assert "REFUNDS" in line


async def test_databases_of_both_kinds_are_looked_at(
    doctor: Doctor, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    code, lines = await doctor()
    assert code == 0
    assert any("no scenarios yet" in line for line in said(lines, "database"))


async def test_answers_that_wait_for_facts_are_counted(
    doctor: Doctor, starter: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    pack = read_pack(starter / "scenarios")
    waits = (Template(language="en", text="We are here: {{ facts.address }}."),)
    scenarios = tuple(
        replace(one, templates=waits, answers=()) if one.key == "THANKS" else one for one in pack.scenarios
    )
    async with Store(database_url) as store:
        await learn(store, replace(pack, scenarios=scenarios), author="test")
        await store.write(lambda unit: fill_with_examples(unit, pack.facts, author="test"))
        await store.write(lambda unit: remove(unit, "address"))
    code, lines = await doctor()
    [told] = said(lines, "facts")
    assert code == 0
    assert told.startswith("warn")
    assert "1 answer waits for facts: THANKS" in told
    assert "support-bot facts list" in told
    async with Store(database_url) as store:
        await store.write(lambda unit: put(unit, "address", EVERY, "Tver", author="test"))
    assert "no answer waits" in said((await doctor())[1], "facts")[0]


async def test_a_file_that_is_no_database_is_told(
    doctor: Doctor, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (starter / "x.db").write_text("no database at all, just words" * 50)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x.db")
    code, lines = await doctor()
    assert code == 1
    assert said(lines, "database")[0].startswith("fail")


def test_wrong_settings_are_all_listed(
    starter: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPPORT_HTTP__PORT", "x")
    monkeypatch.setenv("BOT_TOKEN", "nonsense")
    assert call(["doctor"]) == 2
    out, err = capsys.readouterr()
    assert [line.split()[:2] for line in out.splitlines()] == [["fail", "settings"]] * 2
    assert err.count("\n") == 1


def test_accounts_and_channels_are_told_with_what_is_missing() -> None:
    account = BusinessConnection(id="c", owner_id=7, owner_name="Vera", enabled=True, since=NOW)
    chat = DirectChat(chat_id=-1, channel_id=-2, title="News", served=True, may_manage=False, changed_at=NOW)
    accounts = [account, replace(account, rights=frozenset({"can_reply"})), replace(account, enabled=False)]
    found = [*business._accounts(accounts, [7]), *business._channels([chat, replace(chat, may_manage=True)])]
    assert [one.level for one in found] == ["warn", "ok", "ok", "warn", "ok"]
    assert "Chatbots" in found[0].fix
    assert "administrator" in found[3].fix
    assert [one.level for one in business._channels([replace(chat, served=False)])] == ["warn"]


def test_a_strangers_account_is_not_said_to_be_answered_for() -> None:
    account = BusinessConnection(
        id="c", owner_id=7, owner_name="Vera", enabled=True, since=NOW, rights=frozenset({"can_reply"})
    )
    [found] = business._accounts([account, replace(account, enabled=False)], [8])
    assert (found.level, "business.owners" in found.fix) == ("warn", True)
    assert [one.level for one in business._accounts([account], None)] == ["ok"]


def test_business_mode_is_asked_for_where_it_is_wanted() -> None:
    assert [one.level for one in business.mode({"can_connect_to_business": False}, wanted=True)] == ["warn"]
    assert list(business.mode({"can_connect_to_business": True}, wanted=True)) == []
    assert list(business.mode({}, wanted=False)) == []
