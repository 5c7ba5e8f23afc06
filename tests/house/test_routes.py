"""Who may ask for what over HTTP: the list is here, so that an open route is opened on purpose."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.engines import open_engines
from bot.settings import load
from bot.surface import pages
from bot.wiring import Parts
from handlers.http.guard import Access, Guard, access_of
from storage.store import Store

EVERY_ROUTE: Final[dict[str, Access]] = {
    "/api/desk/audit": "admins",
    "/api/desk/audit/table": "admins",
    "/api/desk/labels": "admins",
    "/api/desk/labels/versions/{version}": "admins",
    "/api/desk/labels/{label}/undo": "admins",
    "/api/desk/aside": "admins",
    "/api/desk/choices": "visitors",
    "/api/desk/customers": "visitors",
    "/api/desk/actions": "visitors",
    "/api/desk/deeds": "visitors",
    "/api/desk/customers/{customer}": "visitors",
    "/api/desk/customers/{customer}/ban": "visitors",
    "/api/desk/customers/{customer}/erase": "admins",
    "/api/desk/customers/{customer}/export": "admins",
    "/api/desk/customers/{customer}/unban": "visitors",
    "/api/desk/customers/{customer}/lines": "visitors",
    "/api/desk/lines/{line}": "visitors",
    "/api/desk/lines/{line}/again": "visitors",
    "/api/desk/lines/{line}/file": "visitors",
    "/api/desk/lines/{line}/reaction": "visitors",
    "/api/desk/lines/{line}/take-back": "visitors",
    "/api/desk/lines/{line}/thumb": "visitors",
    "/api/desk/customers/{customer}/note": "visitors",
    "/api/desk/events": "visitors",
    "/api/desk/me": "visitors",
    "/api/desk/reports": "visitors",
    "/api/desk/reports/table": "visitors",
    "/api/desk/search": "visitors",
    "/api/desk/sessions": "visitors",
    "/api/desk/sessions/{session}": "visitors",
    "/api/desk/sign-in/link": "everybody",
    "/api/desk/sign-in/telegram": "everybody",
    "/api/desk/sign-out": "visitors",
    "/api/desk/state": "admins",
    "/api/desk/tickets": "visitors",
    "/api/desk/tickets/{ticket}": "visitors",
    "/api/desk/tickets/{ticket}/answers": "visitors",
    "/api/desk/tickets/{ticket}/actions": "visitors",
    "/api/desk/tickets/{ticket}/deeds": "visitors",
    "/api/desk/tickets/{ticket}/lesson": "visitors",
    "/api/desk/tickets/{ticket}/notes": "visitors",
    "/api/desk/tickets/{ticket}/typing": "visitors",
    "/api/desk/tickets/{ticket}/files": "visitors",
    "/api/desk/tickets/{ticket}/replies": "visitors",
    "/api/desk/unanswered": "visitors",
    "/api/desk/unanswered/{group}": "visitors",
    "/api/desk/unanswered/{group}/decision": "admins",
    "/api/desk/undo": "visitors",
    "/api/desk/setup": "admins",
    "/api/desk/setup/file": "admins",
    "/api/desk/setup/words": "admins",
    "/api/desk/answers": "admins",
    "/api/desk/answers/check": "admins",
    "/api/desk/answers/mixed": "admins",
    "/api/desk/answers/order": "admins",
    "/api/desk/answers/remove": "admins",
    "/api/desk/answers/scenario": "admins",
    "/api/desk/answers/state": "admins",
    "/api/desk/answers/teach": "admins",
    "/api/desk/answers/try": "admins",
    "/api/desk/answers/unteach": "admins",
    "/api/desk/answers/versions": "admins",
    "/api/desk/facts": "admins",
    "/api/desk/facts/versions": "admins",
    "/api/desk/replies": "admins",
    "/api/desk/replies/{reply}": "admins",
    "/api/desk/tokens": "admins",
    "/api/desk/tokens/{token}": "admins",
    "/api/messages": "programs",
    "/api/messages/": "programs",
    "/api/messages/choices": "programs",
    "/api/openapi.json": "everybody",
    "/api/widget/choices": "sites",
    "/api/widget/events": "sites",
    "/api/widget/file": "sites",
    "/api/widget/messages": "sites",
    "/api/widget/pictures": "sites",
    "/api/widget/session": "sites",
    "/api/widget/typing": "sites",
    "/dashboard": "everybody",
    "/dashboard/": "everybody",
    "/dashboard/{file}": "everybody",
    "/health": "everybody",
    "/health/database": "everybody",
    "/health/full": "everybody",
    "/health/live": "everybody",
    "/health/openai": "everybody",
    "/health/ready": "everybody",
    "/metrics": "everybody",
    "/playground/dashboard": "this machine",
    "/playground/verdicts": "this machine",
    "/telegram/webhook": "telegram",
    "/widget.js": "everybody",
}
WITH_ALL: Final = {
    "BOT_TOKEN": "700000:" + "a" * 35,
    "SUPPORT_HTTP__API_TOKEN": "t" * 32,
    "SUPPORT_PLAYGROUND__INSIGHT": "true",
    "SUPPORT_TELEGRAM__MODE": "webhook",
    "SUPPORT_TELEGRAM__WEBHOOK_URL": "https://bot.example",
}


async def test_every_route_stands_behind_the_guard_and_is_open_to_whom_it_should(
    sqlite_url: str, tmp_path: Path
) -> None:
    settings = load(env=WITH_ALL | {"DATABASE_URL": sqlite_url})
    async with Store(sqlite_url) as store:
        engines = await open_engines(settings, store, tmp_path / "model.npz")
        parts = Parts(settings, store, engines=engines, webhook_secret="secret", secret_key="k")
        app = pages(parts)
        assert [_guards(one) for one in app.middlewares] == [True]
        found = {one.resource.canonical: access_of(one.handler) for one in app.router.routes() if one.resource}
        assert {path.removesuffix("{_slash}"): access for path, access in found.items()} == EVERY_ROUTE
        await parts.bot.session.close()
        await engines.close()


def _guards(middleware: object) -> bool:
    return isinstance(getattr(middleware, "__self__", None), Guard)
