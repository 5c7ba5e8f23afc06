"""`/admins`: who administers the bot; an admin makes another one by a link, or takes the office from one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from markupsafe import Markup

from services.connecting.codes import new_code, way_of
from services.desk import audit
from services.desk.toasts import Toast, toast
from services.messages.addresses import on_telegram
from services.messages.connect_presses import OnAdmins, encode
from services.messages.effects import Button, MessageRef, PrivateChat, Say, ShowPage, Words
from services.messages.lengths import cut
from services.queues.outbox import PRESSED, Outgoing
from services.scenarios.answers import name_of
from services.texts import label, say
from services.texts.moments import day
from services.texts.team import Team
from storage.admins import Admin
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

NAME_MOST = 40


class AdminList:
    """Shows admins, makes links, removes."""

    def __init__(self, *, store: Store, team: Team, changed: Callable[[], Awaitable[object]]) -> None:
        """`changed`: is told when there is one fewer."""
        self._store = store
        self._team = team
        self._changed = changed

    async def show(self, cause: Cause, place: PrivateChat) -> None:
        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(Say(to=place, words=self._words(unit)), rank=PRESSED)

        await self._store.write(act, cause)

    async def press(
        self,
        cause: Cause,
        who: audit.Actor,
        place: PrivateChat,
        press: OnAdmins,
        *,
        at: MessageRef,
        username: str | None,
    ) -> Toast | None:
        """Do what a button says, and return what its presser reads at once."""

        def act(unit: Unit) -> Toast | None:
            outgoing = Outgoing(unit, cause.key)
            if press.action == "invite":
                self._invite(unit, outgoing, who, place, username)
                return None
            said = self._drop(unit, outgoing, who, press.number) if press.action == "drop" else None
            words = self._question(unit, press.number) if press.action == "ask" else self._words(unit)
            outgoing.put(ShowPage(to=place, at=at, words=words), rank=PRESSED)
            return said

        said = await self._store.write(act, cause)
        if press.action == "drop":
            await self._changed()
        return said

    def _invite(
        self, unit: Unit, outgoing: Outgoing, who: audit.Actor, place: PrivateChat, username: str | None
    ) -> None:
        code = new_code(unit, first=False, made_by=who.name)
        text = say("admins.link", self._team.language, way=way_of(username, code), is_link=username is not None)
        outgoing.put(Say(to=place, words=Words(text=text)), rank=PRESSED)
        audit.note(unit, who, "admin_invited")

    def _drop(self, unit: Unit, outgoing: Outgoing, who: audit.Actor, admin_id: int) -> Toast:
        kept = unit.admins.all()
        if len(kept) == 1 and kept[0].id == admin_id and not self._team.admin_ids:
            return toast("last_admin")
        gone = unit.admins.remove(admin_id)
        if gone is None:
            return toast("no_admin")
        audit.note(unit, who, "admin_removed", detail=_called(gone))
        text = say("admins.removed", self._team.language)
        outgoing.put(Say(to=PrivateChat(address=on_telegram(admin_id)), words=Words(text=text)))
        return toast("admin_removed")

    def _question(self, unit: Unit, admin_id: int) -> Words:
        found = next((one for one in unit.admins.all() if one.id == admin_id), None)
        if found is None:
            return self._words(unit)
        speak = self._team.language
        yes = Button(text=label("admins.yes", speak), press=encode(OnAdmins("drop", admin_id)), style="danger")
        no = Button(text=label("admins.no", speak), press=encode(OnAdmins("list")))
        return Words(text=say("admins.ask", speak, name=_called(found)), buttons=((yes, no),))

    def _words(self, unit: Unit) -> Words:
        speak = self._team.language
        kept = [one for one in unit.admins.all() if one.id not in self._team.admin_ids]
        lines = [say("admins.of_settings", speak, name=called(unit, one), id=one) for one in self._team.admin_ids]
        lines += [self._line(one) for one in kept]
        text = say("admins.list", speak, lines=Markup("\n").join(lines))
        add = Button(text=label("admins.invite", speak), press=encode(OnAdmins("invite")))
        return Words(text=text, buttons=((add,), *((_drop_button(one, speak),) for one in kept)))

    def _line(self, one: Admin) -> Markup:
        since = day(one.since, self._team.zone, self._team.language)
        return say("admins.line", self._team.language, name=_called(one), id=one.id, since=since, by=one.made_by)


def called(unit: Unit, admin_id: int) -> str:
    """Return the name of an admin of the settings, where they have ever written to the bot or acted in the group."""
    operator = unit.operators.get(admin_id)
    if operator is not None:
        return operator.name
    customer = unit.customers.find(on_telegram(admin_id))
    return name_of(customer) if customer is not None else ""


def _called(one: Admin) -> str:
    return one.name or str(one.id)


def _drop_button(one: Admin, language: str) -> Button:
    text = label("admins.drop", language, name=cut(_called(one), NAME_MOST))
    return Button(text=text, press=encode(OnAdmins("ask", one.id)))
