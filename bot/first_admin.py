"""The first admin: at a start without any, a one-time code is printed for whoever sees the terminal, or the log."""

from __future__ import annotations

import structlog

from bot.recent import ONLY_IN_THE_LOG
from bot.wiring import Parts
from handlers.telegram.admin_enrolment import name_of
from services.connecting.codes import command_of, link_of

log = structlog.get_logger(ONLY_IN_THE_LOG)


async def invite_first_admin(parts: Parts) -> None:
    """Print a code, where nobody administers the bot yet."""
    code = await parts.connecting.enrolment.first_code()
    if code is None:
        return
    username = await name_of(parts.bot)
    told = {"open": link_of(username, code)} if username else {}
    log.warning(
        "admins.none",
        **told,
        write=command_of(code),
        hint="whoever opens the link, or writes this to the bot in private, becomes its admin; once",
    )
