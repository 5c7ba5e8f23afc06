"""getUpdates and webhooks: how the bot hears of things."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from playground.errors import bad_request, conflict
from playground.params import Params
from playground.updates import MOST, Updates
from playground.webhook import CONNECTIONS, Hook, Webhook

HOOKED: Final = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
SECRET: Final = re.compile(r"[A-Za-z0-9_-]{0,256}")
MOST_CONNECTIONS: Final = 100
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


async def get_updates(updates: Updates, webhook: Webhook, params: Params) -> list[dict[str, Any]]:
    if webhook.hook:
        raise conflict(HOOKED)
    updates.allow(params.items("allowed_updates"))
    return await updates.poll(
        offset=params.integer("offset") or 0,
        limit=params.integer("limit") or MOST,
        timeout=float(params.integer("timeout") or 0),
    )


def set_webhook(updates: Updates, webhook: Webhook, params: Params) -> bool:
    url = params.text("url")
    if not url:
        return delete_webhook(updates, webhook, params)
    if not SECRET.fullmatch(params.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    _check(url)
    _drop(updates, params)
    updates.allow(params.items("allowed_updates"))
    connections = min(params.integer("max_connections") or CONNECTIONS, MOST_CONNECTIONS)
    webhook.set(Hook(url=url, secret=params.text("secret_token"), connections=connections))
    return True


def delete_webhook(updates: Updates, webhook: Webhook, params: Params) -> bool:
    webhook.unset()
    _drop(updates, params)
    return True


def webhook_info(_updates: Updates, webhook: Webhook, _params: Params) -> dict[str, Any]:
    return webhook.info()


def _check(url: str) -> None:
    """Telegram takes https only; a bot beside the playground may listen on http."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _drop(updates: Updates, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        updates.pending.clear()


METHODS: Final[dict[str, Callable[[Updates, Webhook, Params], Any]]] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
}
