"""Why something was decided, as values: read in any language later, whatever the team spoke that day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SAID: Final = "said"
"""The key of words that a model has found itself; `text` holds them."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One sentence: the key of its text, and what is filled in there."""

    key: str
    fields: Mapping[str, str] = field(default_factory=dict)


Grounds = tuple[Ground, ...]


def ground(key: str, **fields: object) -> Ground:
    return Ground(key, {name: str(value) for name, value in fields.items()})


def encode(grounds: Grounds) -> str | None:
    """Return them as they are stored; None where there are none."""
    told = [{"key": one.key, **one.fields} for one in grounds]
    return json.dumps(told, ensure_ascii=False) if told else None


def decode(stored: str | None) -> Grounds:
    told = json.loads(stored) if stored else []
    return tuple(Ground(one["key"], {name: one[name] for name in one if name != "key"}) for one in told)
