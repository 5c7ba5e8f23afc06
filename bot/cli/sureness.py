"""How sure is sure enough for the scenarios of files: by the record of the bot's database, where there is one."""

from __future__ import annotations

from functools import partial

from bot.cli.database import work
from bot.cli.shell import Refusal
from bot.policies import configured, policy_by_record
from bot.settings import Settings
from services.autopilot.policies import policy_of
from services.classify.sureness import Policy
from storage.records import Pack


def policy_by_files(settings: Settings, pack: Pack) -> Policy:
    """Return what holds there. `settings`: with the database that is meant."""
    try:
        return work(settings, partial(policy_by_record, settings, scenarios=pack.scenarios))
    except Refusal:
        learns = settings.autopilot.moves_threshold
        return policy_of(configured(settings), pack.scenarios, ()) if learns else configured(settings)
