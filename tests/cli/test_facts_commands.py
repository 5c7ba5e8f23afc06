"""`support-bot facts`: filled in, refused, written out and read again; running bots and answers learn it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.cli import call
from services.scenarios.fact_values import load_facts
from services.scenarios.knowledge import replace
from services.scenarios.packs import read_pack
from storage.facts import EVERY, FactVersion
from storage.store import Store

PAYMENT = """\
key = "PAYMENT"
title = { ru = "Оплата", en = "Payment" }
description = "paying"
priority = "low"
action = "answer"

[examples]
ru = ["не проходит оплата"]
en = ["card declined"]

[[templates]]
language = "ru"
text = "Платить можно так: {{ facts.payment.methods }}."

[[templates]]
language = "en"
text = "You can pay like this: {{ facts.payment.methods }}."
"""
FACTS = """\
[[facts]]
key = "hours"
type = "text"
question = { ru = "Когда вы работаете?", en = "When are you open?" }
example = { ru = "с 10 до 21", en = "10 to 21" }

[[facts]]
key = "payment.methods"
type = "text"
question = { ru = "Чем можно оплатить?", en = "How can one pay?" }
example = { ru = "картой", en = "by card" }

[[facts]]
key = "phone"
type = "phone"
question = { ru = "По какому телефону звонить?", en = "Which number to call?" }
example = { ru = "+7 495 000-00-12", en = "+1 555 0112" }
"""
Run = Callable[..., Awaitable[tuple[int, str, str]]]


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a folder of its own, on each database; return its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SUPPORT_APP__LANGUAGE", "en")

    async def command(*args: str) -> tuple[int, str, str]:
        code = await asyncio.to_thread(call, ["facts", *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
async def asking(database_url: str, tmp_path: Path) -> str:
    """Return the address of a database that asks for three facts and knows none."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "payment.toml").write_text(PAYMENT, encoding="utf-8")
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    async with Store(database_url) as opened:
        await replace(opened, read_pack(folder), author="import scenarios")
    return database_url


async def stored(database_url: str) -> dict[str, dict[str, str]]:
    async with Store(database_url) as store:
        return {key: dict(values) for key, values in (await load_facts(store)).stored.items()}


async def test_what_is_missing_is_listed_with_the_answers_that_wait(run: Run, asking: str) -> None:
    code, out, _ = await run("list")
    assert code == 0
    assert (
        "· payment.methods  (text)  How can one pay?\n    not filled in: ru, en\n    answers that wait: PAYMENT" in out
    )
    assert out.splitlines()[-1] == "0 of 3 facts filled in; 1 answer waits for the others"


async def test_a_value_is_set_changed_in_a_language_and_taken_away(run: Run, asking: str) -> None:
    assert (await run("set", "payment.methods", " cards. "))[0] == 0
    code, out, _ = await run("set", "payment.methods", "картой", "--language", "ru")
    assert (code, out) == (0, "payment.methods: set in ru; running bots learn it within seconds\n")
    _, out, _ = await run("list")
    assert "✓ payment.methods" in out
    assert "    all  cards.\n    ru   картой\n" in out
    assert "wait" not in out
    assert "payment.methods" not in (await run("list", "--missing"))[1]

    assert (await run("set", "payment.methods", "--remove", "--language", "ru"))[1] == (
        "payment.methods: 1 value removed\n"
    )
    assert await stored(asking) == {"payment.methods": {EVERY: "cards."}}


async def test_every_value_is_kept_with_its_author(run: Run, asking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "kate")
    for value in ("cards", "cards", "cash"):
        await run("set", "payment.methods", value)
    await run("set", "payment.methods", "--remove")
    assert (await run("set", "payment.methods", "--remove"))[1] == "payment.methods: there was no value\n"

    async with Store(asking) as store:
        versions: list[FactVersion] = await store.read(lambda unit: unit.facts.of("payment.methods"))
    assert [(one.value, one.author) for one in versions] == [("cards", "kate (shell)"), ("cash", "kate (shell)")]
    assert versions[0].retired_at == versions[1].created_at
    assert versions[1].retired_at is not None


