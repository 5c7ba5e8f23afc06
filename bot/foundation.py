"""What everything else of a process stands on: settings, memory, people, knowledge, and the way to Telegram.

It knows nothing of what is built on it; `wiring.py` does that.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from typing import Final

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from bot.desk import DeskParts
from bot.engines import Engines
from bot.policies import policies_of
from bot.settings import Settings
from bot.team import team_of
from handlers.http.shutdown_gate import ShutdownGate
from handlers.telegram.courier import Courier
from handlers.telegram.session import Session
from services.autopilot.policies import Policies
from services.classify.verdict import LOCAL
from services.delivery.administrators import Administrators
from services.delivery.group_budget import Budget
from services.delivery.group_minute import SECONDS
from services.delivery.members import Members
from services.delivery.operator_groups import Groups
from services.queues.alerts import Alerts
from services.queues.troubles import Troubles
from services.scenarios.answers import Answers
from services.scenarios.knowledge import Knowledge
from services.templates import Templates
from storage.store import Store

CONNECTIONS: Final = 256
"""All calls that may hang at once, and room for the rest."""
MINUTE_S: Final = SECONDS


class Foundation:
    """Each part is made when it is first asked for. Nothing runs and nothing is sent by making it."""

    def __init__(
        self, settings: Settings, store: Store, *, engines: Engines, webhook_secret: str, secret_key: str
    ) -> None:
        self.settings = settings
        self.engines = replace(engines, policy=lambda: self.policies.of(LOCAL))
        self.webhook_secret = webhook_secret
        self.secret_key = secret_key
        self.team = team_of(settings)
        self.version = version("support-bot")
        self.store = store
        self.shutdown = ShutdownGate()

    @cached_property
    def bot(self) -> Bot:
        token = self.settings.telegram.token
        if token is None:
            raise RuntimeError("settings without a token belong to the playground")
        server = TelegramAPIServer.from_base(self.settings.telegram.api_url)
        return Bot(token=token.get_secret_value(), session=Session(api=server, limit=CONNECTIONS))

    @cached_property
    def courier(self) -> Courier:
        return Courier(self.bot, self.budget)

    @cached_property
    def budget(self) -> Budget:
        return Budget(store=self.store, seconds=MINUTE_S, pool_at=lambda chat: self.groups.pool_at(chat))  # noqa: PLW0108  # made later

    @cached_property
    def groups(self) -> Groups:
        first, others = self.settings.operators.chat_id, self.team.other_groups
        return Groups(store=self.store, messenger=self.courier, chat_id=first, others=others)

    @cached_property
    def members(self) -> Members:
        return Members(store=self.store, messenger=self.courier)

    @cached_property
    def admins(self) -> Administrators:
        return Administrators(
            store=self.store,
            messenger=self.courier,
            groups=self.groups,
            ids=lambda: self.team.admins,
            of_groups=self.settings.telegram.group_admins,
        )

    @cached_property
    def alerts(self) -> Alerts:
        return Alerts(team=self.team)

    @cached_property
    def troubles(self) -> Troubles:
        return Troubles(store=self.store, alerts=self.alerts)

    @cached_property
    def knowledge(self) -> Knowledge:
        said, start = self.settings.facts, self.settings.autopilot.start
        return Knowledge(store=self.store, engines=self.engines, settings=said, start=start)

    @cached_property
    def answers(self) -> Answers:
        return Answers(
            templates=Templates(),
            service=self.settings.service_name,
            team=self.team,
            facts=lambda: self.knowledge.facts,
            business=lambda: self.knowledge.business,
        )

    @cached_property
    def policies(self) -> Policies:
        return policies_of(self.settings, self.store, lambda: self.knowledge.scenarios)

    @cached_property
    def desk(self) -> DeskParts:
        return DeskParts(
            store=self.store,
            knowledge=self.knowledge,
            answers=self.answers,
            members=self.members,
            signature=self.settings.operators.signature,
            team=self.team,
            late=self.budget.late,
        )
