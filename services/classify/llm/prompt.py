"""What the model is told: our words in one message, the customer's in another, as data."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, get_args

from services.classify.masking.masking import mask
from services.classify.masking.names import hide_names
from services.classify.verdict import UNKNOWN, Question
from storage.closed_sets import Priority
from storage.records import Pack, Scenario

TEXTS: Final = Path(__file__).with_name("prompt.toml")
MESSAGE_HEAD: Final = 1500
MESSAGE_TAIL: Final = 500
EARLIER_LINES: Final = 5
EARLIER_SIGNS: Final = 300
EXAMPLE_SIGNS: Final = 90
_OTHER_TOPICS: Final = 8
_UNSAFE: Final = re.compile("[<>\u007f-\u009f\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """All that the model has to know of a pack."""

    version: str
    """Digest of the words below. Edited answers are not among them, so cached verdicts stay valid."""
    keys: frozenset[str]
    system: str
    system_with_schema: str
    """For servers that take no schema."""
    schema: Mapping[str, Any]
    proposes: bool = False
    """The model is to propose phrasings, not to choose."""


def brief(pack: Pack) -> Briefing:
    keys = [*dict.fromkeys([*(scenario.key for scenario in pack.scenarios), UNKNOWN])]
    schema = _schema(keys)
    texts = prompt_texts()
    system = texts["system"].format(scenarios="\n".join(_listed(pack))).strip()
    written = texts["schema"].format(schema=json.dumps(schema, ensure_ascii=False))
    return Briefing(
        version=sha256(system.encode()).hexdigest()[:16],
        keys=frozenset(keys),
        system=system,
        system_with_schema=f"{system}\n{written}".strip(),
        schema=schema,
    )


def customer_data(question: Question, *, masked: bool = True) -> str:
    """Return the user message: one line of JSON between two tags, which nothing in the JSON can spell."""
    hide = mask if masked else str
    nameless = partial(hide_names, names=question.names) if masked else str
    data = {
        "language": question.language,
        "earlier": [_cut(hide(nameless(line)), EARLIER_SIGNS, 0) for line in question.context[-EARLIER_LINES:]],
        "message": _cut(hide(question.text), MESSAGE_HEAD, MESSAGE_TAIL),
    }
    return f"<customer_data>\n{encoded(data)}\n</customer_data>"


def encoded(data: Mapping[str, Any]) -> str:
    line = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line)


def _cut(text: str, head: int, tail: int) -> str:
    """Keep the beginning and the end: what a customer wants stands in one of them."""
    if len(text) <= head + tail:
        return text
    return f"{text[:head]} … {text[len(text) - tail :]}" if tail else f"{text[:head]}…"


def _schema(keys: Sequence[str]) -> dict[str, Any]:
    properties = {
        "reasoning": {"type": "string"},
        "scenario": {"type": "string", "enum": list(keys)},
        "confidence": {"type": "number"},
        "urgency": {"type": "string", "enum": list(get_args(Priority))},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@lru_cache(maxsize=1)
def prompt_texts() -> Mapping[str, str]:
    return tomllib.loads(TEXTS.read_text("utf-8"))


def _listed(pack: Pack) -> Iterator[str]:
    texts = prompt_texts()
    each = _examples_each(len(pack.scenarios))
    for scenario in pack.scenarios:
        yield texts["scenario"].format(
            key=scenario.key,
            titles=" / ".join(_line(title) for title in scenario.title.values()),
            description=_line(scenario.description),
            examples=_quoted(_examples(scenario, each)),
        )
    others = _spread([line.text for line in pack.background], _OTHER_TOPICS)
    yield f"{UNKNOWN}: {texts['unknown']}" + (f"\n  For example: {_quoted(others)}" if others else "")


def _examples_each(scenarios: int) -> int:
    """Give fewer examples where there are many scenarios: the prompt is paid for with every call."""
    return 3 if scenarios <= 30 else 1  # noqa: PLR2004


def _examples(scenario: Scenario, each: int) -> list[str]:
    return [text for phrases in scenario.phrases.values() for text in _spread(phrases, each)]


def _spread(texts: Sequence[str], count: int) -> list[str]:
    """Take some from the whole length: neighbours tend to be alike."""
    step = max(1, len(texts) // count)
    return list(texts[::step][:count])


def _quoted(texts: Iterable[str]) -> str:
    return "; ".join(json.dumps(_line(text)[:EXAMPLE_SIGNS], ensure_ascii=False) for text in texts)


def _line(text: str) -> str:
    return " ".join(text.split())
