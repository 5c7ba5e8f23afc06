"""Reads a chat completion. Whatever it holds, what comes out is a choice of ours or a reason: nothing else gets in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final, get_args

from services.classify.llm.failures import Reason
from services.classify.llm.prices import Usage
from storage.records import Priority

REASONING_SIGNS: Final = 300
BODY_BYTES: Final = 1_000_000
_FENCES: Final = re.compile(r"\A```(?:json)?|```\Z")
_THOUGHTS: Final = re.compile(r"\A<think>.*?</think>\s*", re.DOTALL)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the model chose, checked."""

    scenario: str
    confidence: float
    reasoning: str
    urgency: Priority | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A completion: what it cost in tokens, and the choice or why there is none."""

    usage: Usage
    choice: Choice | Reason


def read(body: bytes, keys: frozenset[str]) -> Reply:
    """Never raises."""
    completion = _parsed(body.decode("utf-8", "replace")) if len(body) <= BODY_BYTES else None
    if not isinstance(completion, dict):
        return Reply(usage=Usage(), choice="garbled")
    return Reply(usage=_usage(completion.get("usage")), choice=_choice(completion.get("choices"), keys))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _usage(said: Any) -> Usage:
    if not isinstance(said, dict):
        return Usage()
    details = said.get("prompt_tokens_details")
    prompt = _count(said.get("prompt_tokens"))
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else 0
    return Usage(prompt=prompt, cached=min(cached, prompt), completion=_count(said.get("completion_tokens")))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= BODY_BYTES else 0


def _choice(choices: Any, keys: frozenset[str]) -> Choice | Reason:
    match choices:
        case [{"finish_reason": "content_filter"}, *_]:
            return "refused"
        case [{"finish_reason": "length"}, *_]:
            return "truncated"
        case [{"message": {"refusal": str(refusal)}}, *_] if refusal:
            return "refused"
        case [{"message": {"content": str(content)}}, *_]:
            return _checked(_object(content), keys) or "off_schema"
        case [{"message": dict()}, *_]:
            return "off_schema"
        case _:
            return "garbled"


def _object(content: str) -> Any:
    """Parse an answer that is one JSON object, fenced or not, after a reasoning model's thoughts at most.

    One inside other words may be the customer's own.
    """
    return _parsed(_FENCES.sub("", _THOUGHTS.sub("", content.strip())))


def _checked(said: Any, keys: frozenset[str]) -> Choice | None:
    match said:
        case {"scenario": str(scenario), "confidence": (int() | float()) as confidence} if (
            scenario in keys and not isinstance(confidence, bool) and 0 <= confidence <= 1
        ):
            return Choice(
                scenario=scenario,
                confidence=float(confidence),
                reasoning=_reasoning(said.get("reasoning")),
                urgency=_urgency(said.get("urgency")),
            )
        case _:
            return None


def _reasoning(said: Any) -> str:
    line = " ".join(_CONTROL.sub(" ", said).split()) if isinstance(said, str) else ""
    return line if len(line) <= REASONING_SIGNS else f"{line[: REASONING_SIGNS - 1]}…"


def _urgency(said: Any) -> Priority | None:
    return next((level for level in get_args(Priority) if level == said), None)
