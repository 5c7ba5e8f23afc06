"""Token, webhook, operator groups and rights, as the Bot API tells them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any, Final, get_args

from bot.cli.doctor import business, groups, team
from bot.cli.doctor.asking import Unreached
from bot.cli.doctor.bot_api import Answer, BotApi, Refused
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.settings import Settings
from services.health.webhooks import Trouble, trouble
from services.texts import label, text_key

MANY_PENDING: Final = 100
LATELY_S: Final = 3600
LASTING: Final = frozenset(get_args(Trouble)) - {"gateway", "unready", "failing", "busy", "refused", "slow", "other"}
UNAUTHORIZED: Final = (401, 404)
"""Telegram says 404 to a token that is not even shaped like one of its own."""


async def examine(settings: Settings, kept: team.Team | None) -> AsyncIterator[Finding]:
    """Ask the Bot API. `kept`: what the database tells of the team; None: it cannot be read."""
    token = settings.telegram.token
    if token is None:
        yield warn("telegram", "no token: `run` opens the playground", "get one from @BotFather and set BOT_TOKEN")
        return
    api = BotApi(settings, token.get_secret_value())
    try:
        me = await api.call("getMe")
    except Unreached as reason:
        yield fail("telegram", f"{settings.telegram.api_url}: {reason}", "check the network and telegram.api_url")
        return
    except Refused as error:
        yield _token_refused(error)
        return
    yield ok("telegram", f"the token belongs to @{me.get('username')}")
    if (settings.http.public_url or "").startswith("https://"):
        yield _mini_app(f"{settings.http.public_url}/dashboard", me)
    for finding in business.mode(me, wanted=bool(settings.business.owners)):
        yield finding
    yield team.examine(settings, kept)
    try:
        yield _webhook(settings, await api.call("getWebhookInfo"))
        async for finding in groups.examine(settings, api, me, kept):
            yield finding
    except (Refused, Unreached) as error:
        yield fail("telegram", f"the Bot API stopped answering: {error}", "try again")


def _token_refused(error: Refused) -> Finding:
    if error.status in UNAUTHORIZED:
        return fail("telegram", "telegram.token: Telegram does not know this token", "copy it again from @BotFather")
    return fail("telegram", f"getMe: {error}", "try again; if it stays, check telegram.api_url")


def _webhook(settings: Settings, info: Answer) -> Finding:
    """What stands at Telegram, beside what the settings want; the next start of the bot sets it right by itself."""
    url, pending = str(info.get("url") or ""), info.get("pending_update_count") or 0
    wanted = settings.telegram.webhook_url
    if settings.telegram.mode == "polling" or wanted is None:
        if url:
            return warn("webhook", f"{url} is set although the bot polls", "starting the bot removes it")
        return ok("webhook", "not used: the bot polls")
    if not url.startswith(wanted):
        return warn("webhook", f"Telegram delivers to {url or 'nobody'}", f"starting the bot changes that to {wanted}")
    complaint = str(info.get("last_error_message") or "")
    if complaint and (pending or _lately(info.get("last_error_date"))):
        return _complaint(complaint, pending)
    if pending > MANY_PENDING:
        return warn("webhook", f"{pending} updates wait", "see that the bot runs and is not overloaded")
    return ok("webhook", f"Telegram delivers to {url}")


def _complaint(complaint: str, pending: int) -> Finding:
    """What Telegram said of its last delivery: a failure where updates wait and no start of the bot mends it."""
    kind = trouble(complaint)
    level = fail if pending and kind in LASTING else warn
    return level(
        "webhook", f"the last delivery failed ({complaint}), {pending} wait", label(text_key("webhook", kind), "en")
    )


def _lately(moment: Any) -> bool:
    return isinstance(moment, int) and time.time() - moment < LATELY_S


def _mini_app(page: str, me: Answer) -> Finding:
    """Whether links on cards can open the dashboard inside Telegram: whose bot it is says so to BotFather."""
    if me.get("has_main_web_app"):
        return ok("mini-app", "links on cards open the dashboard inside Telegram")
    return warn(
        "mini-app",
        "links on cards open the dashboard in the browser",
        f"tell @BotFather: /mybots, the bot, Bot Settings, Configure Mini App, Enable, and send it {page}",
    )
