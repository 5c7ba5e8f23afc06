"""Where a setting comes from, and which of two places wins."""

from pathlib import Path

import pytest

from bot.settings import SettingsInvalid, load

TOKEN = "123456:AAE-the-token_of-a-test-bot"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def token(env: dict[str, str]) -> str | None:
    secret = load(env=env).telegram.token
    return secret.get_secret_value() if secret else None


def test_without_anything_the_defaults_hold() -> None:
    settings = load(env={})
    assert settings.http.port == 8080
    assert settings.telegram.token is None
    assert settings.database.url.get_secret_value() == "sqlite+aiosqlite:///data/support.db"


def test_each_place_wins_over_the_one_below(folder: Path) -> None:
    (folder / "config.toml").write_text("[http]\nport = 1001\n")
    assert load(env={}).http.port == 1001
    (folder / ".env").write_text("SUPPORT_HTTP__PORT=1002\n")
    assert load(env={}).http.port == 1002
    assert load(env={"SUPPORT_HTTP__PORT": "1003"}).http.port == 1003


def test_a_file_elsewhere_is_named_by_argument_or_variable(folder: Path) -> None:
    (folder / "config.toml").write_text("[http]\nport = 1001\n")
    (folder / "other.toml").write_text("[http]\nport = 1002\n")
    (folder / "third.toml").write_text("[http]\nport = 1003\n")
    assert load(env={"SUPPORT_CONFIG": "other.toml"}).http.port == 1002
    assert load(Path("third.toml"), env={"SUPPORT_CONFIG": "other.toml"}).http.port == 1003
    (folder / ".env").write_text("SUPPORT_CONFIG=third.toml\n")
    assert load(env={}).http.port == 1003


def test_a_named_file_must_be_there() -> None:
    with pytest.raises(SettingsInvalid, match=r"gone\.toml: cannot be read"):
        load(env={"SUPPORT_CONFIG": "gone.toml"})


@pytest.mark.parametrize(
    ("alias", "own", "value", "read"),
    [
        ("BOT_TOKEN", "SUPPORT_TELEGRAM__TOKEN", "7:other", "telegram.token"),
        ("OPENAI_API_KEY", "SUPPORT_OPENAI__API_KEY", "sk-1", "openai.api_key"),
        ("OPENAI_BASE_URL", "SUPPORT_OPENAI__BASE_URL", "https://llm.example/v1", "openai.base_url"),
        ("DATABASE_URL", "SUPPORT_DATABASE__URL", "sqlite+aiosqlite:///x.db", "database.url"),
    ],
)
def test_expected_names_work_and_ours_win(alias: str, own: str, value: str, read: str) -> None:
    section, _, name = read.partition(".")

    def got(env: dict[str, str]) -> str:
        found = getattr(getattr(load(env=env), section), name)
        return found if isinstance(found, str) else str(found.get_secret_value())

    below = {"BOT_TOKEN": TOKEN}.get(alias, value.replace("1", "2").replace("x.db", "y.db").replace("llm", "mll"))
    assert got({alias: value}) == value
    assert got({alias: below, own: value}) == value


def test_an_empty_variable_is_unset(folder: Path) -> None:
    (folder / ".env").write_text(f"BOT_TOKEN={TOKEN}\n")
    assert token({"BOT_TOKEN": ""}) == TOKEN
    (folder / ".env").write_text("BOT_TOKEN=\n")
    assert token({"BOT_TOKEN": "  "}) is None


def test_surrounding_blanks_are_no_part_of_a_value() -> None:
    assert token({"BOT_TOKEN": f" {TOKEN}\r\n"}) == TOKEN


@pytest.mark.parametrize("written", ["1,2", "[1, 2]", " 1 , 2 ,", "[1,2]"])
def test_lists_in_variables(written: str) -> None:
    assert load(env={"SUPPORT_TELEGRAM__ADMIN_IDS": written}).telegram.admin_ids == (1, 2)


def test_an_empty_text_in_the_file_unsets_what_has_no_default(folder: Path) -> None:
    (folder / "config.toml").write_text('[operators]\nchat_id = ""\n[telegram]\nwebhook_url = ""\n')
    assert load(env={}) == load(Path("/dev/null"), env={})


def test_a_dollar_in_env_file_stays(folder: Path) -> None:
    (folder / ".env").write_text("SUPPORT_HTTP__API_TOKEN='a${HOME}b-and-more'\n")
    api_token = load(env={}).http.api_token
    assert api_token is not None
    assert api_token.get_secret_value() == "a${HOME}b-and-more"


@pytest.mark.parametrize(
    ("written", "driven"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:////var/a.db", "sqlite+aiosqlite:////var/a.db"),
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p%40@h:5433/d", "postgresql+asyncpg://u:p%40@h:5433/d"),
        (
            "postgresql://u:p@h/d?sslmode=require&channel_binding=require",
            "postgresql+asyncpg://u:p@h/d?ssl=require",
        ),
        ("postgresql+asyncpg:///d?host=/run/pg", "postgresql+asyncpg:///d?host=/run/pg"),
    ],
)
def test_database_addresses_as_hosting_panels_spell_them(written: str, driven: str) -> None:
    assert load(env={"DATABASE_URL": written}).database.url.get_secret_value() == driven


def test_variables_that_a_cluster_adds_are_not_ours() -> None:
    env = {
        "SUPPORT_BOT_SERVICE_HOST": "10.0.0.1",
        "SUPPORT_BOT_SERVICE_PORT": "80",
        "SUPPORT_BOT_SERVICE_PORT_HTTP": "80",
        "SUPPORT_BOT_PORT": "tcp://10.0.0.1:80",
        "SUPPORT_BOT_PORT_80_TCP": "tcp://10.0.0.1:80",
        "SUPPORT_BOT_PORT_80_TCP_ADDR": "10.0.0.1",
        "SUPPORT_PORT": "tcp://10.0.0.1:80",
    }
    assert load(env=env) == load(env={})
