"""The language model, if one is configured."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.engines import PRICE_IT, lacks_price, llm_settings, mode_of
from bot.settings import Settings
from services.classify.llm import LlmClassifier, LlmUnavailable, Provider, Reason
from services.classify.verdict import Question
from services.scenarios.packs import inspect_pack
from services.texts import label, text_key
from storage.records import Pack

SUBJECT: Final = "openai"
LANGUAGE: Final = "en"
"""The doctor's own."""
SLOW_S: Final = 30.0
"""Longer than the bot itself waits: to tell a slow server from one that is not there."""

_FIXES: Final[Mapping[Reason, str]] = {
    "timeout": "choose a faster model or raise openai.timeout_s; until then the local engine answers",
    "connection": "check openai.base_url; until then the local engine answers",
    "rate_limited": "wait, or ask its operator for a higher limit; until then the local engine answers",
    "no_credit": "pay in there; until then the local engine answers",
    "overloaded": "try again later; until then the local engine answers",
    "server_error": "try again later, or another model; until then the local engine answers",
    "unauthorized": "put a valid key into OPENAI_API_KEY",
    "region": "choose another openai.base_url",
    "rejected": "check openai.model and openai.base_url",
    "garbled": "check openai.base_url: most end in /v1",
    "refused": "choose another openai.model",
    "truncated": "choose an openai.model that thinks less",
    "off_schema": "choose another openai.model",
}


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Ask the model one real question, the way the bot asks: whether it can be reached says too little."""
    if mode_of(settings) is None:
        yield ok(SUBJECT, "not used: the local engine works alone")
        return
    pack = inspect_pack(settings.scenarios.path).pack
    question = _question(pack) if pack else None
    if pack is None or question is None:
        yield warn(SUBJECT, "not asked: there are no scenarios to choose from")
        return
    yield await _asked(settings, pack, question)


def examine_price(settings: Settings) -> Iterator[Finding]:
    if lacks_price(settings):
        model = settings.openai.model
        yield warn(SUBJECT, f"nobody knows what {model} costs, so openai.daily_budget_usd cannot hold", PRICE_IT)


def _question(pack: Pack) -> Question | None:
    """Take a phrase of ours: no customer's words are needed to see whether the model answers."""
    phrases = ((text, lang) for one in pack.scenarios for lang, texts in one.phrases.items() for text in texts)
    found = next(phrases, None)
    return Question(text=found[0], language=found[1]) if found else None


async def _asked(settings: Settings, pack: Pack, question: Question) -> Finding:
    own = llm_settings(settings)
    # One call costs far less than a cent; the budget belongs to customers.
    provider = Provider(replace(own, timeout_s=max(own.timeout_s, SLOW_S), daily_budget_usd=None))
    began = time.perf_counter()
    try:
        verdict = await LlmClassifier(pack=pack, provider=provider, language=LANGUAGE).classify(question)
    except LlmUnavailable as failure:
        return _failed(settings, failure.reason)
    finally:
        await provider.aclose()
    seconds = time.perf_counter() - began
    words = (
        f"{settings.openai.model} at {settings.openai.base_url} chose {verdict.scenario} for a test question in "
        f"{seconds * 1000:.0f} ms ({verdict.spent.tokens_in} tokens in, {verdict.spent.tokens_out} out; "
        f"asked with {provider.dialect})"
    )
    if seconds > own.timeout_s:
        return fail(SUBJECT, f"{words}: too slow for openai.timeout_s = {own.timeout_s:g}", _FIXES["timeout"])
    return ok(SUBJECT, words)


def _failed(settings: Settings, reason: Reason) -> Finding:
    """Report a failure; a server that is away may come back, everything else has to be mended."""
    say = warn if reason == "connection" else fail
    why = label(text_key("model", reason), LANGUAGE)
    words = f"{settings.openai.model} at {settings.openai.base_url} gave no verdict: {why}"
    return say(SUBJECT, f"{words} ({reason})", _FIXES.get(reason, "try again"))
