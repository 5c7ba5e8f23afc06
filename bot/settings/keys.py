"""The names of the settings, as files and variables spell them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.settings.model import Settings
from bot.settings.routes import Route

PREFIX: Final = "SUPPORT_"
CONFIG: Final = "SUPPORT_CONFIG"
"""The one variable that is no setting: it names the file."""

ALIASES: Final = {
    "BOT_TOKEN": "telegram.token",
    "OPENAI_API_KEY": "openai.api_key",
    "OPENAI_BASE_URL": "openai.base_url",
    "DATABASE_URL": "database.url",
    "SECRET_KEY": "app.secret_key",
}
"""Accepted because people expect them; the `SUPPORT_` form wins."""


TABLES: Final[dict[str, type[BaseModel]]] = {"operators.routes": Route}
"""Settings that are tables of their own, `[[operators.routes]]` in the file; JSON in a variable."""


@cache
def sections() -> Mapping[str, type[BaseModel]]:
    return {name: _model(field) for name, field in Settings.model_fields.items()}


@cache
def fields() -> Mapping[str, FieldInfo]:
    """`http.port` → its field, in the order of `config.toml`."""
    return {
        f"{section}.{name}": field
        for section, model in sections().items()
        for name, field in model.model_fields.items()
    }


def variable(key: str) -> str:
    """`http.port` → `SUPPORT_HTTP__PORT`."""
    return PREFIX + key.replace(".", "__").upper()


@cache
def variables() -> Mapping[str, str]:
    """Every accepted variable → its key. Later ones win over earlier ones."""
    return {**ALIASES, **{variable(key): key for key in fields()}}


def _model(field: FieldInfo) -> type[BaseModel]:
    if not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)):
        raise TypeError(f"a section must be a model, not {field.annotation}")
    return field.annotation
