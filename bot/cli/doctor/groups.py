"""The operators' groups, by the settings or connected in Telegram: who can enter, and what the bot may do there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Final

from bot.cli.doctor.bot_api import Answer, BotApi, Refused
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.doctor.team import Team
from bot.settings import Settings
from bot.team import team_of
from handlers.telegram.membership import standing_of
from services.delivery.group_standing import GroupStanding
from services.delivery.messenger import MessengerError
from services.health.openness import openings

ADD: Final = "add the bot to the operators' group, and let an admin press the button that it shows there"
ROUTES: Final = "chat_id in operators.routes"


async def examine(settings: Settings, api: BotApi, me: Answer, kept: Team | None) -> AsyncIterator[Finding]:
    """Look at each group. `me`: what getMe says; `kept`: what the database tells. Raises Refused, Unreached."""
    named = settings.operators.chat_id
    first = named if named is not None or kept is None else kept.group
    if first is None:
        yield _no_group(known=kept is not None)
    for chat_id in dict.fromkeys(one for one in (first, *team_of(settings).other_groups) if one is not None):
        topics = [route.topic_id for route in settings.operators.routes if (route.chat_id or first) == chat_id]
        key = None if named is None and chat_id == first else "operators.chat_id" if chat_id == first else ROUTES
        async for finding in _one_group(
            api, me, chat_id, key, has_topics=any(topics), pins=settings.operators.desk_message
        ):
            yield finding
        if settings.telegram.group_admins:
            yield await _admins(api, chat_id)


def _no_group(*, known: bool) -> Finding:
    if not known:
        return warn("operators", "the settings name no group, and the database does not tell of one", "see database")
    return warn("operators", "no group: nobody reads what the bot hands over", ADD)


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


async def _one_group(
    api: BotApi, me: Answer, chat_id: int, key: str | None, *, has_topics: bool, pins: bool
) -> AsyncIterator[Finding]:
    """`key`: where the settings name it; None: it was connected. `has_topics`: a route leads to a fixed topic of it.

    `pins`: the list of open tickets is to be pinned.
    """
    try:
        chat = await api.call("getChat", chat_id=chat_id)
        member = await api.call("getChatMember", chat_id=chat_id, user_id=me.get("id"))
        group = standing_of(chat_id, chat, member, reads_all=bool(me.get("can_read_all_group_messages")))
    except Refused as error:
        yield _unseen(chat_id, key, error)
        return
    except MessengerError:
        yield fail("operators", f"the bot is not in group {chat_id}", _back(key))
        return
    for opening in openings(chat):
        yield warn("operators", opening.what, opening.fix)
    for finding in _rights(group, pins=pins):
        yield finding
    if has_topics and not group.forum:
        fix = "switch topics on in its settings, or take topic_id out of the route"
        yield fail("operators", f"a route leads to a topic of {group.title!r}, which has none", fix)


def _back(key: str | None) -> str:
    if key is None:
        return "add it there again, or to another group, and let an admin press the button that it shows"
    return f"add the bot to the group, and check {key} (ids of supergroups begin with -100)"


def _unseen(chat_id: int, key: str | None, error: Refused) -> Finding:
    if error.moved_to is not None:
        follows = "the bot follows by itself"
        fix = follows if key is None else f"set {key} to {error.moved_to}; {follows} meanwhile"
        return warn("operators", f"group {chat_id} has become a supergroup, {error.moved_to}", fix)
    return fail("operators", f"the bot cannot see group {chat_id} ({error})", _back(key))


def _rights(group: GroupStanding, *, pins: bool) -> Iterator[Finding]:
    """What the bot may do in a group, and what it cannot do for want of a right."""
    if not group.may_write:
        yield fail("operators", f"the bot may not write in {group.title!r}", "make it an administrator there")
        return
    kind = "a forum: a topic for each ticket" if group.forum else "a plain group"
    yield ok("operators", f"{group.title!r}, {kind}")
    if group.forum and not group.may_open_topics:
        fix = "make the bot an administrator with the right to manage topics"
        yield fail("operators", "the bot may not open topics", fix)
    if not group.administrator:
        fix = "make the bot an administrator: Telegram tells nobody else of reactions"
        yield warn("operators", "reactions of operators do not reach customers", fix)
    if not group.reads_all:
        fix = "make the bot an administrator, or switch privacy off in @BotFather (/setprivacy) and add the bot again"
        yield (fail if group.forum else warn)(
            "operators", "privacy mode hides from the bot what is no reply to it", fix
        )
    if pins and not group.may_pin:
        fix = "give it the right to pin messages, or pin it yourselves"
        yield warn("operators", "the bot may not pin the list of open tickets", fix)
