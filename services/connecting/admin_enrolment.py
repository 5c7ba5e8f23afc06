"""Somebody becomes an admin with a code: the first by what `support-bot run` prints, others by a link of an admin."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Final

from services.connecting import tries
from services.connecting.codes import digest_of, new_code
from services.connecting.inviting import to_a_group
from services.desk import audit
from services.messages.addresses import on_telegram
from services.messages.effects import PrivateChat, Say, Words
from services.messages.incoming import Person
from services.queues.outbox import PRESSED, Outgoing
from services.texts import languages, say, text_key
from services.texts.keys import AdminsKey
from services.texts.team import Team
from storage.admins import AdminCode
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

NAME_MOST: Final = 64


class AdminEnrolment:
    """Makes the first code, and takes codes in."""

    def __init__(
        self, *, store: Store, team: Team, are_named: Callable[[], bool], changed: Callable[[], Awaitable[object]]
    ) -> None:
        """`are_named`: whether the settings say who the admins are; `changed`: is told when there is a new one."""
        self._store = store
        self._team = team
        self._are_named = are_named
        self._changed = changed

    async def first_code(self) -> str | None:
        """Return a code for the first admin, which replaces the last one; None where there are admins."""
        if self._are_named():
            return None

        def act(unit: Unit) -> str | None:
            return None if unit.admins.all() else new_code(unit, first=True, made_by=audit.SHELL.name)

        return await self._store.write(act)

    async def redeem(self, cause: Cause, person: Person, code: str, *, username: str | None) -> None:
        """Make whoever has sent a code an admin, where it counts. The code itself is not kept with the update."""

        def act(unit: Unit) -> bool:
            if cause.task is not None:
                unit.inbox.forget(cause.task)
            outgoing = Outgoing(unit, cause.key)
            said = self._judged(unit, person, code)
            if said != "welcome":
                self._answer(outgoing, person, said)
                return False
            self._answer(outgoing, person, said)
            if not self._team.has_group:
                to = PrivateChat(address=person.address)
                outgoing.put(Say(to=to, words=to_a_group(username, self._language(person))), rank=PRESSED)
            self._tell_others(unit, outgoing, person)
            return True

        if await self._store.write(act, cause):
            await self._changed()

    def _judged(self, unit: Unit, person: Person, code: str) -> AdminsKey:
        """Return what to say to a code; `welcome`: they are an admin now."""
        user_id = int(person.address.id)
        before = [one.id for one in unit.admins.all()]
        if user_id in (*self._team.admin_ids, *before):
            return "already"
        if tries.are_spent(unit, user_id):
            return "too_many"
        found = _matching(unit.admins.codes(), digest_of(code))
        if found is None or (found.first and (before or self._are_named())) or not unit.admins.use_code(found.digest):
            tries.note(unit, user_id)
            return "wrong"
        if found.ends_at is not None and found.ends_at < unit.now:
            return "ended"
        name = audit.member(person, "private").name
        unit.admins.add(user_id, name=name[:NAME_MOST], made_by=found.made_by)
        unit.admins.drop_codes(first_before=unit.now)
        tries.forget(unit)
        audit.note(unit, audit.member(person, "private"), "admin_added", detail=found.made_by)
        return "welcome"

    def _tell_others(self, unit: Unit, outgoing: Outgoing, person: Person) -> None:
        """Let the other admins know: nobody becomes one behind their backs."""
        user_id = int(person.address.id)
        name = audit.member(person, "private").name
        text = say("admins.told", self._team.language, name=name, id=user_id)
        for one in dict.fromkeys((*self._team.admin_ids, *(one.id for one in unit.admins.all()))):
            if one != user_id:
                outgoing.put(Say(to=PrivateChat(address=on_telegram(one)), words=Words(text=text)))

    def _answer(self, outgoing: Outgoing, person: Person, said: AdminsKey) -> None:
        words = Words(text=say(text_key("admins", said), self._language(person)))
        outgoing.put(Say(to=PrivateChat(address=person.address, topic_id=person.topic_id), words=words), rank=PRESSED)

    def _language(self, person: Person) -> str:
        return languages.of_staff(person.language, self._team.language, in_private=True)


def _matching(codes: list[AdminCode], digest: str) -> AdminCode | None:
    """Return the code with this hash; each is compared, and each in the same time."""
    found = None
    for one in codes:
        if hmac.compare_digest(one.digest, digest):
            found = one
    return found
