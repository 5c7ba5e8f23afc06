"""What admins get to read on request, through the outbox like everything else."""

from __future__ import annotations

from markupsafe import Markup

from services.desk.set_aside import words_in
from services.health.checks import Check, Health, Part, Status
from services.messages.effects import GroupPlace, PrivateChat, Say, Words
from services.messages.incoming import Person
from services.messages.lengths import cut
from services.queues.outbox import Outgoing
from services.texts import label, languages, say, text_key
from services.texts.team import Team
from storage.quarantined import Quarantined
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

Place = PrivateChat | GroupPlace
MARKS: dict[Status, str] = {"healthy": "🟢", "degraded": "🟡", "unhealthy": "🔴", "disabled": "⚪️"}


class Reports:
    """Answers to commands of admins."""

    def __init__(self, *, store: Store, health: Health, app: str, version: str, team: Team) -> None:
        self._store = store
        self._health = health
        self._app = app
        self._version = version
        self._team = team

    async def health(self, cause: Cause, admin: Person, place: Place) -> None:
        speak = self._language(admin, place)
        report = await self._health.full()
        lines = Markup("\n").join(line(name, check, speak) for name, check in report.checks.items())
        text = say(
            "admin.health",
            speak,
            mark=MARKS[report.status],
            app=self._app,
            version=self._version,
            status=say(text_key("health", report.status), speak),
            lines=lines,
        )
        await self._answer(cause, text, place)

    async def inbox(self, cause: Cause, admin: Person, place: Place) -> None:
        """Show what was set aside, and how to play it again. What it looks like inside is not for the group."""
        speak = self._language(admin, place)

        def look(unit: Unit) -> list[tuple[str, Quarantined]]:
            found = [("inbox", one) for one in unit.inbox.quarantined(most=5)]
            found += [("outbox", one) for one in unit.outbox.quarantined(most=5)]
            return found

        found = await self._store.read(look)
        parts = [
            say(
                "admin.quarantine",
                speak,
                key=one.key,
                error=one.error,
                text=cut(words_in(one.payload), 200),
                payload=cut(one.payload, 200) if isinstance(place, PrivateChat) else None,
                queue=queue,
            )
            for queue, one in found
        ]
        await self._answer(cause, Markup("\n\n").join(parts) or say("admin.inbox_empty", speak), place)

    def _language(self, admin: Person, place: Place) -> str:
        return languages.of_staff(admin.language, self._team.language, in_private=isinstance(place, PrivateChat))

    async def _answer(self, cause: Cause, text: str, place: Place) -> None:
        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(Say(to=place, words=Words(text=text)))

        await self._store.write(act, cause)


def line(name: Part, check: Check, language: str) -> Markup:
    """Return one part as admins read it, with the reason where one is known."""
    state = label(text_key("health", check.status), language)
    told = f"{state} ({label(check.reason, language)})" if check.reason else state
    return Markup("{} {}: {}").format(MARKS[check.status], label(text_key("health", name), language), told)
