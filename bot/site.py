"""The chat of a site: its parts, and which is given to which."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from aiohttp import web

from bot.wiring import Parts
from handlers.http.desk import operations
from handlers.http.desk.operations import Operation
from handlers.http.guard import open_to
from handlers.http.widget.events import WidgetEvents
from handlers.http.widget.gate import Gate
from handlers.http.widget.routes import WidgetRoutes
from handlers.http.widget.script import WidgetScript
from services.api.site_chat import SiteChat
from services.api.visitors import Visitors
from services.dashboard.site_news import SiteNews


class SiteWidget:
    """The script, and the routes that it asks."""

    def __init__(self, parts: Parts) -> None:
        settings, store = parts.settings, parts.store
        chat = SiteChat(store=store, reception=parts.reception, per_minute=settings.limits.customer_per_minute)
        news = SiteNews(chat=chat, live_updates=parts.dashboard.live_updates)
        gate = Gate(visitors=Visitors(secret_key=parts.secret_key), enabled=settings.widget.enabled, now=store.now)
        self._routes = WidgetRoutes(
            gate=gate,
            chat=chat,
            choices=parts.presses.choices,
            news=news,
            media=parts.dashboard.media,
            shutdown=parts.shutdown,
            title=settings.widget.title or settings.service_name,
            ask=settings.widget.ask,
        )
        self._events = WidgetEvents(gate=gate, news=news)
        self._script = WidgetScript(gate=gate)

    @cached_property
    def _operations(self) -> tuple[Operation, ...]:
        return (*self._routes.operations(), *self._events.operations())

    def operations(self) -> Iterator[Operation]:
        """Yield what is described."""
        yield from self._operations

    def add_to(self, app: web.Application) -> None:
        operations.add(app, self._operations)
        for path in sorted({one.path for one in self._operations}):
            app.router.add_route("OPTIONS", path, _asked_first)
        self._script.add_to(app)


@open_to("sites")
async def _asked_first(_request: web.Request) -> web.StreamResponse:
    """What a browser asks before a page of another origin may ask; the guard answers it."""
    return web.Response(status=204)
