import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import call, engine, known
from bot.cli.database import work
from bot.settings import Settings
from bot.trained import MODEL
from services.scenarios.packs import read_pack, write_pack
from storage.address import Address
from storage.records import Template
from storage.store import Store
from storage.units import Unit
from storage.verdict_record import StoredVerdict

pytestmark = pytest.mark.usefixtures("starter")


def test_a_known_question_is_answered_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["ask", "где моя реферальная ссылка", "--name", "Анна"]) == 0
    fields = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()[:6])
    assert fields["scenario"] == "REFERRAL"
    assert fields["outcome"] == "answer"
    assert fields["answer"].startswith("Здравствуйте, Анна!")


@pytest.mark.parametrize("name", ["<b>", "R&D", "<b>Анна</b>", "O'Neil"])
def test_a_name_reads_as_it_was_given(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["ask", "где моя реферальная ссылка", "--name", name]) == 0
    said = capsys.readouterr().out
    assert f"Здравствуйте, {name}!" in said
    assert "&" not in said.replace("R&D", "")


def test_the_language_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["ask", "где моя реферальная ссылка", "--language", "en"]) == 0
    assert "link is in your account" in capsys.readouterr().out


def test_every_question_of_a_message_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["ask", "Где моя реферальная ссылка? Как сменить пароль?"]) == 0
    answers = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("answer ", "not given "))]
    assert len(answers) == 2
    assert sum("Здравствуйте" in line for line in answers) == 1


def test_what_goes_to_people_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["ask", "позовите оператора"]) == 0
    assert "outcome     handover (people_only)" in capsys.readouterr().out


def test_nonsense_is_not_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["ask", "щшгн 8 зщш"]) == 0
    assert "outcome     answer" not in capsys.readouterr().out


async def _corrected(store: Store) -> None:
    """Let operators have said sixty times that it was something else."""
    thought = StoredVerdict(
        scenario="REFERRAL",
        answer="HOW",
        confidence=0.98,
        answer_confidence=0.98,
        reasoning="",
        engine="local",
        version="1",
        latency_ms=1,
        cost_usd=0,
    )

    def act(unit: Unit) -> None:
        anna = unit.customers.add(Address("telegram", "1"), first_name="", last_name="", username=None, language="ru")
        for number in range(60):
            line = unit.messages.add(key=f"q:{number}", customer_id=anna.id, author="customer", text="?")
            unit.verdicts.add(line.id, thought)
            unit.labels.add("correct", message_id=line.id, scenario="PAYMENT", answer=None, language="ru", text="?")

    await store.write(act)


def test_it_is_as_sure_as_the_bot_of_the_database_has_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    text = "какие карты вы берёте"
    assert call(["ask", text]) == 0
    assert "outcome     answer" in capsys.readouterr().out
    assert call(["migrate"]) == 0
    work(Settings(), _corrected)
    assert call(["ask", text]) == 0
    assert "outcome     answer" not in capsys.readouterr().out


def test_a_server_that_is_away_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush-hush@127.0.0.1:9/support")
    assert call(["ask", "сколько стоит доставка"]) == 0
    out, err = capsys.readouterr()
    assert "outcome     answer" in out
    assert err.count("\n") == 1
    assert err.startswith("support-bot: by the files and settings alone: ")
    assert "hush" not in err


def test_a_server_that_says_nothing_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It took a minute for each of the two questions to it."""
    monkeypatch.setattr(known, "WITHIN_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # a connection is made, and nobody answers
        monkeypatch.setenv("DATABASE_URL", f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/support")
        began = time.monotonic()
        assert call(["ask", "сколько стоит доставка"]) == 0
    out, err = capsys.readouterr()
    assert "outcome     answer" in out
    assert err.count("\n") == 1
    assert "does not answer within 0.2 s" in err
    assert time.monotonic() - began < 45, "a driver gives up after a minute"


@pytest.mark.long
def test_the_trained_engine_is_kept_and_renewed_when_the_files_change(starter: Path) -> None:
    saved = starter / MODEL
    first = saved.stat().st_mtime_ns
    engine.local(Settings(), read_pack(starter / "scenarios"), saved)
    assert saved.stat().st_mtime_ns == first
    (starter / "scenarios" / "thanks.toml").unlink()
    changed = read_pack(starter / "scenarios")
    assert engine.local(Settings(), changed, saved).model.knows(changed)
    assert saved.stat().st_mtime_ns > first


def test_an_answer_that_waits_for_a_fact_says_which(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    thanks = starter / "scenarios" / "thanks.toml"
    pack = read_pack(starter / "scenarios")
    waits = (Template(language="ru", text="Мы здесь: {{ facts.address }}."),)
    scenarios = tuple(
        replace(one, templates=waits, answers=()) if one.key == "THANKS" else one for one in pack.scenarios
    )
    write_pack(replace(pack, scenarios=scenarios), starter / "scenarios")
    assert thanks.exists()
    assert call(["ask", "спасибо большое"]) == 0
    out = capsys.readouterr().out
    assert "not given   Мы здесь: ‹Где вас найти" in out
    assert "fill in     address (support-bot facts set KEY VALUE)" in out

    assert call(["scenarios", "import"]) == 0
    assert call(["facts", "set", "address", "Тверь, Речная, 1"]) == 0
    assert call(["ask", "спасибо большое"]) == 0
    assert capsys.readouterr().out.endswith("Мы здесь: Тверь, Речная, 1.\n")
