"""What an admin does in the set-up: one admin, one unit. Each action tells why it could not be done, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.desk import audit
from services.editing import drafts
from services.messages.ages import is_near
from services.scenarios import business, fact_values
from services.scenarios.fact_types import Fault, cleaned, fault
from services.setup import applying
from services.setup.facts_wanted import next_fact, wanted_facts
from services.setup.pair_actions import PairActions
from services.setup.planning import Plan, own_answers
from services.setup.progress import Progress
from services.setup.refusal import Refusal
from services.setup.source import SHOWN_UNUSED, Source, row_of
from services.setup.state import LISTENS, STEPS, Choice, Holder
from services.setup.teaching import Teaching
from services.templates.variables import plain_words
from storage.closed_sets import AnswerMode, SpokenLanguage
from storage.facts import EVERY
from storage.setup_pairs import SetupPair
from storage.units import Unit

Reason = Refusal | Fault | None
"""Why an action could not be done; None: it was done."""


class Session(Progress):
    """Everything written here is committed together or not at all."""

    def __init__(
        self,
        unit: Unit,
        who: Holder,
        *,
        actor: audit.Actor,
        settings: Mapping[str, str],
        speak: str,
        start: AnswerMode,
    ) -> None:
        """`settings`: values of facts that stand where the database has none; `start`: the mode of new answers."""
        super().__init__(unit, speak=speak)
        self._who = who
        self._actor = actor
        self.settings = settings
        self.replaced: Holder | None = None
        """Who was at it until now, and still waits for its next page."""
        self.pairs = PairActions(self)
        self.trial = Teaching(self, actor=actor, author=self.author, start=start)

    @property
    def author(self) -> str:
        return f"{self._who.name} (tg:{self._who.id})"

    @property
    def mine(self) -> bool:
        return self.setup.holder is not None and self.setup.holder.id == self._who.id

    @property
    def not_mine(self) -> Refusal | None:
        """Why this admin may do nothing here; None: it is they who are at it."""
        if self.mine:
            return None
        return Refusal("held" if self.setup.begun else "not_begun")

    # Who is at it.

    def open(self) -> Reason:
        """Begin, or go on; a colleague who is at it stays there."""
        other = self.setup.holder
        touched = self.setup.touched_at
        busy = touched is not None and is_near(self.unit.now, touched, LISTENS)
        if other is not None and not self.mine and busy and not self.setup.paused and not self.setup.complete:
            return Refusal("held")
        self.take_over()
        return None

    def take_over(self) -> None:
        """Go on where it stands, whoever was at it. Who was is told: what they write next is a customer's line."""
        former, now = self.setup.holder, self.unit.now
        if former is not None and not self.mine and self.setup.listens(former.id, now):
            self.replaced = former
        drafts.drop(self.unit, str(self._who.id))  # the next text is for the set-up
        if self.setup.complete:
            self.put(holder=self._who, paused=False, complete=False, step="name")
        else:
            self.put(holder=self._who, paused=False)

    def later(self) -> None:
        self.put(paused=True, asked=None, merging=None)

    # Steps.

    def back(self) -> None:
        """Go one page back."""
        at = self.setup
        if at.wanted is not None:
            self.put(wanted=None)
        elif at.asked is not None or at.merging is not None:
            self.put(asked=None, merging=None)
        elif at.step == "try" and at.trying is not None and at.trying.asks is not None:
            self.put(trying=replace(at.trying, asks=None))
        elif at.step == "pairs" and (before := self._pair_before()) is not None:
            self.put(pair=before.id)
        elif at.step == "facts" and (earlier := self._fact_before()) is not None:
            self.put(fact=earlier, later_facts=tuple(key for key in at.later_facts if key != earlier))
        elif at.step in ("pairs", "facts"):
            self.put(step="begin", fact=None)
        elif at.step != "name":
            self.put(step=STEPS[STEPS.index(at.step) - 1], trying=None)

    def onward(self) -> Reason:
        """Go on without saying anything: the step keeps what it has."""
        at = self.setup
        if at.step in ("begin", "pairs"):
            return Refusal("choose_first") if at.applied is None else self._to_facts()
        if at.step == "facts":
            self.put(step="try", fact=None)
        elif at.step != "score":
            self.put(step=STEPS[STEPS.index(at.step) + 1], trying=None)
        return None

    def _to_facts(self) -> Reason:
        self.put(step="facts", wanted=None, asked=None, merging=None, pair=None, later_facts=())
        self.put(fact=next_fact(self.unit, self.setup, self.settings))
        return None

    def name(self, text: str) -> Reason:
        said = plain_words(text, cap=business.MOST_NAME)
        if not said:
            return Refusal("name_empty")
        business.keep(self.unit, replace(business.business_of(self.unit), name=said))
        self.put(step="languages")
        return None

    def languages(self, codes: Sequence[SpokenLanguage]) -> Reason:
        if not codes:
            return Refusal("languages_none")
        business.keep(self.unit, replace(business.business_of(self.unit), languages=tuple(dict.fromkeys(codes))))
        self.put(step="begin")
        return None

    # How to begin.

    def want(self, choice: Choice) -> None:
        """Choose how to begin. It is asked once more what will change, but where a file is next and nothing can."""
        scenarios, _ = self.unit.scenarios.load()
        if choice == "faq" and not own_answers(scenarios):
            self.source(beside=False)
        else:
            self.put(step="begin", wanted=choice)

    def source(self, *, beside: bool) -> None:
        """Ask for the owner's file."""
        rows = self.rows.all()
        first = next((one.id for one in rows if one.state == "new"), None)
        self.put(step="pairs", choice="faq", wanted=None, beside=beside, pair=first)

    def load(self, source: Source) -> None:
        """Take what stands in a file: it is looked through pair by pair. A further one, or more text, is added."""
        known = {one.questions for one in self.rows.all()}
        self.rows.add(row_of(one) for one in source.pairs if one.questions not in known)
        rows = [one for one in self.rows.all() if one.state == "new"]
        unused = [replace(one, text=one.text[:200]) for one in source.unused[:SHOWN_UNUSED]]
        self.put(
            step="pairs",
            choice="faq",
            wanted=None,
            pair=rows[0].id if rows else None,
            asked=None,
            merging=None,
            unticked=(),
            unused=(*unused, *self.setup.unused)[:SHOWN_UNUSED],
            unused_count=len(source.unused) + self.setup.unused_count,
        )

    def anew(self) -> None:
        """Forget the file, and ask for another one."""
        self.rows.clear()
        self.put(pair=None, asked=None, merging=None, unticked=(), unused=(), unused_count=0)

    def apply(self, plan: Plan, *, known: str | None) -> Reason:
        """Let the bot know what was chosen; not where the pack is another one by now than the plan was made of."""
        if applying.pack_version_of(self.unit) != known:
            return Refusal("answers_changed")
        if plan.faults:
            return Refusal("pack", part=plan.faults[0].message)
        choice = self.setup.wanted or self.setup.choice
        applied = applying.apply(self.unit, plan, author=self.author)
        audit.note(self.unit, self._actor, "set_up", detail=choice)
        self.rows.clear()
        self.put(choice=choice, applied=applied)
        return self._to_facts()

    def undo(self) -> Reason:
        """Take back what was written into the pack."""
        if self.setup.applied is None:
            return Refusal("nothing_to_undo")
        if not applying.take_back(self.unit, self.setup.applied, author=self.author):
            return Refusal("changed_since")
        audit.note(self.unit, self._actor, "set_up", detail="undo")
        self.put(applied=None, choice=None, step="begin", fact=None)
        return None

    # Facts.

    def fact(self, key: str, text: str) -> Reason:
        """Fill in a fact, for all languages alike."""
        asked = next((one for one in self.unit.facts.definitions() if one.key == key), None)
        if asked is None:
            return Refusal("outdated")
        value = cleaned(text)
        if wrong := fault(asked.type, value):
            return wrong
        fact_values.put(self.unit, key, EVERY, value, author=self.author)
        audit.note(self.unit, self._actor, "fact_changed", detail=key)
        self._next_fact(key)
        return None

    def skip_fact(self, key: str) -> None:
        self.put(later_facts=tuple(dict.fromkeys((*self.setup.later_facts, key))))
        self._next_fact(key)

    def _next_fact(self, after: str) -> None:
        self.put(fact=next_fact(self.unit, self.setup, self.settings, after=after))

    def _pair_before(self) -> SetupPair | None:
        rows = self.rows.all()
        earlier = [one for one in rows if self.setup.pair is None or one.id < self.setup.pair]
        return earlier[-1] if earlier else None

    def _fact_before(self) -> str | None:
        keys = [one.fact.key for one in wanted_facts(self.unit, self.settings)]
        if self.setup.fact is None:
            return keys[-1] if keys else None
        at = keys.index(self.setup.fact) if self.setup.fact in keys else 0
        return keys[at - 1] if at else None

    # The end.

    def finish(self) -> None:
        self.rows.clear()
        self.put(complete=True, step="score", asked=None, merging=None)
        audit.note(self.unit, self._actor, "set_up", detail="complete")
