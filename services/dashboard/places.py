"""The groups and topics that tickets may be in, by the codes that buttons and filters know them by."""

from __future__ import annotations

from collections.abc import Mapping

from services.desk.destinations import code_of
from services.texts import label
from services.texts.team import Team


def places(team: Team, language: str) -> Mapping[str, str]:
    """Return each place by its code, in the reader's language where no route names it."""
    return {
        code_of(to): name or label("desk.place", language, group=to.group_id or "", topic=to.thread_id or "")
        for to, name in team.destinations.items()
    }
