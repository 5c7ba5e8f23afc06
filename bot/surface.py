"""The HTTP surface: which routes there are, and what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from aiohttp import web

from bot.site import SiteWidget
from bot.wiring import Parts
from handlers.http.confidence import Confidence
from handlers.http.guard import guarded
from handlers.http.health import HealthRoutes
from handlers.http.insight import InsightRoute
from handlers.http.messages import MessagesApi
from handlers.http.messages_described import MESSAGES
from handlers.http.metrics import MetricsRoute
from handlers.http.openapi import OpenApiRoute
from handlers.http.tokens import Token
from handlers.telegram.webhook import WebhookRoute
from services.api.insight import Insight
from services.api.messages import ApiConversations
from services.health.hosts import is_loopback
from services.reports.metrics import Counting


class Routes(Protocol):
    """A part of the surface: health, metrics, API, webhook."""

    def add_to(self, app: web.Application) -> None: ...


def pages(parts: Parts) -> web.Application:
    """Return the application with all routes that the settings ask for."""
    http = parts.settings.http
    token = Token(http.api_token.get_secret_value()) if http.api_token else None
    app = guarded(
        token=token,
        origins=http.cors_origins,
        visits=parts.dashboard.visits,
        proxies=http.proxies,
        own=http.public_url,
    )
    for routes in _routes(parts, Confidence(token=token, on_loopback=is_loopback(http.host))):
        routes.add_to(app)
    return app


def _routes(parts: Parts, confidence: Confidence) -> Iterator[Routes]:
    yield HealthRoutes(
        health=parts.health, app_name=parts.settings.app.name, version=parts.version, confidence=confidence
    )
    yield MetricsRoute(
        counting=Counting(store=parts.store),
        health=parts.health,
        engines=parts.engines.figures,
        confidence=confidence,
    )
    yield _api(parts)
    yield parts.dashboard
    yield (site := SiteWidget(parts))
    described = [*MESSAGES, *parts.dashboard.operations(), *site.operations()]
    server = (parts.settings.http.public_url or "").rstrip("/") or "/"
    yield OpenApiRoute(described=described, title=parts.settings.app.name, version=parts.version, server=server)
    if parts.registration is not None:
        yield WebhookRoute(secret=parts.webhook_secret, intake=parts.intake, shutdown=parts.shutdown)
    if parts.settings.playground.insight:
        yield InsightRoute(insight=Insight(store=parts.store), knowledge=parts.knowledge)


def _api(parts: Parts) -> MessagesApi:
    return MessagesApi(
        conversations=ApiConversations(
            store=parts.store,
            reception=parts.reception,
            knowledge=parts.knowledge,
            per_minute=parts.settings.limits.customer_per_minute,
        ),
        choices=parts.presses.choices,
        shutdown=parts.shutdown,
    )
