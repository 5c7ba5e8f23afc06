"""Lines with a known answer: `{"text", "lang", "scenario"}`, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    text: str
    lang: str
    scenario: str
    """The right one; `UNKNOWN`: should not be answered automatically."""


class ExampleError(ValueError):
    """A line that cannot be used: where it is, what is wrong, what to do."""

    def __init__(self, *, path: Path, line: int, problem: str, fix: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {fix}")
        self.path, self.line, self.problem, self.fix = path, line, problem, fix


def read_examples(path: Path) -> tuple[Example, ...]:
    """Read a file of examples; empty lines are skipped. Raises `ExampleError`, or `OSError` when there is no file."""
    found = tuple(_examples(path))
    if not found:
        raise ExampleError(path=path, line=1, problem="no examples", fix=SHAPE)
    return found


SHAPE = 'write one object a line: {"text": "…", "lang": "ru", "scenario": "REFUND"}'


def _examples(path: Path) -> Iterator[Example]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            yield _example(line, path, number)


def _example(line: bytes, path: Path, number: int) -> Example:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ExampleError(path=path, line=number, problem="not UTF-8", fix="save the file as UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ExampleError(path=path, line=number, problem=f"not JSON ({error})", fix=SHAPE) from error
    if not isinstance(fields, dict):
        raise ExampleError(path=path, line=number, problem="not an object", fix=SHAPE)
    return Example(**{key: _field(fields, key, path, number) for key in ("text", "lang", "scenario")})


def _field(fields: dict[str, Any], key: str, path: Path, number: int) -> str:
    match fields.get(key):
        case str(value) if value or key == "text":
            return value
        case None:
            raise ExampleError(path=path, line=number, problem=f'"{key}" is missing', fix=SHAPE)
        case value:
            raise ExampleError(path=path, line=number, problem=f'"{key}" is {value!r}, not a text', fix=SHAPE)
