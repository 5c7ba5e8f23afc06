"""Logs keep secrets, whichever way they try to get in."""

import io
import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot import logs
from bot.running import _kept
from storage.store import Store

TOKEN = "123456789:AAE-the_token_of-a-test-bot0123"
API_KEY = 'sk-"quoted"-ключ/1'
Emit = Callable[[], None]


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    logging.captureWarnings(capture=False)  # a second capture in one process changes nothing
    root = logging.getLogger()
    before = root.handlers[:], root.level, {name: logging.getLogger(name).level for name in logs.CHATTY}
    yield
    root.handlers[:], root.level = before[0], before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(
    emit: Emit, *, fmt: logs.Format = "json", level: logs.Level = "info", out: io.StringIO | None = None
) -> str:
    stream = out or io.StringIO()
    logs.configure(level=level, fmt=fmt, secrets=[TOKEN, API_KEY], stream=stream)
    emit()
    return stream.getvalue()


def in_the_event() -> None:
    structlog.get_logger("a").info(f"calling https://api.telegram.org/bot{TOKEN}/getMe")


def in_fields() -> None:
    structlog.get_logger("a").warning("x", url=f"https://h/bot{TOKEN.replace(':', '%3A')}/", nested={"k": [API_KEY]})


def in_an_object() -> None:
    class Client:
        def __repr__(self) -> str:
            return f"Client({TOKEN!r}, {API_KEY!r})"

        __str__ = __repr__

    structlog.get_logger("a").error("x", client=Client())


def fail() -> None:
    try:
        int(API_KEY)
    except ValueError as error:
        raise RuntimeError(f"cannot call bot{TOKEN}/getUpdates") from error


def in_an_exception_chain() -> None:
    try:
        fail()
    except RuntimeError:
        structlog.get_logger("a").exception("call.failed")
        logging.getLogger("aiogram.dispatcher").exception("Failed with %s", TOKEN)


def in_a_library() -> None:
    logging.getLogger("aiohttp.client").error("url %s %r", f"https://h/bot{TOKEN}/x", [API_KEY])
    logging.getLogger("x").error("with extra", extra={"key": TOKEN})


def in_a_line_that_cannot_be_written() -> None:
    logging.getLogger("x").error("%d of %d", TOKEN, API_KEY)


def in_a_warning() -> None:
    warnings.warn(f"deprecated {TOKEN}", stacklevel=1)


@pytest.mark.parametrize("fmt", ["json", "console"])
@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    "emit",
    [
        in_the_event,
        in_fields,
        in_an_object,
        in_an_exception_chain,
        in_a_library,
        in_a_line_that_cannot_be_written,
        pytest.param(in_a_warning, marks=pytest.mark.filterwarnings("default")),
    ],
)
def test_no_secret_is_written(
    emit: Emit, fmt: logs.Format, *, terminal: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    text = written(emit, fmt=fmt, out=Terminal() if terminal else io.StringIO())
    for part in ("AAE-the_token", "quoted", "ключ"):
        assert part not in text + "".join(capsys.readouterr())
    assert text.strip()


def test_a_token_nobody_configured_is_known_by_its_shape() -> None:
    other = "987654321:ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ"
    assert other not in written(lambda: structlog.get_logger("a").info("x", text=f"my token is {other}"))


def test_json_lines_carry_event_and_fields() -> None:
    def emit() -> None:
        with structlog.contextvars.bound_contextvars(cause="tg:811"):
            structlog.get_logger("services.desk.tickets.tickets").info("ticket.opened", ticket=7, name="Пётр")

    event = json.loads(written(emit))
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "ticket.opened",
        "ticket": 7,
        "name": "Пётр",
        "cause": "tg:811",
        "level": "info",
        "logger": "services.desk.tickets.tickets",
    }


def test_an_exception_stays_one_json_line() -> None:
    first, second = written(in_an_exception_chain).splitlines()
    assert "RuntimeError" in json.loads(first)["exception"]
    assert "ValueError" in json.loads(second)["exception"]


def test_the_level_holds_for_everyone_and_libraries_chat_at_debug_only() -> None:
    def emit() -> None:
        structlog.get_logger("a").info("ours")
        structlog.get_logger("a").debug("whispered")
        logging.getLogger("aiogram.event").info("theirs")

    assert [json.loads(line)["event"] for line in written(emit).splitlines()] == ["ours"]
    assert "theirs" in written(emit, level="debug")
    assert "ours" not in written(emit, level="error")


def test_auto_is_console_on_a_terminal_only() -> None:
    def emit() -> None:
        structlog.get_logger("a").info("hello")

    assert written(emit, fmt="auto").startswith("{")
    assert "\x1b[" in written(emit, fmt="auto", out=Terminal())


def test_escape_sequences_of_customers_do_not_reach_the_terminal() -> None:
    text = written(lambda: structlog.get_logger("a").info("x", name="\x1b[2J\u2028boo\nfake line"), fmt="console")
    assert "\x1b" not in text
    assert len(text.splitlines()) == 1


def test_a_closed_stream_stops_nobody() -> None:
    stream = io.StringIO()
    logs.configure(fmt="json", stream=stream)
    stream.close()
    structlog.get_logger("a").error("x")
    assert sys.exception() is None


def test_a_secret_made_while_running_is_hidden_from_then_on() -> None:
    out = io.StringIO()
    redaction = logs.configure(fmt="json", stream=out)
    redaction.hide("made-just-now")
    logging.getLogger("x").warning("the secret is made-just-now")
    assert "made-just-now" not in out.getvalue()
    assert "[secret]" in out.getvalue()


async def test_the_secret_that_is_made_for_the_webhook_is_in_no_line_of_the_log(sqlite_url: str) -> None:
    """At debug some drivers tell each statement with its values."""
    stream = io.StringIO()
    redaction = logs.configure(level="debug", fmt="json", stream=stream)
    async with Store(sqlite_url) as store:
        secret = await _kept("webhook_secret", None, store, redaction.hide)
    assert len(secret) > 30
    assert "executing" in stream.getvalue(), "the driver is heard"
    assert secret not in stream.getvalue()
