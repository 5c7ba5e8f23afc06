"""Which part is given to which: the whole product on one page."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from aiogram import Dispatcher

from bot.business import business_of
from bot.checks import health_of
from bot.connecting import Connecting
from bot.dashboard import Dashboard, dashboard_of
from bot.foundation import Foundation
from bot.lookups import lookups, makers
from bot.outbound import Outbound
from bot.presses import Presses
from handlers.telegram.dispatcher import dispatcher
from handlers.telegram.edits import edits
from handlers.telegram.gate import Gate
from handlers.telegram.plain import Plain
from handlers.telegram.polling import Polling
from handlers.telegram.registration import Registration
from handlers.telegram.toasts import Spinners
from services.autopilot import figures
from services.customers.answering import Answering
from services.customers.commands import Commands
from services.customers.debounce import Debounce
from services.customers.edits import Corrections
from services.customers.reachability import Reachability
from services.customers.reception import Reception
from services.customers.reopening import Reopening
from services.customers.sessions import Sessions
from services.customers.situations import Situations
from services.desk.alarm_clock import AlarmClock
from services.desk.timetable import Timeouts
from services.editing import Editor
from services.health.checks import Health, Vitals
from services.privacy.retention import Retention
from services.queues.dispatch import Dispatch
from services.queues.intake import Intake
from services.queues.worker import Worker, WorkSource

INBOX_AT_ONCE: Final = 32
SPARE: Final = 16
"""Conversations that go on while every turn of the model is taken."""


class Parts(Foundation):
    """Every part of one process. Like those below, each is made when it is first asked for."""

    @cached_property
    def sessions(self) -> Sessions:
        per_minute, quiet = self.settings.limits.customer_per_minute, self.settings.operators.quiet
        situations = Situations(per_minute=per_minute, quiet=quiet)
        return Sessions(knowledge=self.knowledge, answers=self.answers, situations=situations, team=self.team)

    @cached_property
    def answering(self) -> Answering:
        return Answering(
            store=self.store,
            sessions=self.sessions,
            knowledge=self.knowledge,
            answers=self.answers,
            policy=self.policies.of,
            late_after=self.settings.limits.late_after,
            team=self.team,
        )

    @cached_property
    def reception(self) -> Reception:
        return Reception(
            store=self.store, sessions=self.sessions, answering=self.answering, pause=self.settings.classifier.pause
        )

    @cached_property
    def connecting(self) -> Connecting:
        return Connecting(self)

    @cached_property
    def alarm_clock(self) -> AlarmClock:
        operators, hours = self.settings.operators, lambda: self.knowledge.facts.hours
        timeouts = Timeouts(remind=operators.remind, close_after=operators.close_after)
        return AlarmClock(store=self.store, timeouts=timeouts, team=self.team, hours=hours)

    @cached_property
    def retention(self) -> Retention:
        return Retention(store=self.store, **self.settings.retention.model_dump())

    @cached_property
    def dashboard(self) -> Dashboard:
        return dashboard_of(self, self.health)

    # What comes in.

    @cached_property
    def intake(self) -> Intake:
        return Intake(store=self.store, troubles=self.troubles, groups=self.groups, turned_away=self.spinners.stop)

    @cached_property
    def spinners(self) -> Spinners:
        return Spinners(bot=self.bot, team=self.team)

    @cached_property
    def polling(self) -> Polling:
        return Polling(bot=self.bot, intake=self.intake, long_poll_s=self.settings.telegram.long_poll_s)

    @cached_property
    def registration(self) -> Registration | None:
        """In webhook mode: how Telegram knows where to deliver."""
        telegram = self.settings.telegram
        if telegram.mode != "webhook" or telegram.webhook_url is None:
            return None
        return Registration(bot=self.bot, address=telegram.webhook_url, secret=self.webhook_secret, intake=self.intake)

    @cached_property
    def presses(self) -> Presses:
        return Presses(store=self.store, sessions=self.sessions, knowledge=self.knowledge, team=self.team)

    @cached_property
    def routing(self) -> Dispatcher:
        store, team = self.store, self.team
        return dispatcher(
            reception=self.reception,
            commands=Commands(store=store, reception=self.reception, sessions=self.sessions),
            corrections=Corrections(store=store, reception=self.reception, sessions=self.sessions, edits=edits),
            reachability=Reachability(store=store),
            groups=self.groups,
            troubles=self.troubles,
            editor=Editor(store=store, answers=self.answers, team=team, performance=figures.told),
            admins=self.admins,
            team=team,
            **lookups(self, self.dashboard, self.health),
            **self.connecting.named(),
            **self.presses.named(),
            **self.desk.named(),
            **business_of(self),
        )

    @cached_property
    def inbox(self) -> Worker:
        store, plain = self.store, Plain(reception=self.reception, groups=self.groups, admins=self.admins)
        gate = Gate(bot=self.bot, dispatcher=self.routing, plain=plain)
        pause = self.settings.classifier.pause
        questions = Debounce(store=store, sessions=self.sessions, answering=self.answering, pause=pause)
        reopening = Reopening(store=store, sessions=self.sessions)
        at_once = max(INBOX_AT_ONCE, self.settings.openai.max_concurrency + SPARE)
        return Worker(
            store=self.store,
            source=WorkSource(queue="inbox", pool="", concurrency=at_once, fair=True),
            act=Dispatch(store=self.store, updates=gate.play, answers=questions.play, reopenings=reopening.play).take,
            alerts=self.alerts,
            rest=self.intake.rest,
        )

    # What goes out.

    @cached_property
    def outbound(self) -> Outbound:
        return Outbound(
            store=self.store,
            courier=self.courier,
            budget=self.budget,
            groups=self.groups,
            alerts=self.alerts,
            troubles=self.troubles,
            knowledge=self.knowledge,
            menus=self.desk.menus,
            team=self.team,
            makers=makers(self.store),
            desk_wanted=self.settings.operators.desk_message,
            icons_wanted=self.settings.operators.topic_icons,
            links=self.dashboard.links,
        )

    # What tells how it goes.

    @cached_property
    def health(self) -> Health:
        vitals = Vitals(store=self.store, intake=self.intake, team=self.team, troubles=self.troubles)
        return health_of(self, vitals, self.registration)
