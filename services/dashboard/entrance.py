"""`/dashboard`: whoever asks gets a link for one use, and gets it in private."""

from __future__ import annotations

from datetime import timedelta

from services.dashboard.sessions import LINK, invite
from services.desk.page_links import PAGE
from services.messages.addresses import on_telegram
from services.messages.effects import GroupPlace, PrivateChat, Say, Words
from services.messages.incoming import Cause, Operator
from services.queues.outbox import PRESSED, Outgoing
from services.texts import say
from services.texts.team import Team
from storage.store import Store
from storage.units import Unit


class Entrance:
    """Sends links. What stands behind the `#` of one never reaches a log, nor who fetches it for a preview."""

    def __init__(self, *, store: Store, team: Team, public_url: str | None) -> None:
        """`public_url`: where people reach the bot's HTTP; None: nobody has said."""
        self._store = store
        self._team = team
        self._public_url = public_url

    async def ask(self, cause: Cause, operator: Operator, place: PrivateChat | GroupPlace) -> None:
        """Answer the command where it was given; the link itself goes to the private chat."""

        def act(unit: Unit) -> None:
            outgoing = Outgoing(unit, cause.key)
            if self._public_url is None:
                self._say(place, str(say("dashboard.no_address", self._team.language)), outgoing)
            elif isinstance(place, PrivateChat):
                self._send(unit, operator, place, outgoing)
            elif (private := _chat_with(unit, operator)) is not None:
                self._send(unit, operator, private, outgoing)
                self._say(place, str(say("dashboard.sent", self._team.language)), outgoing)
            else:
                self._say(place, str(say("dashboard.ask_in_private", self._team.language)), outgoing)

        await self._store.write(act, cause)

    def _send(self, unit: Unit, operator: Operator, to: PrivateChat, outgoing: Outgoing) -> None:
        link = f"{self._public_url}{PAGE}#enter={invite(unit, operator)}"
        minutes = LINK // timedelta(minutes=1)
        self._say(to, str(say("dashboard.link", self._team.language, link=link, minutes=minutes)), outgoing)

    @staticmethod
    def _say(to: PrivateChat | GroupPlace, text: str, outgoing: Outgoing) -> None:
        outgoing.put(Say(to=to, words=Words(text=text)), rank=PRESSED)


def _chat_with(unit: Unit, operator: Operator) -> PrivateChat | None:
    """Return the private chat of somebody who has written there: the bot may not begin one."""
    if operator.id <= 0:
        return None  # an anonymous admin is known by the group's id
    known = unit.customers.find(on_telegram(operator.id))
    return PrivateChat(address=known.address, topic_id=known.topic_id) if known and known.reachable else None
