"""What the memory holds, as frozen values; std only, so that reading them costs no import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = str
"""`ru` or `en`: an ISO 639-1 code."""

Priority = Literal["low", "medium", "high", "critical"]
Action = Literal["answer", "escalate", "answer_and_escalate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One wording of an answer: Jinja2 source, checked before it is stored."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One kind of question, as `scenarios/*.toml` describes it."""

    key: str
    title: Mapping[Language, str]
    description: str
    priority: Priority
    action: Action
    examples: Mapping[Language, tuple[str, ...]]
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundLine:
    """A line that belongs to no scenario: it teaches the classifier what it does not know."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that the classifier and the responder know; the same pack always has the same version."""

    scenarios: tuple[Scenario, ...]
    background: tuple[BackgroundLine, ...]
    version: str
    """Hex digest of the contents: two packs with one version teach the same."""
