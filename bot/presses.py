"""What customers press: the same below a line in Telegram, of a program and on a site."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from services.api.choices import Choices
from services.customers.feedback import Feedback
from services.customers.satisfaction import Satisfaction
from services.customers.sessions import Sessions
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.store import Store


class Presses:
    """Made when it is first asked for, like everything else."""

    def __init__(self, *, store: Store, sessions: Sessions, knowledge: Knowledge, team: Team) -> None:
        self._store = store
        self._feedback = Feedback(store=store, sessions=sessions, knowledge=knowledge, team=team)
        self._satisfaction = Satisfaction(store=store, sessions=sessions)

    def named(self) -> dict[str, Any]:
        """Return what handlers ask for, by its names."""
        return {"feedback": self._feedback, "satisfaction": self._satisfaction}

    @cached_property
    def choices(self) -> Choices:
        return Choices(store=self._store, feedback=self._feedback, satisfaction=self._satisfaction)
