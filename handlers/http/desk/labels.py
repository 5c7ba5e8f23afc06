"""What the bot learns from, for admins: labels, each taken back in one press, and versions of what was learned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

from handlers.http.desk.entering import HERE
from handlers.http.desk.label_responses import LabelList, LabelOutcome, LabelRow, Learning
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import Acting, Row, Strict
from services.dashboard.labels_pages import LabelsPages
from services.desk.toasts import Toast, toast_text
from services.messages.label_presses import OnLabels
from services.texts.team import Team


class LabelsQuery(Strict):
    """Those before a label."""

    before: Row | None = None


class VersionBody(Acting):
    """What is to become of a version: go by it, keep the old, or let what it holds back count, or not."""

    action: Literal["take", "keep", "confirm", "drop"]


class LabelDesk:
    """Reads, and does what an admin presses."""

    def __init__(self, *, pages: LabelsPages, team: Team) -> None:
        self._pages = pages
        self._team = team

    def operations(self) -> Iterator[Operation]:
        here = partial(Operation, access="admins")
        yield here(
            method="GET",
            path=f"{HERE}/labels",
            summary="What people say that customers' words are about, the newest first, and what was learned",
            does=self.page,
            query=LabelsQuery,
            answer=LabelList,
        )
        yield here(
            method="POST",
            path=f"{HERE}/labels/{{label}}/undo",
            summary="Take a label back",
            does=self.undo,
            answer=LabelOutcome,
        )
        yield here(
            method="POST",
            path=f"{HERE}/labels/versions/{{version}}",
            summary="Choose about a version of what was learned; 0 is the pack alone",
            does=self.choose,
            body=VersionBody,
            answer=LabelOutcome,
        )

    async def page(self, ask: Ask) -> LabelList:
        query: LabelsQuery = ask.query
        found = await self._pages.page(before=query.before)
        return LabelList(
            labels=[LabelRow.of(one, held=one.id in found.held) for one in found.labels],
            next=found.next,
            count=found.count,
            held=len(found.held),
            held_by=found.held_by,
            versions=[Learning.of(one) for one in found.learnings],
            pinned=found.pinned,
        )

    async def undo(self, ask: Ask) -> LabelOutcome:
        press = OnLabels("undo", ask.number("label"))
        return self._told(ask, await self._pages.press(press, by=ask.visitor.operator))

    async def choose(self, ask: Ask) -> LabelOutcome:
        body: VersionBody = ask.body
        press = OnLabels(body.action, ask.number("version"))
        return self._told(ask, await self._pages.press(press, by=ask.visitor.operator))

    def _told(self, ask: Ask, said: Toast | None) -> LabelOutcome:
        words = toast_text(said, ask.language or self._team.language) if said else ""
        return LabelOutcome(outcome=said.key if said else "", words=words)
