"""Who asks something of the dashboard: a person with a session, or a program with a token."""

from __future__ import annotations

from dataclasses import dataclass

from services.dashboard.authorization import Role
from services.messages.incoming import Operator
from storage.web_sessions import WebSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who it is, and what they may do. A program is an operator with a number below zero, as an anonymous admin is."""

    operator: Operator
    role: Role
    session: WebSession | None = None
    """None: it is a program."""
    csrf: str = ""
    """What each change in a session has to bring: other sites can make a browser send its cookie, but not read this."""
