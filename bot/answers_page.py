"""The parts of the dashboard by which admins read and change answers."""

from __future__ import annotations

from bot.foundation import Foundation
from bot.setup import trials_of
from handlers.http.desk.answers import Answers
from handlers.http.desk.facts import Facts
from handlers.http.desk.labels import LabelDesk
from handlers.http.desk.teaching import Teaching
from services.dashboard.catalogue import Catalogue
from services.dashboard.labels_pages import LabelsPages
from services.editing.canned_desk import CannedDesk
from services.editing.fact_desk import FactDesk
from services.editing.pack_editor import PackEditor
from services.setup.tutor import Tutor


def answer_parts(parts: Foundation) -> tuple[Answers, Facts, Teaching, LabelDesk]:
    """Return them, over what the process knows and says."""
    store, knowledge, answers, team = parts.store, parts.knowledge, parts.answers, parts.team
    editor = PackEditor(store=store, start=parts.settings.autopilot.start)
    catalogue = Catalogue(store=store, editor=editor, knowledge=knowledge, answers=answers, team=team)
    return (
        Answers(editor=editor, catalogue=catalogue, shutdown=parts.shutdown),
        Facts(
            facts=FactDesk(store=store, settings=parts.settings.facts),
            canned=CannedDesk(store=store, answers=answers),
            trials=trials_of(parts),
            catalogue=catalogue,
            shutdown=parts.shutdown,
        ),
        Teaching(tutor=Tutor(store=store, start=parts.settings.autopilot.start), shutdown=parts.shutdown),
        LabelDesk(pages=LabelsPages(store=store), team=team),
    )
