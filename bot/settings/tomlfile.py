"""Settings from `config.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.settings import keys
from bot.settings.model import SECRETS
from bot.settings.problems import Problem, SettingsInvalid, unknown
from bot.settings.sources import Found, Source, unreadable


def read(path: Path) -> Source:
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid([_problem(str(path), "", f"is not TOML: {error}", "put that line right")]) from None
    return _Reading(path, text).source(document)


class _Reading:
    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = _line_numbers(text)
        self._fields = keys.fields()

    def source(self, document: Mapping[str, Any]) -> Source:
        written = dict(_flat(document))
        problems = tuple(problem for key, value in written.items() for problem in self._problems(key, value))
        found = {
            key: Found(value=value, where=self._where(key))
            for key, value in written.items()
            if key in self._fields and not self._means_unset(key, value)
        }
        return Source(found=found, problems=problems)

    def _problems(self, key: str, value: object) -> Iterator[Problem]:
        if key in keys.sections():
            yield _problem(self._where(key), key, "is a section", f"write [{key}] on a line of its own")
        elif key not in self._fields:
            yield unknown(key, self._where(key), self._fields)
        elif key in SECRETS or (key == "database.url" and _has_password(value)):
            name = next((alias for alias, of in keys.ALIASES.items() if of == key), keys.variable(key))
            yield _problem(self._where(key), key, "is a secret", f"move it to {name} in the environment or .env")

    def _means_unset(self, key: str, value: object) -> bool:
        return key in SECRETS or (value == "" and self._fields[key].default is None)

    def _where(self, key: str) -> str:
        line = self._lines.get(key) or self._lines.get(key.partition(".")[0])
        return f"{self._path} line {line}" if line else str(self._path)


def _flat(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """`section.key` → value. An empty section that is none of ours still shows up, as a typo of one."""
    for section, content in document.items():
        if not isinstance(content, Mapping) or (not content and section not in keys.sections()):
            yield section, content
        else:
            yield from ((f"{section}.{name}", value) for name, value in content.items())


def _line_numbers(text: str) -> dict[str, int]:
    """Where each key stands. A guess by shape, good enough to point at; values are never read here."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[{1,2}\s*([\w.\"-]+)\s*\]", line):
            section = header[1].strip('"')
            lines.setdefault(section, number)
        elif assignment := re.match(r"\s*([\w.\"-]+)\s*=", line):
            lines.setdefault(f"{section}.{assignment[1]}".lstrip(".").replace('"', ""), number)
    return lines


def _has_password(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(urlsplit(value).password)
    except ValueError:
        return False


def _problem(where: str, key: str, what: str, fix: str) -> Problem:
    return Problem(key=key, where=where, what=what, fix=fix)
