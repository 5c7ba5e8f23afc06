"""The name of a pack's contents: what teaches and says the same has the same version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from storage.records import Answer, BackgroundLine, Fact, Scenario


def pack_version(
    scenarios: Iterable[Scenario], background: Iterable[BackgroundLine], facts: Iterable[Fact] = ()
) -> str:
    """Sixteen hex digits; the order of files and phrases does not matter, the order of templates does."""
    contents: dict[str, Any] = {
        "scenarios": sorted((_canonical(scenario) for scenario in scenarios), key=lambda each: str(each["key"])),
        "background": sorted([line.language, line.text] for line in background),
    }
    if asked := sorted((asdict(fact) for fact in facts), key=lambda each: str(each["key"])):
        contents["facts"] = asked
    text = json.dumps(contents, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:16]


def _canonical(scenario: Scenario) -> dict[str, Any]:
    answers = [_canonical_answer(answer) for answer in scenario.answers]
    return ({"answers": answers} if answers else _mode(scenario)) | {
        "key": scenario.key,
        "title": dict(scenario.title),
        "description": scenario.description,
        "priority": scenario.priority,
        "action": scenario.action,
        "examples": {language: sorted(phrases) for language, phrases in scenario.examples.items()},
        "templates": [asdict(template) for template in scenario.templates],
    }


def _canonical_answer(answer: Answer) -> dict[str, Any]:
    return _mode(answer) | {
        "key": answer.key,
        "title": dict(answer.title),
        "priority": answer.priority,
        "action": answer.action,
        "examples": {language: sorted(phrases) for language, phrases in answer.examples.items()},
        "templates": [asdict(template) for template in answer.templates],
    }


def _mode(part: Scenario | Answer) -> dict[str, Any]:
    """Return what is said of its mode; `auto` is silent, so that packs keep the versions that they always had."""
    return {"mode": part.mode} if part.mode not in {None, "auto"} else {}
