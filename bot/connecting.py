"""What connects the bot to its people, put together: admins and the operator group."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from bot.foundation import Foundation
from services.connecting.admin_enrolment import AdminEnrolment
from services.connecting.admin_list import AdminList
from services.connecting.connection import Connection
from services.connecting.inviting import Inviting
from services.connecting.offers import Offers
from services.connecting.team_refresh import TeamRefresh


class Connecting:
    """Its parts, made when they are first asked for."""

    def __init__(self, parts: Foundation) -> None:
        self._parts = parts

    @cached_property
    def team_refresh(self) -> TeamRefresh:
        parts = self._parts
        return TeamRefresh(store=parts.store, groups=parts.groups, troubles=parts.troubles, team=parts.team)

    @cached_property
    def enrolment(self) -> AdminEnrolment:
        return AdminEnrolment(
            store=self._parts.store, team=self._parts.team, are_named=self._are_named, changed=self.team_refresh.look
        )

    def named(self) -> dict[str, Any]:
        """Return what carries it out, by the names that handlers ask for."""
        parts = self._parts
        given: dict[str, Any] = {"store": parts.store, "team": parts.team}
        asking = given | {"messenger": parts.courier, "admins": parts.admins}
        return {
            "enrolment": self.enrolment,
            "admin_list": AdminList(**given, changed=self.team_refresh.look),
            "inviting": Inviting(**given),
            "offers": Offers(**asking),
            "connection": Connection(
                **asking, groups=parts.groups, troubles=parts.troubles, changed=self.team_refresh.look
            ),
        }

    def _are_named(self) -> bool:
        """Whether the settings say who the admins are."""
        return bool(self._parts.team.admin_ids) or self._parts.admins.are_of_groups()
