"""Where the set-up stands: one row, so that a restart forgets nothing, and whoever goes on sees the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final, Literal, TypedDict, get_args

from pydantic import TypeAdapter, ValidationError

from services.faq.blocks import Unused
from services.messages.ages import is_near
from storage.closed_sets import Language
from storage.units import Unit

ROW: Final = "setup"
Step = Literal["name", "languages", "begin", "pairs", "facts", "try", "score"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)
Choice = Literal["starter", "faq", "nothing"]
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
"""How the owner begins: with the answers that come with the bot, with their own, or with none."""
Asked = Literal["question", "answer", "title"]
"""What of a pair is being written anew."""
LISTENS: Final = timedelta(hours=12)
"""So long after the last step a text in private is taken for the set-up's."""
MOST_TESTS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The admin who is at it, by the Telegram id that the page knows them by, too."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was written into the pack, as one change that can be taken back."""

    at: datetime
    marks: Mapping[str, str]
    """Of each scenario that changed: its mark since then, empty where it was removed."""
    background: tuple[tuple[str, str], ...] = ()
    """Off-topic lines, by language, that had to go since they ask what answers answer."""
    answers: int = 0
    taught: Mapping[str, str] = field(default_factory=dict)
    """Of those that were taught what the owner tried since: their marks from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """What the owner has tried last, and what it is going to be."""

    text: str
    language: Language
    places: tuple[str, ...] = ()
    """Names of the answers that it may belong to, the likeliest first."""
    asks: Literal["place", "answer"] | None = None
    """What is waited for: which answer it belongs to, or the text of one."""
    page: int = 0
    """Of the answers to choose from."""
    taught: bool = False
    place: str | None = None
    """Of what was taught: the answer; None: it is none of the business's questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    step: Step = "name"
    holder: Holder | None = None
    paused: bool = False
    """Put off until later: what is typed in private is a customer's line again."""
    complete: bool = False
    choice: Choice | None = None
    wanted: Choice | None = None
    """Chosen, and not yet confirmed: there are answers already."""
    beside: bool = True
    """What is added stands beside the answers that there are; False: in their place."""
    pair: int | None = None
    """The pair that is looked at."""
    asked: Asked | None = None
    merging: int | None = None
    """Of the likely answers, the one that was pressed; its text is compared with the owner's."""
    unticked: tuple[str, ...] = ()
    """Facts that were found and shall stay words."""
    fact: str | None = None
    """The fact that is asked for."""
    later_facts: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    """What the owner has tried, as a customer would write."""
    trying: Trying | None = None
    unused: tuple[Unused, ...] = ()
    """The first of what was not taken; that of the newest file comes first."""
    unused_count: int = 0
    applied: Applied | None = None
    touched_at: datetime | None = None
    changes: int = field(default=0)
    """Counts them, so that a page that was read before one is known to be old."""

    @property
    def begun(self) -> bool:
        return self.holder is not None

    def listens(self, admin: int, now: datetime) -> bool:
        """Whether what this admin types in private is meant for the set-up."""
        mine = self.holder is not None and self.holder.id == admin
        recent = self.touched_at is not None and is_near(now, self.touched_at, LISTENS)
        return mine and recent and not self.paused and not self.complete


class SetupChanges(TypedDict, total=False):
    """What an action may change of it, by the names of its fields."""

    step: Step
    holder: Holder | None
    paused: bool
    complete: bool
    choice: Choice | None
    wanted: Choice | None
    beside: bool
    pair: int | None
    asked: Asked | None
    merging: int | None
    unticked: tuple[str, ...]
    fact: str | None
    later_facts: tuple[str, ...]
    tests: tuple[str, ...]
    trying: Trying | None
    unused: tuple[Unused, ...]
    unused_count: int
    applied: Applied | None


@cache
def _adapter() -> TypeAdapter[Setup]:
    return TypeAdapter(Setup)


def setup_of(unit: Unit) -> Setup:
    """Return where it stands; the beginning for none, or for what another version has written."""
    try:
        return _adapter().validate_json(unit.key_values.read(ROW) or "{}")
    except ValidationError:
        return Setup()


def held(unit: Unit) -> Setup:
    """Return the same; nobody else changes it until the unit closes."""
    unit.key_values.turn(f"{ROW}_lock", unit.now.isoformat())
    return setup_of(unit)


def keep(unit: Unit, setup: Setup) -> None:
    unit.key_values.write(ROW, _adapter().dump_json(setup).decode())
