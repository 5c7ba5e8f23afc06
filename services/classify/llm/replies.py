"""Reads a chat completion. Whatever it holds, what comes out is a choice of ours or a reason: nothing else gets in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, get_args

from services.classify.llm.failures import Reason
from services.classify.llm.prices import Usage
from storage.closed_sets import LANGUAGES, Priority

REASONING_SIGNS: Final = 300
BODY_BYTES: Final = 1_000_000
_FENCES: Final = re.compile(r"\A```(?:json)?|```\Z", re.IGNORECASE)
_THOUGHTS: Final = re.compile(r"\A(?:<think(?:ing)?>)?(?:(?!<think(?:ing)?>).)*?</think(?:ing)?>\s*", re.DOTALL)
"""Some servers swallow the opening."""
_THINKING: Final = re.compile(r"</?think(?:ing)?>")
_DECODER: Final = json.JSONDecoder()
_OBJECTS: Final = 50
"""Beginnings of an object that are looked at, in an answer that is more than one."""
Check = Callable[[Any], "Choice | Proposed | None"]
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the model chose, checked."""

    scenario: str
    confidence: float
    reasoning: str
    urgency: Priority | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """Phrasings that the model proposed, by language."""

    lines: Mapping[str, tuple[str, ...]]


Told = Choice | Proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A completion: what it cost in tokens, and the choice or why there is none."""

    usage: Usage
    choice: Told | Reason
    speechless: bool = False
    """Cut off before the first word: thoughts took all the room."""


def read(body: bytes, keys: frozenset[str], *, echoes: bool = False, proposes: bool = False) -> Reply:
    """Never raises. `echoes`: the customer wrote what looks like a verdict, so only one that stands alone counts.

    `proposes`: phrasings were asked for, and no verdict.
    """
    check = _proposed if proposes else partial(_checked, keys=keys)
    completion = _parsed(body.decode("utf-8", "replace")) if len(body) <= BODY_BYTES else None
    if not isinstance(completion, dict):
        return Reply(usage=Usage(), choice="garbled")
    choices = completion.get("choices")
    choice = _choice(choices, check, alone=echoes)
    speechless = choice == "truncated" and not _spoken(choices)
    return Reply(usage=_usage(completion.get("usage")), choice=choice, speechless=speechless)


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


def _choice(choices: Any, check: Check, *, alone: bool) -> Told | Reason:
    match choices:
        case [{"finish_reason": "content_filter"}, *_]:
            return "refused"
        case [{"message": {"refusal": str(refusal)}}, *_] if refusal:
            return "refused"
        case [{"message": dict() as message, **rest}, *_]:
            cut = rest.get("finish_reason") == "length"
            found = (_found(words, check, alone=alone) for words in said_in(message))
            return next(filter(None, found), "truncated" if cut else "off_schema")
        case [{"finish_reason": "length"}, *_]:
            return "truncated"
        case _:
            return "garbled"


def said_in(message: Mapping[str, Any]) -> list[str]:
    """Return where servers put the model's words: the content, a call of a tool, or thoughts that nothing followed."""
    content = _text(message.get("content"))
    if content.strip():
        return [content]
    calls = message.get("tool_calls")
    called = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    arguments = [
        _arguments(one.get("arguments")) for one in [*called, message.get("function_call")] if isinstance(one, dict)
    ]
    thoughts = [_text(message.get(name)) for name in ("reasoning_content", "reasoning")]
    return [words for words in (*arguments, *thoughts) if words.strip()]


def _text(content: Any) -> str:
    """Return content as it is, or the text of its parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = [part if isinstance(part, str) else part.get("text") for part in parts if isinstance(part, (str, dict))]
    return "".join(text for text in texts if isinstance(text, str))


def _arguments(said: Any) -> str:
    return json.dumps(said) if isinstance(said, dict) else _text(said)


def _spoken(choices: Any) -> bool:
    """Whether anything but thoughts was said."""
    match choices:
        case [{"message": {"content": content}}, *_]:
            words = _THOUGHTS.sub("", _text(content).strip())
            return bool(words) and _THINKING.match(words) is None
        case _:
            return False


def _found(content: str, check: Check, *, alone: bool) -> Told | None:
    """Return the verdict in an answer: all of it, or the only one in it.

    One among other words may be the customer's own: two that differ are none.
    """
    words = _THOUGHTS.sub("", content.strip())
    whole = check(_parsed(_FENCES.sub("", words)))
    if whole is not None or alone or _THINKING.search(words):
        return whole
    choices = [choice for choice in (check(said) for said in _objects(words)) if choice is not None]
    return choices[-1] if len(choices) == 1 or _agree(choices) else None


def _agree(found: Sequence[Told]) -> bool:
    """Whether several verdicts are one."""
    return len({one.scenario if isinstance(one, Choice) else id(one) for one in found}) == 1


def _objects(words: str) -> Iterator[Any]:
    """Yield the JSON objects that stand in a text."""
    at = words.find("{")
    for _ in range(_OBJECTS):
        if at < 0:
            return
        try:
            said, end = _DECODER.raw_decode(words, at)
        except (ValueError, RecursionError):
            at = words.find("{", at + 1)
        else:
            yield said
            at = words.find("{", end)


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


def _proposed(said: Any) -> Proposed | None:
    if not isinstance(said, dict):
        return None
    listed = {code: lines for code in LANGUAGES if isinstance(lines := said.get(code), list)}
    found: dict[str, tuple[str, ...]] = {
        code: tuple(_reasoning(one) for one in lines if isinstance(one, str)) for code, lines in listed.items()
    }
    return Proposed(found) if found else None


def _reasoning(said: Any) -> str:
    line = " ".join(_CONTROL.sub(" ", said).split()) if isinstance(said, str) else ""
    return line if len(line) <= REASONING_SIGNS else f"{line[: REASONING_SIGNS - 1]}…"


def _urgency(said: Any) -> Priority | None:
    return next((level for level in get_args(Priority) if level == said), None)
