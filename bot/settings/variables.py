"""Settings from the environment and from `.env`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv.parser import parse_stream

from bot.settings import keys
from bot.settings.problems import Problem, SettingsInvalid, unknown
from bot.settings.sources import Found, Source, unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One variable as written."""

    name: str
    value: str
    where: str


def environment(variables: Mapping[str, str]) -> list[Assignment]:
    return [Assignment(name=name, value=value, where=name) for name, value in variables.items()]


def dotenv(path: Path) -> list[Assignment]:
    """Read a `.env` file; `${…}` stays as it is, for a password may hold one."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = list(parse_stream(file))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    broken = [line.original.line for line in lines if line.error]
    if broken:
        raise SettingsInvalid(_broken(path, n) for n in broken)
    return [
        Assignment(
            name=line.key, value=line.value, where=f"{path} line {_first(line.original.string, line.original.line)}"
        )
        for line in lines
        if line.key is not None and line.value is not None
    ]


def read(assignments: Iterable[Assignment], *, own_file: bool = False) -> Source:
    """Empty values count as unset. In a file of our own, what looks like a slip of an alias is refused too."""
    known = keys.variables()
    given = {a.name.upper(): a for a in assignments if a.value.strip()}
    found = {
        key: Found(value=given[name].value.strip(), where=given[name].where)
        for name, key in known.items()
        if name in given
    }
    strangers = [a for name, a in given.items() if name not in known and _is_ours(name, a.value, own_file=own_file)]
    return Source(found=found, problems=tuple(unknown(a.name, a.where, known) for a in strangers))


_CLUSTER: Final = re.compile(r"\w+_SERVICE_(HOST|PORT\w*)|\w+_PORT_\d+_[A-Z]+(_(PROTO|PORT|ADDR))?")
"""Kubernetes puts these beside every pod when a service there is called `support` or `support-bot`."""


def _is_ours(name: str, value: str, *, own_file: bool) -> bool:
    if name == keys.CONFIG:
        return False
    if not name.startswith(keys.PREFIX):
        return own_file and bool(get_close_matches(name, keys.ALIASES, n=1, cutoff=0.85))
    return "__" in name or not (_CLUSTER.fullmatch(name) or (name.endswith("PORT") and "://" in value))


def _broken(path: Path, line: int) -> Problem:
    return Problem(key="", where=f"{path} line {line}", what="cannot be read", fix="write NAME=value")


def _first(original: str, line: int) -> int:
    """Skip the blank lines before an assignment, which the parser counts as part of it."""
    return line + len(original) - len(original.lstrip("\n"))
