"""`background.jsonl`: one JSON object a line, with the language and the text."""

from __future__ import annotations

import json
from typing import Final

from services.scenarios.packs.parts import LANGUAGE, MAX_PHRASE
from services.scenarios.packs.phrases import Phrase
from services.scenarios.packs.problems import Complaints
from storage.records import BackgroundLine

BACKGROUND: Final = "background.jsonl"
TEACHES: Final = "the background"
_FIX: Final = 'write {"language": "ru", "text": "…"}'


def read_background(source: str, complaints: Complaints) -> tuple[tuple[BackgroundLine, ...], list[Phrase]]:
    """Read every good line; complain about every other. Blank lines are nothing."""
    lines: list[BackgroundLine] = []
    phrases: list[Phrase] = []
    # Not splitlines(): a line separator inside a JSON string ends no line.
    for number, line in enumerate(source.split("\n"), start=1):
        if not line.strip():
            continue
        if (read := _line(line, number, complaints)) is not None:
            lines.append(read)
            phrases.append(Phrase(read.text, TEACHES, complaints.file, number))
    return tuple(lines), phrases


def write_background(lines: tuple[BackgroundLine, ...]) -> str:
    records = ({"language": line.language, "text": line.text} for line in lines)
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _line(source: str, number: int, complaints: Complaints) -> BackgroundLine | None:
    try:
        record = json.loads(source)
    except (ValueError, RecursionError) as error:
        complaints.error(number, f"not JSON: {error}", _FIX)
        return None
    if not isinstance(record, dict) or set(record) != {"language", "text"}:
        complaints.error(number, 'a line holds exactly "language" and "text"', _FIX)
        return None
    language, text = record["language"], record["text"]
    if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
        complaints.error(number, f"{language!r} is no language", 'use a two-letter code such as "ru"')
        return None
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_PHRASE:
        complaints.error(number, f'"text" must be 1 to {MAX_PHRASE} characters', "write what a person would type")
        return None
    return BackgroundLine(language=language, text=text)
