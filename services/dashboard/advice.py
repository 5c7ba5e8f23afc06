"""What is wrong with a part of the bot, and what to do next: in words, for whoever looks at the state page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.health.checks import LATE_S, Check, Part
from services.texts import TextKey, label

GROUP: Final[dict[str, TextKey]] = {
    "no_access": "advice.no_access",
    "demoted": "advice.demoted",
    "no_topics": "advice.no_topics",
    "no_group": "advice.no_group",
}


def advice(part: Part, check: Check, language: str) -> list[str]:
    """Return what to do, the most important first; nothing where all is well."""
    if check.status in ("healthy", "disabled"):
        return [label("advice.no_group", language)] if part == "operators" and check.status == "disabled" else []
    return list(_advice(part, check, language)) or [label("advice.unknown", language)]


def _advice(part: Part, check: Check, language: str) -> Iterator[str]:
    facts = check.facts
    if part == "database":
        yield label("advice.database", language, what=facts.get("error", ""), fix=facts.get("fix", ""))
    elif part == "openai":
        why = label(check.reason, language) if check.reason else facts.get("error", "")
        yield label("advice.openai", language, why=why)
    elif part == "webhook":
        yield label(check.reason, language) if check.reason else label("advice.webhook", language)
    elif part == "operators":
        yield from (label(GROUP[one], language) for one in facts.get("troubles", ()) if one in GROUP)
    elif part == "business":
        yield from (label("advice.account", language, name=one["owner"]) for one in _lacking(facts, "accounts"))
        yield from (label("advice.channel", language, name=one["title"]) for one in _lacking(facts, "channels"))
    elif part == "intake":
        yield label("advice.contested" if facts.get("contested") else "advice.intake", language)
    else:
        if aside := facts.get("quarantined"):
            yield label("advice.aside", language, count=aside)
        if facts.get("oldest_s", 0) > LATE_S:
            yield label("advice.late", language, minutes=round(facts["oldest_s"] / 60))


def _lacking(facts: Mapping[str, Any], what: str) -> Iterator[Mapping[str, Any]]:
    """Yield the accounts, or the channels, in which the bot lacks a right."""
    return (one for one in facts.get(what, ()) if one["missing"])
