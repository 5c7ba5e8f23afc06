"""What is decided about the questions and answers of the owner's file, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.dashboard.teaching import wrong_answer
from services.faq.questions import apart
from services.scenarios.packs.parts import MAX_PHRASE
from services.setup.progress import Progress
from services.setup.refusal import Refusal
from services.setup.source import short_title
from services.setup.state import Asked
from services.setup.teaching import refusal_of
from storage.closed_sets import PairState
from storage.setup_pairs import Phrasing, SetupPair


class PairActions:
    """Each tells why it could not be done, or nothing. A pair is named by its row."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def decide(self, pair_id: int, state: PairState) -> Refusal | None:
        row = self._row(pair_id)
        if row is None:
            return Refusal("outdated")
        self._progress.rows.change(row.id, state=state, scenario=None, target=None)
        self._after(row)
        return None

    def keep_all(self) -> None:
        """Keep all that nobody has decided about."""
        for row in self._progress.rows.all():
            if row.state == "new":
                self._progress.rows.change(row.id, state="kept")
        self._progress.put(pair=None, asked=None, merging=None)

    def look_at(self, pair_id: int) -> Refusal | None:
        if self._row(pair_id) is None:
            return Refusal("outdated")
        self._progress.put(step="pairs", pair=pair_id, asked=None, merging=None)
        return None

    def ask(self, pair_id: int, what: Asked) -> Refusal | None:
        """Wait for other words of a pair."""
        if self._row(pair_id) is None:
            return Refusal("outdated")
        self._progress.put(pair=pair_id, asked=what, merging=None)
        return None

    def write(self, pair_id: int, what: Asked, text: str) -> Refusal | None:
        """Put other words into a pair. An answer is Telegram's HTML."""
        row, said = self._row(pair_id), text.strip()
        if row is None:
            return Refusal("outdated")
        if not said:
            return Refusal("words_none")
        if what == "question":
            questions = tuple(one for line in said.splitlines() for one in apart(line))
            if not questions or any(len(one) > MAX_PHRASE for one in questions):
                return Refusal("question_long" if questions else "words_none")
            self._progress.rows.change(row.id, questions=questions)
        elif what == "title":
            self._progress.rows.change(row.id, title=short_title(said))
        elif wrong := wrong_answer(said):
            return refusal_of(wrong, self._progress.speak)
        else:
            self._progress.rows.change(row.id, answer=said)
        self._progress.put(asked=None)
        return None

    def offer(self, pair_id: int, likely: Sequence[str]) -> Refusal | None:
        """Show the answers that a pair may belong to."""
        if self._row(pair_id) is None:
            return Refusal("outdated")
        if not likely:
            return Refusal("nothing_to_merge")
        self._progress.rows.change(pair_id, likely=likely)
        self._progress.put(pair=pair_id, asked=None, merging=-1)
        return None

    def compare(self, pair_id: int, number: int) -> Refusal | None:
        row = self._row(pair_id)
        if row is None or number >= len(row.likely):
            return Refusal("outdated")
        self._progress.put(pair=pair_id, merging=number)
        return None

    def merge(self, pair_id: int, number: int, *, own_text: bool) -> Refusal | None:
        """Let a pair belong to an answer that there is."""
        row = self._row(pair_id)
        if row is None or number >= len(row.likely):
            return Refusal("outdated")
        scenario, _, answer = row.likely[number].partition(".")
        self._progress.rows.change(row.id, state="merged", scenario=scenario, target=answer or None, own_text=own_text)
        self._after(row)
        return None

    def propose(self, pair_id: int, ways: Sequence[Phrasing]) -> Refusal | None:
        """Put what a model proposes beside what was ticked already."""
        row = self._row(pair_id)
        if row is None:
            return Refusal("outdated")
        kept = [one for one in row.phrasings if one.ticked]
        known = {one.text for one in kept}
        self._progress.rows.propose(row.id, [*kept, *(one for one in ways if one.text not in known)])
        self._progress.put(pair=pair_id, asked=None, merging=None)
        return None

    def tick_phrasing(self, pair_id: int, number: int) -> Refusal | None:
        """Let a phrasing that was proposed be used, or not."""
        row = self._row(pair_id)
        if row is None or number >= len(row.phrasings):
            return Refusal("outdated")
        ticked = [replace(one, ticked=one.ticked ^ (at == number)) for at, one in enumerate(row.phrasings)]
        self._progress.rows.propose(row.id, ticked)
        self._progress.put(pair=pair_id)
        return None

    def tick(self, fact: str) -> None:
        """Let a fact that was found be one, or stay words."""
        unticked = set(self._progress.setup.unticked) ^ {fact}
        self._progress.put(unticked=tuple(sorted(unticked)))

    def _after(self, row: SetupPair) -> None:
        rows = self._progress.rows.all()
        left = [one for one in rows if one.state == "new"]
        following = next((one for one in left if one.id > row.id), next(iter(left), None))
        self._progress.put(pair=following.id if following else None, asked=None, merging=None)

    def _row(self, pair_id: int) -> SetupPair | None:
        rows = self._progress.rows.all() if self._progress.setup.step == "pairs" else []
        return next((one for one in rows if one.id == pair_id), None)
