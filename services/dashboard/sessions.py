"""Getting into the dashboard and staying there: links for one use, sessions, and the token that each change carries.

What stands in a link or a cookie is random and kept as a hash only, so neither the database nor a backup lets anybody
in. A cookie is signed as well: one that somebody made up is refused without a question to the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from services.dashboard.authorization import Authorization
from services.dashboard.digests import digest_of
from services.dashboard.init_data import checked
from services.dashboard.visitor import Visitor
from services.desk import audit
from services.messages.incoming import Operator
from services.templates.variables import plain_words
from storage.store import Store
from storage.units import Unit
from storage.web_sessions import Entrance, WebSession

__all__ = ["LASTS", "LINK", "Sessions", "WebSession", "invite"]
LINK: Final = timedelta(minutes=5)
LASTS: Final = timedelta(days=14)
"""A session that nobody uses for so long is over."""
SEEN: Final = timedelta(minutes=5)
"""How exactly it is kept when a session was last used."""
DEVICE_MOST: Final = 120
LONGEST: Final = 200


class Sessions:
    """Lets people in, knows them again, lets them go."""

    def __init__(self, *, store: Store, authorization: Authorization, secret_key: str, bot_token: str) -> None:
        self._store = store
        self._authorization = authorization
        self._key = secret_key.encode()
        self._bot_token = bot_token

    async def enter_by_link(self, link: str, *, device: str) -> str | None:
        """Use a link up and return a cookie; None for one that is over, used or made up."""
        digest = digest_of(link[:LONGEST])
        if not await self._store.read(lambda unit: unit.web_sessions.knows(digest)):
            return None  # so that nobody who guesses makes the database write
        found = await self._store.write(lambda unit: unit.web_sessions.redeem(digest))
        return await self.enter(Operator(id=found[0], name=found[1]), "link", device=device) if found else None

    async def enter_in_telegram(self, init_data: str, *, device: str) -> str | None:
        """Return a cookie for whom Telegram vouches."""
        operator = checked(init_data, token=self._bot_token, now=self._store.now())
        return await self.enter(operator, "telegram", device=device) if operator else None

    async def enter(self, operator: Operator, entrance: Entrance, *, device: str) -> str | None:
        """Open a session for a member of the team and return its cookie; None for anybody else."""
        if await self._authorization.role_of(operator.id) is None:
            return None
        secret = secrets.token_urlsafe(32)
        known_as = plain_words(device, cap=DEVICE_MOST)

        def act(unit: Unit) -> None:
            unit.web_sessions.open(
                digest_of(secret),
                operator_id=operator.id,
                operator_name=operator.name,
                entrance=entrance,
                device=known_as,
                until=unit.now + LASTS,
            )
            audit.note(unit, audit.web(operator), "signed_in", detail=entrance)

        await self._store.write(act)
        return f"{secret}.{self._sign('session', secret)}"

    async def visitor(self, cookie: str) -> Visitor | None:
        """Return whose cookie it is. Somebody who has left the team loses all sessions."""
        secret, _, signature = cookie[:LONGEST].partition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("session", secret).encode()):
            return None
        session = await self._store.read(lambda unit: unit.web_sessions.find(digest_of(secret)))
        if session is None:
            return None
        operator = Operator(id=session.operator_id, name=session.operator_name)
        role = await self._authorization.role_of(operator.id)
        if role is None:
            await self.end_all(operator)
            return None
        await self._saw(session)
        return Visitor(operator=operator, role=role, session=session, csrf=self._sign("csrf", secret))

    async def of(self, operator_id: int) -> list[WebSession]:
        return await self._store.read(lambda unit: unit.web_sessions.of(operator_id))

    async def end(self, session_id: int, *, operator: Operator) -> bool:
        """End one of somebody's own sessions; False where there is no such one."""

        def act(unit: Unit) -> bool:
            ended = unit.web_sessions.end(session_id, operator_id=operator.id)
            if ended:
                audit.note(unit, audit.web(operator), "signed_out")
            return ended

        return await self._store.write(act)

    async def end_all(self, operator: Operator) -> None:
        def act(unit: Unit) -> None:
            if unit.web_sessions.end_all(operator.id):
                audit.note(unit, audit.web(operator), "signed_out")

        await self._store.write(act)

    async def _saw(self, session: WebSession) -> None:
        now: datetime = self._store.now()
        if now - session.seen_at >= SEEN:
            await self._store.write(lambda unit: unit.web_sessions.saw(session.id, until=unit.now + LASTS))

    def _sign(self, purpose: str, secret: str) -> str:
        return hmac.new(self._key, f"{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()


def invite(unit: Unit, operator: Operator) -> str:
    """Return what the link for one person carries, for one use within five minutes."""
    link = secrets.token_urlsafe(24)
    unit.web_sessions.invite(
        digest_of(link), operator_id=operator.id, operator_name=operator.name, until=unit.now + LINK
    )
    return link
