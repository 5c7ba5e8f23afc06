"""All routers, in the order they are asked."""

from __future__ import annotations

from typing import Any

from aiogram import Dispatcher

from handlers.telegram import (
    admin_enrolment,
    admins,
    aliases,
    bans,
    business,
    canned,
    connecting,
    customer,
    dashboard,
    direct,
    editor,
    finding,
    labels,
    lessons,
    misplaced,
    operators,
    setup,
    strangers,
    unanswered,
)


def dispatcher(**collaborators: Any) -> Dispatcher:
    """Return the routing of updates; handlers get `collaborators` by name."""
    root = Dispatcher(disable_fsm=True, **collaborators)  # conversations live in the database
    root.include_routers(
        admin_enrolment.routes(),
        connecting.routes(),
        business.routes(),
        direct.routes(),
        admins.routes(),
        admins.team_routes(),
        dashboard.routes(),
        finding.routes(),
        editor.routes(),
        lessons.routes(),
        setup.routes(),
        unanswered.routes(),
        canned.routes(),
        bans.routes(),
        labels.routes(),
        aliases.routes(),
        misplaced.routes(),
        operators.routes(),
        customer.routes(),
        strangers.routes(),
    )
    return root
