"""The parts of the dashboard by which admins read and change answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.http.desk.answers import Answers
from handlers.http.desk.facts import Facts
from handlers.http.desk.labels import LabelDesk
from services.customers.decisions import Policy
from services.dashboard.catalogue import Catalogue
from services.dashboard.labels_pages import LabelsPages
from services.dashboard.trials import Trials
from services.editing.canned_desk import CannedDesk
from services.editing.fact_desk import FactDesk
from services.editing.pack_editor import PackEditor
from services.texts.team import Team

if TYPE_CHECKING:
    from bot.wiring import Parts


def answer_parts(parts: Parts, team: Team) -> tuple[Answers, Facts, LabelDesk]:
    """Return them, over what the process knows and says."""
    store, knowledge, answers = parts.store, parts.knowledge, parts.answers
    at = parts.settings.classifier
    editor = PackEditor(store=store, start=parts.settings.autopilot.start)
    catalogue = Catalogue(store=store, editor=editor, knowledge=knowledge, answers=answers, team=team)
    policy = Policy(answer_at=at.answer_at, clarify_at=at.clarify_at)
    return (
        Answers(editor=editor, catalogue=catalogue, door=parts.door),
        Facts(
            facts=FactDesk(store=store, settings=parts.settings.facts),
            canned=CannedDesk(store=store, answers=answers),
            trials=Trials(store=store, knowledge=knowledge, answers=answers, policy=policy),
            catalogue=catalogue,
            door=parts.door,
        ),
        LabelDesk(pages=LabelsPages(store=store), team=team),
    )
