"""What somebody writes on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text with its formatting in Telegram's form."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()
