"""Questions that a page tells search engines, as schema.org's FAQPage in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

_DEEPEST: Final = 200


def pairs_in_json(root: Any) -> Iterator[tuple[str, str]]:
    """Yield questions and answers, both as HTML."""
    for script in root.xpath('//script[@type="application/ld+json"]'):
        try:
            # Site builders leave line ends as they are within strings.
            told = json.loads(script.text or "", strict=False)
        except ValueError:
            continue
        yield from _pairs_in(told, 0)


def _pairs_in(told: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(told, list):
        for one in told:
            yield from _pairs_in(one, depth + 1)
    elif isinstance(told, dict):
        answer = told.get("acceptedAnswer")
        answer = answer[0] if isinstance(answer, list) and answer else answer
        if "Question" in _types(told) and isinstance(answer, dict):
            yield str(told.get("name") or told.get("text") or ""), str(answer.get("text") or "")
        else:
            for one in told.values():
                yield from _pairs_in(one, depth + 1)


def _types(told: dict[str, Any]) -> list[Any]:
    kind = told.get("@type")
    return kind if isinstance(kind, list) else [kind]
