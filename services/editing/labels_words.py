"""Labels and versions of what was learned, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from services.classify.examples import Place
from services.classify.verdict import UNKNOWN
from services.learning.evidence import place
from services.messages.effects import Button, Keyboard, Words
from services.messages.label_presses import LabelAction, OnLabels, encode
from services.messages.lengths import cut
from services.scenarios.knowledge import Knowledge
from services.texts import label, say, text_key
from services.texts.keys import LabelsKey
from services.texts.moments import clock
from services.texts.team import Team
from storage.labels import Label
from storage.learnings import Learning

PAGE: Final = 8
IN_A_ROW: Final = 4
WORDS_MOST: Final = 120
SHOWN: Final = 6
"""Examples in a notice."""


class LabelWords:
    """Says them to admins, in the team's language."""

    def __init__(self, *, knowledge: Knowledge, team: Team) -> None:
        self._knowledge = knowledge
        self._team = team
        self._language = team.language

    def page(self, shown: Sequence[Label], *, before: int, count: int, held: frozenset[int]) -> Words:
        """Return a page of labels; `before`: where it begins, 0 at the newest."""
        lines = Markup("\n").join(self._line(one, waits=one.id in held) for one in shown[:PAGE])
        text = say("labels.list", self._language, count=count, lines=lines)
        undo = [
            self._button("undo", "undo", one.id, before, named=one.id) for one in shown[:PAGE] if one.retired_at is None
        ]
        rows = [tuple(undo[at : at + IN_A_ROW]) for at in range(0, len(undo), IN_A_ROW)]
        ways = [self._button("newest", "page", 0)] if before else []
        ways += [self._button("older", "page", shown[PAGE - 1].id)] if len(shown) > PAGE else []
        return Words(text=text, buttons=_rows(*rows, ways, [self._button("versions", "versions", 0)]))

    def _line(self, one: Label, *, waits: bool) -> Markup:
        return say(
            "labels.line",
            self._language,
            number=one.id,
            at=clock(one.created_at, self._team.zone, self._language),
            who=self.author(one),
            source=label(text_key("label_source", one.source), self._language),
            words=cut(one.text, WORDS_MOST),
            title=self.title(place(one)),
            gone=one.retired_at is not None,
            by=one.retired_by,
            held=waits and one.retired_at is None and one.confirmed_by is None,
        )

    def author(self, one: Label) -> str:
        return one.operator_name or label("labels.customer", self._language)

    def title(self, said: Place) -> str:
        """Return how people call what words are about."""
        scenario, answer = said
        if scenario == UNKNOWN:
            return label("labels.nothing", self._language)
        title = self._knowledge.title(scenario, self._language, answer)
        return title or label("labels.gone", self._language, key=scenario)

    def versions(self, shown: Sequence[Learning], standing: Learning | None) -> Words:
        lines = Markup("\n").join(self._version(one) for one in shown)
        number = standing.id if standing else None
        text = say("labels.versions_list", self._language, standing=number, lines=lines)
        takes = [
            self._button("take_version", "take", one.id, named=one.id)
            for one in shown
            if one.id != number and one.state != "held"
        ]
        rows = [tuple(takes[at : at + IN_A_ROW]) for at in range(0, len(takes), IN_A_ROW)]
        alone = [self._button("pack_alone", "take", 0)] if standing else []
        return Words(text=text, buttons=_rows(*rows, alone, [self._button("back", "page", 0)]))

    def _version(self, one: Learning) -> Markup:
        asked, sure, right = one.report.get("after", (0, 0, 0))
        return say(
            "labels.version",
            self._language,
            number=one.id,
            at=clock(one.created_at, self._team.zone, self._language),
            state=label(text_key("learning_state", one.state), self._language),
            by=one.decided_by,
            learned=one.report.get("learned", 0),
            asked=asked,
            sure=sure,
            right=right,
        )

    def waits(self, one: Learning, labels: Mapping[int, Label], *, pinned: bool) -> Words:
        """Return what admins read of a version that does not take over by itself, with the choice."""
        report = one.report
        _, before_sure, before_right = report.get("before", (0, 0, 0))
        _, after_sure, after_right = report.get("after", (0, 0, 0))
        changes = report.get("changes", [])
        text = say(
            "labels.waits",
            self._language,
            pinned=pinned,
            changes=len(changes),
            lines=Markup("\n").join(self._change(change, labels) for change in changes[:SHOWN]),
            lost=report.get("lost", 0),
            proven=report.get("proven", 0),
            before_sure=before_sure,
            before_right=before_right,
            after_sure=after_sure,
            after_right=after_right,
        )
        choice = [self._button("take", "take", one.id), self._button("keep", "keep", one.id)]
        return Words(text=text, buttons=_rows(choice, [self._button("versions", "versions", 0)]))

    def _change(self, change: Mapping[str, Any], labels: Mapping[int, Label]) -> Markup:
        """A customer's words stand in their label alone: of one that is gone they are gone here too."""
        known = labels.get(change.get("label", 0))
        words = change.get("phrase") or (known.text if known else "…")
        before, after = (self.title((said[0], said[1])) for said in (change["before"], change["after"]))
        return say("labels.change", self._language, words=cut(words, WORDS_MOST), before=before, after=after)

    def held(self, one: Learning, labels: Sequence[Label]) -> Words:
        """Return what admins read of labels that were held back, with the choice."""
        authors = Counter(self.author(label) for label in labels)
        lines = Markup("\n").join(
            say(
                "labels.held_line",
                self._language,
                words=cut(each.text, WORDS_MOST),
                title=self.title(place(each)),
            )
            for each in labels[:SHOWN]
        )
        by = ", ".join(f"{name} ({count})" for name, count in authors.most_common())
        text = say("labels.held", self._language, count=len(labels), authors=by, lines=lines)
        choice = [self._button("confirm", "confirm", one.id), self._button("drop", "drop", one.id)]
        return Words(text=text, buttons=_rows(choice, [self._button("back", "page", 0)]))

    def _button(
        self, name: LabelsKey, action: LabelAction, number: int, before: int = 0, *, named: int | None = None
    ) -> Button:
        text = label(text_key("labels", name), self._language, number=named)
        return Button(text=text, press=encode(OnLabels(action, number, before)))


def _rows(*rows: Iterable[Button]) -> Keyboard:
    return tuple(tuple(row) for row in rows if row)
