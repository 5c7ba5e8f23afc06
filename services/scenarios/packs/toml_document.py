"""A parsed TOML file that knows its lines: asks for values by path and complains where they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from services.scenarios.packs.problems import Complaints
from services.scenarios.packs.toml_lines import Path, Place, places


def open_sheet(source: str, complaints: Complaints, *, facts: Collection[str] | None = None) -> Sheet | None:
    """Read a file; None when it is not even TOML, which is in `complaints` then."""
    try:
        document = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        complaints.error(_syntax_line(str(error), source), f"not TOML: {error}", "mind quotes, commas and brackets")
        return None
    except RecursionError:
        complaints.error(1, "nested too deeply", "write it as the starter scenarios are written")
        return None
    return Sheet(source, document, complaints, facts=facts)


def _syntax_line(message: str, source: str) -> int:
    told = re.search(r"at line (\d+)", message)
    return int(told[1]) if told else source.rstrip("\n").count("\n") + 1


class Sheet:
    """Every question answers with a usable value; what was wrong with the real one is in `complaints`.

    `facts`: the keys that templates in it may name; None where they are not known.
    """

    def __init__(
        self,
        source: str,
        document: Mapping[str, Any],
        complaints: Complaints,
        *,
        facts: Collection[str] | None = None,
    ) -> None:
        self._document = document
        self._places = places(source)
        self.complaints = complaints
        self.facts = facts

    def line(self, *path: str | int) -> int:
        return self.place(*path).line

    def place(self, *path: str | int) -> Place:
        """Where this stands, or the nearest thing around it; the first line at worst."""
        for length in range(len(path), 0, -1):
            if (found := self._places.get(path[:length])) is not None:
                return found
        return Place(1, 1, 1)

    def value(self, *path: str | int) -> Any:
        found: Any = self._document
        for part in path:
            if isinstance(found, Mapping) and isinstance(part, str):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int):
                found = found[part]
            else:
                return None
        return found

    def only(self, path: Path, known: Sequence[str]) -> None:
        """Complain about keys of the table at `path` that are not known."""
        for key in self.table(*path):
            if key not in known:
                near = get_close_matches(key, known, n=1)
                fix = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
                self.complaints.error(self.line(*path, key), f"unknown key {'.'.join(map(str, (*path, key)))}", fix)

    def text(self, *path: str | int, most: int) -> str:
        value = self.value(*path)
        name = ".".join(map(str, path))
        if value is None:
            self.complaints.error(self.line(*path), f"{name} is missing", f'add {path[-1]} = "…"')
        elif not isinstance(value, str) or not value.strip():
            self.complaints.error(self.line(*path), f"{name} must be a text that is not empty", "write it in quotes")
        elif len(value) > most:
            message = f"{name} has {len(value)} characters, at most {most} are useful"
            self.complaints.error(self.line(*path), message, "shorten it or split it")
        else:
            return value
        return ""

    def choice(self, *path: str | int, known: Sequence[str]) -> str:
        value = self.value(*path)
        if value in known:
            return str(value)
        name, allowed = ".".join(map(str, path)), ", ".join(known)
        wrong = f"{name} is missing" if value is None else f"{name} cannot be {value!r}"
        self.complaints.error(self.line(*path), wrong, f"write one of {allowed}")
        return known[0]

    def table(self, *path: str | int) -> Mapping[str, Any]:
        """Answer with the table at `path`; an empty one when it is missing or no table."""
        value = self.value(*path)
        return value if isinstance(value, Mapping) else {}

    def array(self, *path: str | int) -> list[Any]:
        value = self.value(*path)
        return value if isinstance(value, list) else []
