"""`config.toml` and `.env.example` tell the truth about the model."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import keys, load
from bot.settings.document import document
from bot.settings.model import SECRETS

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config.toml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_file_is_the_one_the_model_writes() -> None:
    assert CONFIG.read_text(encoding="utf-8") == document(), "python -m bot.settings.document > config.toml"


def test_loading_it_changes_nothing() -> None:
    assert load(CONFIG, env={}) == load(env={})


def test_every_setting_stands_in_it_once_with_one_comment() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    for section in keys.sections():
        body = text.partition(f"\n[{section}]\n")[2].partition("\n[")[0].partition("\n# [[")[0]
        for key in (key for key in keys.fields() if key.startswith(f"{section}.")):
            name = key.partition(".")[2]
            if key in keys.TABLES:
                assert text.count(f"\n# [[{key}]]") == 1
                continue
            assert len(re.findall(rf"^(?:# )?{name}\b.* # \S.+$", body, re.MULTILINE)) == 1, key


def test_it_gives_every_default_but_the_secrets() -> None:
    document = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    written = {f"{section}.{name}" for section, content in document.items() for name in content}
    assert written == {key for key, field in keys.fields().items() if field.default is not None} - {*keys.TABLES}


def test_examples_of_unset_settings_are_valid(tmp_path: Path) -> None:
    text = re.sub(r"^# (\w+ = |\[\[)", r"\1", CONFIG.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tmp_path / "all.toml").write_text(text, encoding="utf-8")
    operators = load(tmp_path / "all.toml", env={}).operators
    assert operators.chat_id is not None
    assert [route.scenario for route in operators.routes] == ["REFUND"]


def test_the_secrets_are_the_optional_secret_fields() -> None:
    secret = {key for key, field in keys.fields().items() if "SecretStr" in str(field.annotation) or _holds(field)}
    assert secret == SECRETS | {"database.url"}


def _holds(field: object) -> bool:
    return SecretStr.__name__ in repr(field)


def test_every_section_is_a_model_with_defaults() -> None:
    assert all(model() for model in keys.sections().values())


def test_the_env_example_is_accepted_and_names_every_secret(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(example, encoding="utf-8")
    assert load(env={}) == load(CONFIG, env={})
    for key in SECRETS:
        names = {name for name, of in keys.variables().items() if of == key}
        assert any(f"\n{name}=" in example for name in names), key
