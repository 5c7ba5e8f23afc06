"""What a wrong setting is told: its name, where it stands, what to do; and never the value of a secret."""

from pathlib import Path

import pytest

from bot.settings import SettingsInvalid, load

TOKEN = "123456789:AAE-the-token_of-a-test-bot0123"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(**env: str) -> tuple[str, ...]:
    with pytest.raises(SettingsInvalid) as caught:
        load(env=env)
    return caught.value.lines


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SUPPORT_HTTP__PORT", "abc", "http.port = 'abc' is not a whole number"),
        ("SUPPORT_HTTP__PORT", "70000", "http.port = '70000' is too large; write a number up to 65535"),
        ("SUPPORT_APP__LANGUAGE", "fr", "app.language = 'fr' is not one of the choices; write 'ru' or 'en'"),
        ("SUPPORT_APP__TIMEZONE", "Europe/Moskow", "is no time zone; write one like Europe/Moscow"),
        ("SUPPORT_APP__TIMEZONE", "Europe", "is no time zone"),
        ("SUPPORT_APP__TIMEZONE", "/etc/passwd", "is no time zone"),
        ("SUPPORT_OPERATORS__CHAT_ID", "100500", "is not a group; ids of groups are negative"),
        ("SUPPORT_OPERATORS__CHAT_ID", "@group", "is not a whole number"),
        ("SUPPORT_OPERATORS__ROUTES", "REFUND", "is no list of routes; write JSON"),
        ("SUPPORT_OPERATORS__ROUTES", '[{"language": "en"}]', "operators.routes 1 = {'language': 'en'} leads nowhere"),
        ("SUPPORT_OPERATORS__ROUTES", '[{"chat_id": -5}]', "says of no ticket that it goes there"),
        ("SUPPORT_OPERATORS__ROUTES", '[{"scenario": "refund", "chat_id": -5}]', "is no key of a scenario"),
        ("SUPPORT_OPERATORS__ROUTES", '[{"language": "english", "chat_id": -5}]', "is no language"),
        ("SUPPORT_OPERATORS__ROUTES", '[{"channel": "fax", "chat_id": -5}]', "routes 1 channel = 'fax' is not one of"),
        (
            "SUPPORT_OPERATORS__ROUTES",
            '[{"language": "en", "chat": -5}]',
            "routes 1 chat = -5 is no key of such a table",
        ),
        ("SUPPORT_OPERATORS__ROUTES", '[{"language": "en", "chat_id": 5}]', "routes 1 chat_id = 5 is not a group"),
        ("SUPPORT_OPERATORS__ROUTES", '[{"language": "en", "chat_id": -5}]', "operators.routes has no group to stand"),
        ("SUPPORT_TELEGRAM__ADMIN_IDS", "1,me", "telegram.admin_ids = 'me' is not a whole number"),
        ("SUPPORT_TELEGRAM__ADMIN_IDS", "[1", "is not a list"),
        ("SUPPORT_TELEGRAM__API_URL", "api.telegram.org", "is not an address"),
        ("SUPPORT_TELEGRAM__API_URL", "https://[", "is not an address"),
        ("SUPPORT_TELEGRAM__WEBHOOK_URL", "http://bot.example.org", "is not https"),
        ("SUPPORT_TELEGRAM__MODE", "webhook", "needs an address"),
        ("SUPPORT_CLASSIFIER__MODE", "llm", "needs a key"),
        ("SUPPORT_OPENAI__PRICE_IN", "0.5", "openai.price_in = 0.5 is half of a price; set openai.price_out too"),
        ("SUPPORT_OPENAI__PRICE_OUT", "0", "openai.price_out = 0.0 is half of a price; set openai.price_in too"),
        ("SUPPORT_OPENAI__PRICE_OUT", "-1", "openai.price_out = '-1' is too small; write a number from 0.0 up"),
        ("SUPPORT_CLASSIFIER__ANSWER_AT", "1.2", "is too large"),
        ("SUPPORT_CLASSIFIER__ANSWER_AT", "nan", "is not a finite number"),
        ("SUPPORT_CLASSIFIER__CLARIFY_AT", "0.99", "is above classifier.answer_at; write at most 0.775"),
        ("SUPPORT_HTTP__CORS_ORIGINS", "https://a.example/page", "is not an origin"),
        ("SUPPORT_LOGGING__LEVEL", "loud", "write 'debug', 'info', 'warning' or 'error'"),
        ("DATABASE_URL", "mysql://u@h/d", "is no database address"),
        ("DATABASE_URL", "sqlite://", "names no file"),
        ("DATABASE_URL", "sqlite://data.db", "has too few slashes"),
        ("DATABASE_URL", "postgres:///d", "names no host"),
        ("SUPPORT_TELEGRAM__WEBHOOK_SECRET", "not allowed!", "is not a webhook secret"),
        ("SUPPORT_HTTP__API_TOKEN", "два слова", "cannot travel in a header"),
        ("SUPPORT_HTTP__API_TOKEN", "fifteen-signs-x", "has fewer than 16 characters"),
    ],
)
def test_wrong_values(name: str, value: str, said: str) -> None:
    (line,) = lines(**{name: value})
    assert line.startswith(f"{name}: ")
    assert said in line
    assert "\n" not in line


