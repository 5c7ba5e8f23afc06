"""Writes `config.toml` from the model: `python -m bot.settings.document > config.toml`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings import keys
from bot.settings.model import SECRETS

HEAD = """\
# Every setting with its default. Any of them can be overridden by SUPPORT_<SECTION>__<KEY> in the environment or in
# .env, for example SUPPORT_HTTP__PORT=9000; lists are written 1,2 there. Secrets live there only, never here.
# A line that starts with "#" names a setting that has no default.
"""


def document() -> str:
    return HEAD + "".join(f"\n[{name}]\n" + _section(name) for name in keys.sections())


def _section(section: str) -> str:
    own = {key: field for key, field in keys.fields().items() if key.startswith(f"{section}.")}
    plain, tables = ({key: own[key] for key in own if (key in keys.TABLES) is wanted} for wanted in (False, True))
    # A table ends its section: what stands behind it would belong to it.
    return "".join(_entry(key, field) for key, field in plain.items()) + "".join(
        _table(key, field) for key, field in tables.items()
    )


def _table(key: str, field: FieldInfo) -> str:
    """A table that may stand there several times, as an example to copy: none stands there by default."""
    rows = "".join(
        _line(f"# {name} = {_value((row.examples or [''])[0])}", row.description)
        for name, row in keys.TABLES[key].model_fields.items()
    )
    return _line(f"# [[{key}]]", field.description) + rows


def _entry(key: str, field: FieldInfo) -> str:
    name = key.partition(".")[2]
    if key in SECRETS:
        return _line(f"# {name}", f"secret, set {_names(key)}: {field.description}")
    if field.default is None:
        return _line(f"# {name} = {_value((field.examples or [''])[0])}", field.description)
    return _line(f"{name} = {_value(field.default)}", field.description)


def _line(assignment: str, comment: str | None) -> str:
    return f"{assignment:<42} # {comment}\n"


def _names(key: str) -> str:
    return next((alias for alias, of in keys.ALIASES.items() if of == key), keys.variable(key))


def _value(value: object) -> str:
    match value:
        case SecretStr():
            return json.dumps(value.get_secret_value())
        case tuple():
            return json.dumps(list(value))
        case Path():
            return json.dumps(value.as_posix())
        case _:
            return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.write(document())
