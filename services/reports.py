"""What admins get to read on request, through the outbox like everything else."""

from __future__ import annotations

from markupsafe import Markup

from services.alarms import words_in
from services.effects import Hall, PrivateChat, Say, Words
from services.health import Check, Health, Status
from services.lengths import cut
from services.outgoing import Outgoing
from services.texts import label, say
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

MARKS: dict[Status, str] = {"healthy": "🟢", "degraded": "🟡", "unhealthy": "🔴", "disabled": "⚪️"}


class Reports:
    """Answers to commands of admins."""

    def __init__(
        self, *, store: Store, health: Health, app: str, version: str, team_language: str, has_group: bool
    ) -> None:
        self._store = store
        self._health = health
        self._app = app
        self._version = version
        self._team = team_language
        self._has_group = has_group

    async def health(self, cause: Cause, *, chat_id: int, reply_to: int) -> None:
        report = await self._health.full()
        lines = Markup("\n").join(self._line(name, check) for name, check in report.checks.items())
        text = say(
            "admin.health",
            self._team,
            mark=MARKS[report.status],
            app=self._app,
            version=self._version,
            status=say(f"health.{report.status}", self._team),
            lines=lines,
        )
        await self._answer(cause, text, chat_id, reply_to)

    async def inbox(self, cause: Cause, *, chat_id: int, reply_to: int) -> None:
        """Show what was set aside, and how to play it again."""
        async with self._store.read() as unit:
            found = [("inbox", one) for one in await unit.inbox.quarantined(most=5)]
            found += [("outbox", one) for one in await unit.outbox.quarantined(most=5)]
        parts = [
            say(
                "admin.quarantine",
                self._team,
                key=one.key,
                error=one.error,
                text=cut(words_in(one.payload), 200),
                payload=cut(one.payload, 200),
                queue=queue,
            )
            for queue, one in found
        ]
        await self._answer(cause, Markup("\n\n").join(parts) or say("admin.inbox_empty", self._team), chat_id, reply_to)

    async def group_id(self, cause: Cause, *, chat_id: int) -> None:
        """Tell a group its id, while the bot has no operator group yet: that is how it gets one."""
        if self._has_group:
            return
        async with self._store.write(cause) as unit:
            text = say("admin.group_id", self._team, chat_id=chat_id)
            Outgoing(unit, cause.key).put(Say(to=PrivateChat(chat_id=chat_id), words=Words(text=text)))

    def _line(self, name: str, check: Check) -> Markup:
        return Markup("{} {}: {}").format(
            MARKS[check.status],
            label(f"health.{name}", self._team),
            label(f"health.{check.status}", self._team),
        )

    async def _answer(self, cause: Cause, text: str, chat_id: int, reply_to: int) -> None:
        async with self._store.write(cause) as unit:
            self._put(unit, cause, text, chat_id, reply_to)

    @staticmethod
    def _put(unit: Unit, cause: Cause, text: str, chat_id: int, reply_to: int) -> None:
        to = PrivateChat(chat_id=chat_id) if chat_id > 0 else Hall(reply_to=reply_to)
        Outgoing(unit, cause.key).put(Say(to=to, words=Words(text=text)))
