"""Further ways of asking the same, proposed by the model for an owner to tick. None is used before that."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from services.classify.llm.failures import LlmUnavailable
from services.classify.llm.prompt import Briefing, encoded, prompt_texts
from services.classify.llm.provider import Provider
from services.classify.llm.replies import Proposed
from services.classify.masking.masking import mask
from services.classify.verdict import NOTHING, Spent
from storage.closed_sets import LANGUAGES, Language

EACH: Final = 6
"""Phrasings in a language: more than an owner reads are not ticked."""
LINE_SIGNS: Final = 150
Pay = Callable[[Spent], Awaitable[None]]
_MARK: Final = "["
"""Begins the placeholders of masking: a phrase with one asks for nothing that a customer would write."""


class Phrasings:
    """Asks the model; budget, masking and failures are those of every question to it."""

    def __init__(self, provider: Provider, *, pay: Pay) -> None:
        """`pay`: keeps what a question has cost, whether it was answered or not."""
        self._provider = provider
        self._pay = pay

    async def of(
        self, questions: Sequence[str], answer: str, languages: Sequence[Language]
    ) -> Mapping[Language, tuple[str, ...]]:
        """Return what customers could ask instead, by language. Raises `LlmUnavailable`."""
        hide = mask if self._provider.settings.mask else str
        data = {
            "questions": [hide(one)[:LINE_SIGNS] for one in questions[:EACH]],
            "answer": hide(answer)[:600],
            "languages": list(languages),
        }
        proposed = await self._proposed(f"<faq>\n{encoded(data)}\n</faq>")
        known = {_key(one) for one in questions}
        return {code: _usable(proposed.lines.get(code, ()), known) for code in languages}

    async def _proposed(self, data: str) -> Proposed:
        spent = NOTHING
        try:
            proposed, spent = await self._provider.propose(_briefing(), data)
        except LlmUnavailable as unavailable:
            spent = unavailable.spent
            raise
        finally:
            if spent.tokens_in or spent.tokens_out:
                await self._pay(spent)
        return proposed


def _usable(lines: Sequence[str], known: set[str]) -> tuple[str, ...]:
    """Return those that say something new; `known` takes them in."""
    found: list[str] = []
    for line in lines:
        said = " ".join(line.split())
        if said and len(said) <= LINE_SIGNS and _MARK not in said and _key(said) not in known:
            known.add(_key(said))
            found.append(said)
    return tuple(found[:EACH])


def _key(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" ?!.")


@lru_cache(maxsize=1)
def _briefing() -> Briefing:
    texts = prompt_texts()
    lines = {"type": "array", "items": {"type": "string"}}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, lines),
        "required": list(LANGUAGES),
        "additionalProperties": False,
    }
    system = texts["phrasings"].strip()
    written = texts["schema"].format(schema=json.dumps(schema, ensure_ascii=False))
    return Briefing(
        version=sha256(system.encode()).hexdigest()[:16],
        keys=frozenset(),
        system=system,
        system_with_schema=f"{system}\n{written}".strip(),
        schema=schema,
        proposes=True,
    )
