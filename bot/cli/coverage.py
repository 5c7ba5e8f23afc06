"""What the bot would make of what customers have asked so far, or of an owner's test questions; no model is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.cli import engine
from bot.cli.database import work
from bot.cli.known import known_by_files
from bot.cli.shell import Refusal
from bot.engines import reading
from bot.policies import policy_by_record
from bot.settings import Settings
from services.classify.sureness import Policy
from services.evaluation.coverage import MOST, Coverage, coverage
from services.scenarios.fact_values import load_facts
from services.scenarios.facts import Facts
from services.scenarios.knowledge import load
from storage.engines import sqlite_file
from storage.records import Pack
from storage.store import Store

Asked = Sequence[tuple[str, str]]


def coverage_lines(settings: Settings, pack: Pack, questions: Path | None) -> list[str]:
    """Return what to tell: of the questions in a file by these scenarios, else of customers' messages by the bot's."""
    if questions is not None:
        mine: Asked = [(line, settings.app.language) for line in _read(questions)]
        facts = Facts(definitions={fact.key: fact for fact in pack.facts}, settings=settings.facts)
        return _told(
            asyncio.run(_covered(settings, pack, facts, mine, known_by_files(settings, pack).policy)),
            f"the questions in {questions.name}",
        )
    file = sqlite_file(settings.database.url.get_secret_value())
    if file is not None and not file.exists():
        return []  # there is no bot yet whose customers could have asked
    pack, facts, asked, policy = work(settings, partial(known, settings))
    if not asked:
        return ["no customer has asked yet: --questions FILE counts on questions of your own, one a line"]
    return _told(asyncio.run(_covered(settings, pack, facts, asked, policy)), "the last messages of customers")


async def known(settings: Settings, store: Store) -> tuple[Pack, Facts, Asked, Policy]:
    """Return what the bot of a database knows, what customers have asked it, and how sure is sure enough there."""
    asked = await store.read(lambda unit: unit.messages.asked_lately(most=MOST))
    pack = await load(store)
    policy = await policy_by_record(settings, store, scenarios=pack.scenarios)
    return pack, await load_facts(store), asked, policy


async def _covered(settings: Settings, pack: Pack, facts: Facts, asked: Asked, policy: Policy) -> Coverage:
    local = reading(engine.local(settings, pack), pack, policy=lambda: policy, language=settings.app.language)
    by_key = {scenario.key: scenario for scenario in pack.scenarios}
    return await coverage(asked, local.classify, by_key.get, policy, facts)


def _told(found: Coverage, what: str) -> list[str]:
    return [
        f"of {what} ({found.n}) the bot would",
        f"  answer by itself        {found.share(found.answered):>3} %",
        f"  ask back or suggest     {found.share(found.suggested):>3} %",
        f"  leave to people         {found.share(found.people):>3} %",
    ]


def _read(file: Path) -> list[str]:
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            f"{file}: cannot be read ({type(error).__name__}); name a text file, one question a line"
        ) from None
    if not (found := [line.strip() for line in lines if line.strip()]):
        raise Refusal(f"{file}: no question in it; write one a line")
    return found
