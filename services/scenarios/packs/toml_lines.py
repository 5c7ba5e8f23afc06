"""Where in a TOML file a value stands: tomllib reads values but forgets their lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NamedTuple

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """The line a value begins in, the line its text begins in, the line it ends in; all from 1."""

    line: int
    text: int
    end: int


_TOKEN: Final = re.compile(
    r"(?P<comment>\#[^\n]*)"
    r'|(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<newline>\n)"
    r"|(?P<mark>\[\[|\]\]|[\[\]{}=,.])"
    r"|(?P<bare>[^\s\[\]{}=,.\#\"']+)",
    re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    source: str
    line: int


def places(source: str) -> dict[Path, Place]:
    """Map every key path (array positions are numbers) to its place. `source` must be valid TOML."""
    return _Scanner(_tokens(source)).run()


def _tokens(source: str) -> list[_Token]:
    found, line = [], 1
    for match in _TOKEN.finditer(source):
        if match.lastgroup != "comment":
            found.append(_Token(match.lastgroup or "", match.group(), line))
        line += match.group().count("\n")
    return found


def _place(token: _Token) -> Place:
    opens_with_newline = token.source[:3] in {'"""', "'''"} and token.source[3:4] == "\n"
    return Place(token.line, token.line + opens_with_newline, token.line + token.source.count("\n"))


@dataclass(slots=True)
class _Scanner:
    tokens: list[_Token]
    at: int = 0
    table: Path = ()
    found: dict[Path, Place] = field(default_factory=dict)
    tables_seen: Counter[Path] = field(default_factory=Counter)

    def run(self) -> dict[Path, Place]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "newline":
                self.at += 1
            elif token.source in {"[", "[["}:
                self._header(token)
            else:
                self._pair(self.table)
        return self.found

    def _header(self, token: _Token) -> None:
        self.at += 1
        self.table = self._key(until={"]", "]]"})
        if token.source == "[[":
            self.tables_seen[self.table] += 1
            self.found.setdefault(self.table, _place(token))
            self.table = (*self.table, self.tables_seen[self.table] - 1)
        self.found.setdefault(self.table, _place(token))

    def _pair(self, table: Path) -> None:
        first = self.tokens[self.at]
        path = (*table, *self._key(until={"="}))
        self.found[path] = _place(first)
        self._value(path)

    def _key(self, until: set[str]) -> Path:
        parts: list[str] = []
        while (token := self._take()).source not in until:
            if token.kind in {"bare", "string"}:
                parts.append(token.source.strip("\"'"))
        return tuple(parts)

    def _value(self, path: Path) -> None:
        token = self.tokens[self.at]
        if token.source in {"[", "[["}:
            self._array(path)
        elif token.source == "{":
            self._inline_table(path)
        else:
            self.found[path] = _place(token)
            while self.at < len(self.tokens) and not self._ends_value(self.tokens[self.at]):
                self.at += 1

    def _array(self, path: Path) -> None:
        self._open("[")
        index = 0
        while not self._closes("]"):
            if self.tokens[self.at].source == "," or self.tokens[self.at].kind == "newline":
                self.at += 1
                continue
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> None:
        self._open("{")
        while not self._closes("}"):
            if self.tokens[self.at].source == "," or self.tokens[self.at].kind == "newline":
                self.at += 1
                continue
            self._pair(path)

    def _open(self, mark: str) -> None:
        """Step over one mark; a doubled one (`[[`) leaves its second half to be read."""
        token = self.tokens[self.at]
        if token.source == mark:
            self.at += 1
        else:
            self.tokens[self.at] = _Token("mark", mark, token.line)

    def _closes(self, mark: str) -> bool:
        if self.at >= len(self.tokens):
            return True
        if not self.tokens[self.at].source.startswith(mark) or self.tokens[self.at].kind != "mark":
            return False
        self._open(mark)
        return True

    def _ends_value(self, token: _Token) -> bool:
        return token.kind == "newline" or (token.kind == "mark" and token.source[0] in ",]}")

    def _take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]
