"""Which part is given to which: the whole product on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from bot.school import School
from bot.settings import Settings
from handlers.http.cors import Cors
from handlers.http.door import Door
from handlers.http.health import HealthRoutes
from handlers.http.insight import InsightRoute
from handlers.http.messages import MessagesApi
from handlers.http.metrics import MetricsRoute
from handlers.http.registration import Registration
from handlers.http.webhook import WebhookRoute
from handlers.telegram.courier import Courier
from handlers.telegram.dispatcher import dispatcher
from handlers.telegram.gate import Gate
from handlers.telegram.polling import Polling
from services.addresses import Addresses
from services.alarms import Alarms
from services.answers import Answers
from services.batches import Batches
from services.correspondence import Correspondence
from services.courtesies import Courtesies
from services.decisions import Policy
from services.delivery import Delivery
from services.desk import Desk
from services.editing import Editor
from services.fates import Fates
from services.figures import Counting
from services.group import Group
from services.health import Check, Health, Vitals
from services.insight import Insight
from services.intake import Intake
from services.judgements import Judgements
from services.knowledge import Knowledge
from services.outgoing import GROUP, PRIVATE
from services.patience import Patience
from services.questions import Questions
from services.reachability import Reachability
from services.reception import Reception
from services.reports import Reports
from services.statistics import Statistics
from services.templates import Templates
from services.turns import Turns
from services.worker import Post, Worker
from storage.store import Store

INBOX_AT_ONCE = 32
SPARE = 16
"""Conversations that go on while every turn of the model is taken."""
PRIVATE_AT_ONCE = 32
GROUP_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What running needs to hold in its hands."""

    store: Store
    bot: Bot
    courier: Courier
    knowledge: Knowledge
    group: Group
    patience: Patience
    intake: Intake
    polling: Polling
    inbox: Worker
    outbox: tuple[Worker, ...]
    web: web.Application
    door: Door
    registration: Registration | None
    """In webhook mode."""


def assemble(settings: Settings, store: Store, *, school: School, webhook_secret: str) -> Parts:
    """Build every part. Nothing runs and nothing is sent yet."""
    token = settings.telegram.token
    if token is None:
        raise RuntimeError("settings without a token belong to the playground")
    server = TelegramAPIServer.from_base(settings.telegram.api_url)
    bot = Bot(token=token.get_secret_value(), session=AiohttpSession(api=server, limit=100))
    team = settings.app.language
    has_group = settings.operators.chat_id is not None
    app_version = version("support-bot")

    courier = Courier(bot)
    group = Group(store=store, wire=courier, chat_id=settings.operators.chat_id)
    alarms = Alarms(has_group=has_group, admin_ids=settings.telegram.admin_ids, language=team)
    knowledge = Knowledge(store=store, school=school)
    answers = Answers(
        templates=Templates(),
        service=settings.service_name,
        hours=settings.service.working_hours,
        timezone=ZoneInfo(settings.app.timezone),
    )
    policy = Policy(answer_at=settings.classifier.answer_at, clarify_at=settings.classifier.clarify_at)
    pause = timedelta(seconds=settings.classifier.pause_s)
    reception = Reception(
        store=store,
        knowledge=knowledge,
        answers=answers,
        policy=policy,
        per_minute=settings.limits.customer_per_minute,
        pause=pause,
        team_language=team,
    )
    questions = Questions(store=store, reception=reception, pause=pause)
    intake = Intake(store=store, alarms=alarms)
    door = Door()
    registration = None
    if settings.telegram.mode == "webhook" and settings.telegram.webhook_url is not None:
        registration = Registration(
            bot=bot, address=settings.telegram.webhook_url, secret=webhook_secret, intake=intake
        )
    vitals = Vitals(store=store, intake=intake, has_group=has_group)
    health = Health(
        {
            "database": vitals.database,
            "openai": school.check,
            "webhook": registration.check if registration else _webhook_disabled,
            "operators": vitals.operators,
            "intake": door.check if registration else vitals.intake,
            "inbox": vitals.inbox,
            "outbox": vitals.outbox,
        }
    )
    routing = dispatcher(
        reception=reception,
        courtesies=Courtesies(store=store, reception=reception),
        judgements=Judgements(store=store, reception=reception, knowledge=knowledge),
        reachability=Reachability(store=store),
        desk=Desk(store=store, team_language=team),
        group=group,
        reports=Reports(
            store=store,
            health=health,
            app=settings.app.name,
            version=app_version,
            team_language=team,
            has_group=has_group,
        ),
        editor=Editor(store=store, answers=answers, timezone=ZoneInfo(settings.app.timezone), team_language=team),
        statistics=Statistics(store=store, timezone=ZoneInfo(settings.app.timezone), team_language=team),
        admin_ids=frozenset(settings.telegram.admin_ids),
        team_language=team,
    )
    gate = Gate(bot=bot, dispatcher=routing)
    fates = Fates(store=store, group=group, traffic=courier.traffic, alarms=alarms, team_language=team)
    delivery = Delivery(
        store=store,
        wire=courier,
        addresses=Addresses(store=store, wire=courier, group=group, team_language=team),
        batches=Batches(store=store),
        knowledge=knowledge,
        fates=fates,
        alarms=alarms,
        team_language=team,
    )

    def outbox(pool: str, at_once: int) -> Worker:
        return Worker(
            store=store,
            post=Post(queue="outbox", pool=pool, concurrency=at_once),
            act=delivery.deliver,
            alarms=alarms,
            rest=lambda: courier.traffic.rest(pool),
        )

    pages = web.Application(client_max_size=4 * 1024 * 1024)
    HealthRoutes(health=health, app_name=settings.app.name, version=app_version).add_to(pages)
    MetricsRoute(
        counting=Counting(store=store),
        health=health,
        duplicates=lambda: fates.duplicates_possible,
        engines=school.figures,
    ).add_to(pages)
    api_token = settings.http.api_token
    MessagesApi(
        correspondence=Correspondence(
            store=store, reception=reception, knowledge=knowledge, per_minute=settings.limits.customer_per_minute
        ),
        token=api_token.get_secret_value() if api_token else None,
        cors=Cors(settings.http.cors_origins),
        door=door,
    ).add_to(pages)
    if registration is not None:
        WebhookRoute(secret=webhook_secret, intake=intake, door=door).add_to(pages)
    if settings.playground.insight:
        InsightRoute(insight=Insight(store=store)).add_to(pages)
    return Parts(
        store=store,
        bot=bot,
        courier=courier,
        knowledge=knowledge,
        group=group,
        patience=Patience(store=store, wait=timedelta(minutes=settings.operators.remind_after_min), team_language=team),
        intake=intake,
        polling=Polling(bot=bot, intake=intake, long_poll_s=settings.telegram.long_poll_s),
        inbox=Worker(
            store=store,
            post=Post(queue="inbox", pool="", concurrency=max(INBOX_AT_ONCE, settings.openai.max_concurrency + SPARE)),
            act=Turns(store=store, updates=gate.play, promises=questions.play).take,
            alarms=alarms,
        ),
        outbox=(outbox(PRIVATE, PRIVATE_AT_ONCE), outbox(GROUP, GROUP_AT_ONCE)),
        web=pages,
        door=door,
        registration=registration,
    )


async def _webhook_disabled() -> Check:
    return Check(status="disabled", facts={"configured": False})
