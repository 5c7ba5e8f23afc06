"""What a call costs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from services.classify.verdict import Spent

TABLE: Final = Path(__file__).with_name("prices.toml")
_VERSION: Final = re.compile(r"-(?:\d[\d-]*|latest)")
_MILLION: Final = 1_000_000
_SIGNS_A_TOKEN: Final = 3
"""Russian and English mixed; on the cautious side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """US dollars for a million tokens."""

    input: float
    cached: float
    output: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one call; `cached` ones are part of the prompt."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0


@lru_cache(maxsize=1)
def table() -> Mapping[str, Prices]:
    return {model: Prices(**figures) for model, figures in tomllib.loads(TABLE.read_text("utf-8")).items()}


def prices_of(model: str) -> Prices | None:
    """Look a model up by its name without maker and version (`openai/gpt-4o-2024-08-06`); None: not known."""
    name = model.rpartition("/")[2].lower()
    return next((price for known, price in table().items() if _is(name, known)), None)


def _is(name: str, known: str) -> bool:
    return name == known or (name.startswith(known) and _VERSION.fullmatch(name[len(known) :]) is not None)


def cost(usage: Usage, prices: Prices | None) -> float:
    if prices is None:
        return 0.0
    fresh = usage.prompt - usage.cached
    return (fresh * prices.input + usage.cached * prices.cached + usage.completion * prices.output) / _MILLION


def spent(usage: Usage, prices: Prices | None) -> Spent:
    return Spent(tokens_in=usage.prompt, tokens_out=usage.completion, cost_usd=cost(usage, prices))


def estimate(signs: int, answer_tokens: int, prices: Prices | None) -> float:
    """Guess the cost of a call before it is made, from the length of what is sent."""
    return cost(Usage(prompt=signs // _SIGNS_A_TOKEN, completion=answer_tokens), prices)
