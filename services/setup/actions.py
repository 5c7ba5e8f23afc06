"""From the button that was pressed to what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never, cast, get_args

from services.messages.setup_presses import OnSetup, SetupAction
from services.setup.facts_wanted import wanted_facts
from services.setup.planning import Plan
from services.setup.refusal import Refusal
from services.setup.session import Reason, Session
from services.setup.state import Asked, Choice
from services.texts.languages import own
from storage.setup_pairs import Phrasing

OF_WHOEVER: Final[frozenset[SetupAction]] = frozenset(("open", "over"))
"""What somebody may do who is not at it."""
WHEN_COMPLETE: Final[frozenset[SetupAction]] = frozenset(("open", "undo"))
ASKED: Final[dict[SetupAction, Asked]] = {"askq": "question", "aska": "answer", "askt": "title"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was worked out before the unit, and what it was worked out from."""

    changes: int = 0
    plan: Plan | None = None
    likely: tuple[str, ...] = ()
    ways: tuple[Phrasing, ...] = ()
    known: str | None = None
    """Which version of the pack the plan was made of."""
    failed: Refusal | None = None
    """Why the model has proposed nothing."""


def perform(  # noqa: C901, PLR0911, PLR0912  # one line an action
    session: Session, *, press: OnSetup, prepared: Prepared
) -> Reason:
    """Carry out a press, as far as it still makes sense."""
    if barred := _barred(session, press):
        return barred
    match press.action:
        case "open":
            return session.open()
        case "over":
            session.take_over()
        case "back":
            session.back()
        case "later":
            session.later()
        case "next":
            return session.onward()
        case "undo":
            return session.undo()
        case "finish":
            session.finish()
        case "score":
            pass
        case "lang" | "want" | "sure" | "anew" | "apply":
            return _begin(session, press, prepared)
        case "nofact":
            return _skip(session, press)
        case "teach" | "place" | "answer" | "foreign" | "unteach":
            return _teach(session, press)
        case _:
            return _pair(session, press, prepared)
    return None


def _barred(session: Session, press: OnSetup) -> Refusal | None:
    """Return why a press does nothing whatever it asks for. Whoever presses an older button after *later* goes on."""
    if press.action not in OF_WHOEVER and session.not_mine:
        return session.not_mine
    if session.setup.complete and press.action not in WHEN_COMPLETE:
        return Refusal("outdated")
    if session.setup.paused and press.action not in ("open", "over", "later"):
        session.put(paused=False)
    return None


def _begin(session: Session, press: OnSetup, prepared: Prepared) -> Reason:
    match press.action, press.what:
        case "lang", said:
            return session.languages([code for part in said.split(",") if (code := own(part))])
        case "want", choice if choice in get_args(Choice):
            session.want(cast("Choice", choice))
        case "sure", ("beside" | "only") as how if session.setup.wanted == "faq":
            session.source(beside=how == "beside")
        case (("sure" | "apply"), _) if prepared.plan is not None:
            return session.apply(prepared.plan, known=prepared.known)
        case "anew", _ if session.setup.step == "pairs":
            session.anew()
        case _:
            return Refusal("outdated")
    return None


def _skip(session: Session, press: OnSetup) -> Reason:
    keys = [one.fact.key for one in wanted_facts(session.unit, session.settings)]
    asked = session.setup.fact
    if session.setup.step != "facts" or asked not in keys or keys.index(asked) != press.number:
        return Refusal("outdated")
    session.skip_fact(asked)
    return None


def _teach(session: Session, press: OnSetup) -> Reason:
    match press.action:
        case "teach":
            return session.trial.ask("place", press.number)
        case "place":
            return session.trial.belongs(press.number)
        case "answer":
            return session.trial.ask("answer")
        case "foreign":
            return session.trial.foreign()
        case _:
            return session.trial.undo()


def _pair(  # noqa: C901, PLR0911, PLR0912  # one line an action
    session: Session, press: OnSetup, prepared: Prepared
) -> Reason:
    pairs, number = session.pairs, press.number
    match press.action:
        case "keep" | "skip":
            return pairs.decide(number, "kept" if press.action == "keep" else "skipped")
        case "look":
            return pairs.look_at(number)
        case "askq" | "aska" | "askt":
            return pairs.ask(number, ASKED[press.action])
        case "merge":
            return pairs.offer(number, prepared.likely)
        case "into":
            return pairs.compare(number, press.second)
        case "mine" | "theirs":
            return pairs.merge(number, press.second, own_text=press.action == "mine")
        case "keepall":
            pairs.keep_all()
        case "tick":
            pairs.tick(press.what)
        case "ways":
            return prepared.failed or pairs.propose(number, prepared.ways)
        case "way":
            return pairs.tick_phrasing(number, press.second)
        case "open" | "over" | "back" | "later" | "next" | "undo" | "finish" | "score":
            pass
        case "lang" | "want" | "sure" | "anew" | "apply" | "nofact":
            pass
        case "teach" | "place" | "answer" | "foreign" | "unteach":
            pass
        case _:
            assert_never(press.action)
    return None