def test_a_webhook_on_loopback_may_be_plain() -> None:
    env = {"SUPPORT_TELEGRAM__MODE": "webhook", "SUPPORT_TELEGRAM__WEBHOOK_URL": "http://127.0.0.1:9000"}
    assert load(env=env).telegram.webhook_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", TOKEN + "!"),
        ("SUPPORT_OPERATORS__CHAT_ID", TOKEN),
        ("SUPPORT_TELEGRAM__WEBHOOK_SECRET", TOKEN),
        ("DATABASE_URL", f"postgres://u:{TOKEN}@h:port/d"),
        ("DATABASE_URL", f"nosql://u:{TOKEN}@h/d"),
        ("OPENAI_BASE_URL", "https://user:AAE-the-token_of-a-test-bot0123@host/v1"),
        ("OPENAI_API_KEY", "AAE-the-token_of-a-test-bot0123 with blanks"),
    ],
)
def test_no_secret_is_echoed(name: str, value: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        load(env={name: value})
    said = repr(caught.value) + str(caught.value)
    assert "AAE-the-token" not in said
    assert caught.value.__cause__ is None


def test_secrets_do_not_show_in_the_settings_either() -> None:
    settings = load(env={"BOT_TOKEN": TOKEN, "DATABASE_URL": "postgres://u:hush-hush@h/d"})
    assert TOKEN not in repr(settings)
    assert "hush-hush" not in repr(settings)
    assert settings.database.shown == "postgresql+asyncpg://u@h/d"
    assert {TOKEN, "hush-hush"} <= set(settings.secrets)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[telegram]\ntoken = "1:a"\n', "config.toml line 2: telegram.token is a secret; move it to BOT_TOKEN in"),
        ('[http]\n\napi_token = "a"\n', "config.toml line 3: http.api_token is a secret; move it to SUPPORT_HTTP__API"),
        (
            '[database]\nurl = "postgres://u:p@h/d"',
            "config.toml line 2: database.url is a secret; move it to DATABASE_",
        ),
        ("[http]\nprot = 1\n", "config.toml line 2: http.prot is no setting; did you mean http.port?"),
        ("[htpp]\nport = 1\n", "config.toml line 2: htpp.port is no setting; did you mean http.port?"),
        ("[nothing]\n", "config.toml line 1: nothing is no setting; config.toml of the project lists every key"),
        ("[http.port]\nx = 1\n", "http.port = {'x': 1} is not a whole number"),
        ("http = 5\n", "config.toml line 1: http is a section; write [http] on a line of its own"),
        ("port = 5\n", "config.toml line 1: port is no setting"),
        ("[http]\nport = 'x'\n", "config.toml line 2: http.port = 'x' is not a whole number"),
        ("http.port = 'x'\n", "config.toml line 1: http.port = 'x' is not a whole number"),
        ("[http\n", "config.toml: is not TOML"),
    ],
)
def test_mistakes_in_the_file(folder: Path, text: str, line: str) -> None:
    (folder / "config.toml").write_text(text)
    assert line in lines()[0]


def test_a_file_of_bytes(folder: Path) -> None:
    (folder / "config.toml").write_bytes(b"\xff\xfe\x00")
    assert lines() == ("config.toml: cannot be read: it is not UTF-8; name a readable text file",)


def test_a_folder_instead_of_a_file(folder: Path) -> None:
    assert "cannot be read: Is a directory" in lines(SUPPORT_CONFIG=str(folder))[0]


def test_unknown_variables(folder: Path) -> None:
    (folder / ".env").write_text("\n\nBOT_TOKN=1:a\nPOSTGRES_PASSWORD=x\n")
    assert lines(SUPPORT_HTTP_PORT="80", SUPPORT_XYZ="1", SUPPORTIVE="1") == (
        "SUPPORT_HTTP_PORT: is no setting; did you mean SUPPORT_HTTP__PORT?",
        "SUPPORT_XYZ: is no setting; config.toml of the project lists every key",
        ".env line 3: BOT_TOKN is no setting; did you mean BOT_TOKEN?",
    )


def test_a_broken_line_in_env_file(folder: Path) -> None:
    (folder / ".env").write_text("A=1\nBOT_TOKEN='unclosed\n")
    assert lines() == (".env line 2: cannot be read; write NAME=value",)


def test_all_problems_come_at_once_and_the_summary_is_one_line() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        load(env={"SUPPORT_HTTP__PORT": "x", "SUPPORT_NO": "1", "BOT_TOKEN": "nonsense"})
    assert len(caught.value.lines) == 3
    assert caught.value.summary == caught.value.lines[0] + " (and 2 more)"
