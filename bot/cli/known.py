"""What a command that goes by the scenario files takes from the bot's database, where there is one that answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import click

from bot.cli.database import work
from bot.cli.shell import Refusal
from bot.policies import configured, policy_by_record
from bot.settings import Settings
from services.autopilot.policies import policy_of
from services.classify.sureness import Policy
from services.scenarios.fact_values import load_facts
from services.scenarios.facts import Facts, facts_of
from storage.engines import sqlite_file
from storage.records import Pack
from storage.store import Store

WITHIN_S: Final = 2.0
"""Whoever tries a question is not kept waiting for a server that is away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How sure is sure enough, and what the business has told of itself."""

    policy: Policy
    facts: Facts


def known_by_files(settings: Settings, pack: Pack) -> Known:
    """Return what holds for the scenarios of files. `settings`: with the database that is meant.

    Where it does not answer, one line says so, and the files and settings are all there is.
    """
    file = sqlite_file(settings.database.url.get_secret_value())
    if file is not None and not file.exists():
        return _of_settings(settings, pack)  # nothing has been kept yet
    try:
        return work(settings, partial(_of_database, settings, pack), within_s=WITHIN_S)
    except Refusal as refusal:
        click.echo(f"support-bot: by the files and settings alone: {refusal.message}", err=True)
        return _of_settings(settings, pack)


async def _of_database(settings: Settings, pack: Pack, store: Store) -> Known:
    stored = (await load_facts(store)).stored
    policy = await policy_by_record(settings, store, scenarios=pack.scenarios)
    return Known(policy=policy, facts=replace(facts_of(pack.facts, (), settings.facts), stored=stored))


def _of_settings(settings: Settings, pack: Pack) -> Known:
    learns = settings.autopilot.moves_threshold
    policy = policy_of(configured(settings), pack.scenarios, ()) if learns else configured(settings)
    return Known(policy=policy, facts=facts_of(pack.facts, (), settings.facts))
