"""Joins the sources: environment over `.env` over the file over the defaults."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.settings import keys, tomlfile, variables
from bot.settings.model import SECRETS, Settings
from bot.settings.problems import Problem, SettingsInvalid, explain
from bot.settings.sources import Found, Source
from bot.settings.variables import Assignment


def load(config_path: Path | None = None, env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings in force; `env` stands in for the process's environment. Raises `SettingsInvalid`."""
    environment = variables.environment(os.environ if env is None else env)
    dotenv = variables.dotenv(Path(".env"))
    layers = (
        _file(config_path, [*dotenv, *environment]),
        variables.read(dotenv, own_file=True),
        variables.read(environment),
    )
    found = {key: value for layer in layers for key, value in layer.found.items()}
    return _validated(found, [problem for layer in reversed(layers) for problem in layer.problems])


def _file(config_path: Path | None, assignments: list[Assignment]) -> Source:
    named = [a.value.strip() for a in assignments if a.name == keys.CONFIG and a.value.strip()]
    path = config_path or (Path(named[-1]) if named else None)
    if path is not None:
        return tomlfile.read(path)
    usual = Path("config.toml")
    return tomlfile.read(usual) if usual.exists() else Source()


def _validated(found: Mapping[str, Found], problems: list[Problem]) -> Settings:
    try:
        settings = Settings.model_validate(_nested(found))
    except ValidationError as error:
        raise SettingsInvalid([*problems, *_explained(error, found)]) from None
    problems.extend(_conflicts(settings, found))
    if problems:
        raise SettingsInvalid(problems)
    return settings


def _nested(found: Mapping[str, Found]) -> dict[str, dict[str, object]]:
    nested: dict[str, dict[str, object]] = {}
    for key, item in found.items():
        section, _, name = key.partition(".")
        nested.setdefault(section, {})[name] = item.value
    return nested


def _explained(error: ValidationError, found: Mapping[str, Found]) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        key, within = ".".join(str(part) for part in detail["loc"][:2]), detail["loc"][2:]
        secret = key in SECRETS or key == "database.url" or detail["type"] == "refused_secret"
        yield explain(detail, key=_named(key, within), where=found[key].where, secret=secret)


def _named(key: str, within: tuple[int | str, ...]) -> str:
    """Name a value inside of a table: that of the third one is `operators.routes 3 chat_id`."""
    if key not in keys.TABLES:
        return key
    return " ".join([key, *(str(part + 1) if isinstance(part, int) else part for part in within)])


def _conflicts(settings: Settings, found: Mapping[str, Found]) -> Iterator[Problem]:
    """Find what each value allows alone and both together do not."""

    def conflict(key: str, what: str, fix: str) -> Problem:
        return Problem(key=key, where=found[key].where if key in found else "default", what=what, fix=fix)

    classifier, telegram, openai = settings.classifier, settings.telegram, settings.openai
    if classifier.clarify_at > classifier.answer_at:
        fix = f"write at most {classifier.answer_at}"
        yield conflict("classifier.clarify_at", f"= {classifier.clarify_at} is above classifier.answer_at", fix)
    if settings.operators.routes and settings.operators.chat_id is None:
        fix = "set operators.chat_id: what fits no route goes there"
        yield conflict("operators.routes", "has no group to stand beside", fix)
    if telegram.mode == "webhook" and telegram.webhook_url is None:
        yield conflict(
            "telegram.mode", '= "webhook" needs an address', "set telegram.webhook_url to your https address"
        )
    for known, missing in (("price_in", "price_out"), ("price_out", "price_in")):
        if getattr(openai, known) is not None and getattr(openai, missing) is None:
            what = f"= {getattr(openai, known)} is half of a price"
            yield conflict(f"openai.{known}", what, f"set openai.{missing} too")
    if classifier.mode in {"llm", "cascade"} and openai.api_key is None:
        fix = 'set OPENAI_API_KEY, or choose "auto" or "local"'
        yield conflict("classifier.mode", f'= "{classifier.mode}" needs a key', fix)