REFUSALS = [
    (("set", "paymnt.methods", "x"), "there is no fact paymnt.methods; did you mean payment.methods?"),
    (("set", "zzz", "x"), "there is no fact zzz; `support-bot facts list` shows all"),
    (("set", "phone", "call us"), "phone: 'call us' will not do; it is no phone number; write it in digits"),
    (("set", "hours", " "), "it is empty"),
    (("set", "hours", "x" * 501), "longer than 500 characters; shorten it"),
    (("set", "hours"), "VALUE is missing; write it behind the key, or --remove"),
    (("set", "hours", "x", "--remove"), "either VALUE or --remove"),
    (("set", "hours", "x", "--language", "russian"), "'russian' is no language; use a two-letter code"),
    (("import", "gone.toml"), "gone.toml: cannot be read"),
    (("export", "gone/facts.toml"), "gone/facts.toml: cannot be written"),
]


@pytest.mark.parametrize(("args", "told"), REFUSALS, ids=lambda value: value if isinstance(value, str) else None)
async def test_a_slip_is_one_line_with_the_fix(run: Run, asking: str, args: tuple[str, ...], told: str) -> None:
    code, _, err = await run(*args)
    assert (code, err.count("\n")) == (2, 1)
    assert told in err
    assert await stored(asking) == {}


async def test_values_go_to_a_file_and_come_back(run: Run, asking: str, tmp_path: Path) -> None:
    await run("set", "hours", "с 10 до 21\nбез выходных", "--language", "ru")
    await run("set", "hours", "10 to 21", "--language", "en")
    await run("set", "phone", "112")
    before = await stored(asking)
    code, out, _ = await run("export", "values.toml")
    assert (code, out) == (0, "values.toml: 2 of 3 facts have values\n")
    text = (tmp_path / "values.toml").read_text(encoding="utf-8")
    assert '# How can one pay?\n# payment.methods = { ru = "картой", en = "by card" }\n' in text
    assert await run("import", "values.toml") == (0, "values.toml: 2 facts, nothing to change\n", "")

    await run("set", "hours", "--remove")
    await run("set", "payment.methods", "cards")
    assert (await run("import", "values.toml"))[1].startswith("values.toml: 2 facts, 2 values changed; ")
    assert await stored(asking) == before | {"payment.methods": {EVERY: "cards"}}


async def test_a_file_says_all_of_what_it_names(run: Run, asking: str, tmp_path: Path) -> None:
    await run("set", "hours", "с 10 до 21", "--language", "ru")
    (tmp_path / "values.toml").write_text('hours = "10–21"\n[payment]\nmethods = "cards"\n', encoding="utf-8")
    assert (await run("import", "values.toml"))[0] == 0
    assert await stored(asking) == {"hours": {EVERY: "10–21"}, "payment.methods": {EVERY: "cards"}}


async def test_a_file_with_a_mistake_changes_nothing(run: Run, asking: str, tmp_path: Path) -> None:
    (tmp_path / "values.toml").write_text('hours = "10–21"\nphone = "call us"\nhour = "x"\n', encoding="utf-8")
    code, out, _ = await run("import", "values.toml")
    assert code == 1
    first, second = out.splitlines()
    assert first.startswith("values.toml:2: error: phone: 'call us' will not do; ")
    assert second == "values.toml:3: error: there is no fact hour; did you mean hours?"
    assert await stored(asking) == {}


async def test_the_hours_of_the_settings_fill_in_the_fact(
    run: Run, asking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORT_SERVICE__WORKING_HOURS", "9–18")
    assert "✓ hours  (text)  When are you open?\n    all  9–18  (service.working_hours)\n" in (await run("list"))[1]


async def test_a_database_that_asks_for_nothing_says_so(run: Run, database_url: str) -> None:
    async with Store(database_url) as store:
        await store.ensure_schema(may_create=True)
    for args in (("list",), ("export", "values.toml")):
        code, out, _ = await run(*args)
        assert (code, "asks for no facts yet" in out) == (1, True)
    assert (await run("set", "hours", "x"))[0] == 2
