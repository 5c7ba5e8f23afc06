"""Token, webhook, operator group and rights, as the Bot API tells them; without aiogram, which loads for seconds."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final, get_args

from bot.cli.doctor import business
from bot.cli.doctor.asking import Unreached, ask
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.settings import Settings
from bot.team import team_of
from services.health.openness import openings
from services.health.webhooks import Trouble, trouble
from services.texts import label, text_key

Answer = dict[str, Any]
MANY_PENDING: Final = 100
LATELY_S: Final = 3600
LASTING: Final = frozenset(get_args(Trouble)) - {"gateway", "unready", "failing", "busy", "refused", "slow", "other"}
UNAUTHORIZED: Final = (401, 404)
"""Telegram says 404 to a token that is not even shaped like one of its own."""


class Refused(Exception):
    """The Bot API says no; the text is its description."""

    def __init__(self, status: int, body: Any) -> None:
        told = body if isinstance(body, dict) else {}
        super().__init__(str(told.get("description") or f"HTTP {status}")[:200])
        self.status = status
        self.moved_to = (told.get("parameters") or {}).get("migrate_to_chat_id")


class BotApi:
    """A few questions."""

    def __init__(self, settings: Settings, token: str) -> None:
        self._base = f"{settings.telegram.api_url}/bot{token}"

    async def call(self, method: str, **params: Any) -> Answer:
        """Return the result. Raises Refused, Unreached."""
        status, body = await ask(f"{self._base}/{method}", params=params)
        result = _result(body)
        if not isinstance(result, dict):
            raise Refused(status, body)
        return result

    async def listed(self, method: str, **params: Any) -> list[Answer]:
        """Return the result of a question that is answered with a list. Raises Refused, Unreached."""
        status, body = await ask(f"{self._base}/{method}", params=params)
        result = _result(body)
        if not isinstance(result, list):
            raise Refused(status, body)
        return [one for one in result if isinstance(one, dict)]


def _result(body: Any) -> Any:
    return body.get("result") if isinstance(body, dict) and body.get("ok") is True else None


async def examine(settings: Settings) -> AsyncIterator[Finding]:
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
    for finding in business.mode(me, wanted=bool(settings.business.owners)):
        yield finding
    try:
        yield _webhook(settings, await api.call("getWebhookInfo"))
        async for finding in _group(settings, api, me):
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


async def _group(settings: Settings, api: BotApi, me: Answer) -> AsyncIterator[Finding]:
    first = settings.operators.chat_id
    if first is None:
        fix = "add the bot to a group, where it tells the group's id, and set operators.chat_id"
        yield warn("operators", "no group: nobody reads what the bot hands over", fix)
        return
    for chat_id in (first, *team_of(settings).other_groups):
        topics = [route.topic_id for route in settings.operators.routes if (route.chat_id or first) == chat_id]
        key = "operators.chat_id" if chat_id == first else "chat_id in operators.routes"
        async for finding in _one_group(api, me, chat_id, key, has_topics=any(topics)):
            yield finding
        if settings.telegram.group_admins:
            yield await _admins(api, chat_id)


async def _admins(api: BotApi, chat_id: int) -> Finding:
    """Who of a group is an admin of the bot."""
    try:
        told = await api.listed("getChatAdministrators", chat_id=chat_id)
    except Refused as error:
        return warn("operators", f"the administrators of group {chat_id} are not told ({error})", "see above")
    people = [user for one in told if isinstance(user := one.get("user"), dict) and not user.get("is_bot")]
    names = ", ".join(str(user.get("first_name")) for user in people)
    if not people:
        return warn("operators", f"group {chat_id} has no administrator", "set telegram.admin_ids, or appoint one")
    return ok("operators", f"admins of the bot by group {chat_id}: {names}")


async def _one_group(api: BotApi, me: Answer, chat_id: int, key: str, *, has_topics: bool) -> AsyncIterator[Finding]:
    """`key`: where the settings name it. `has_topics`: whether a route leads to a fixed topic of it."""
    try:
        chat = await api.call("getChat", chat_id=chat_id)
        member = await api.call("getChatMember", chat_id=chat_id, user_id=me.get("id"))
    except Refused as error:
        yield _unseen(chat_id, key, error)
        return
    for finding in _rights(chat, member, me):
        yield finding
    if has_topics and not chat.get("is_forum"):
        fix = "switch topics on in its settings, or take topic_id out of the route"
        yield fail("operators", f"a route leads to a topic of {chat.get('title')!r}, which has none", fix)


def _unseen(chat_id: int, key: str, error: Refused) -> Finding:
    if error.moved_to is not None:
        fix = f"set {key} to {error.moved_to}; the bot follows by itself meanwhile"
        return warn("operators", f"group {chat_id} has become a supergroup", fix)
    fix = f"add the bot to the group, and check {key} (ids of supergroups begin with -100)"
    return fail("operators", f"the bot cannot see group {chat_id} ({error})", fix)


def _rights(chat: Answer, member: Answer, me: Answer) -> Iterator[Finding]:
    title, status = chat.get("title") or chat.get("id"), member.get("status")
    forum, admin = bool(chat.get("is_forum")), status in ("administrator", "creator")
    if status in ("left", "kicked") or member.get("can_send_messages") is False:
        yield fail(
            "operators", f"the bot may not write in {title!r}", "add it to the group again, with the right to write"
        )
        return
    for opening in openings(chat):
        yield warn("operators", opening.what, opening.fix)
    yield ok("operators", f"{title!r}, {'a forum: a topic for each ticket' if forum else 'a plain group'}")
    if forum and not (admin and member.get("can_manage_topics")):
        fix = "make the bot an administrator with the right to manage topics"
        yield fail("operators", "the bot may not open topics", fix)
    if not admin:
        fix = "make the bot an administrator: Telegram tells nobody else of reactions"
        yield warn("operators", "reactions of operators do not reach customers", fix)
    if not admin and not me.get("can_read_all_group_messages"):
        fix = "make the bot an administrator, or switch privacy off in @BotFather (/setprivacy) and add the bot again"
        yield (fail if forum else warn)("operators", "privacy mode hides from the bot what is no reply to it", fix)
