"""Why people were called, in the reader's language.

A ticket keeps its grounds. One from before they were kept has the line as it was said in the team's language of that
day, which is known again by its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, get_args

from services.classify.grounds import SAID, Ground, Grounds, decode, encode, ground
from services.classify.sentences import Titles, retold, worded
from services.classify.urgency import UrgencyReason, urgency_of
from services.classify.verdict import Verdict
from services.texts import LANGUAGES, find_key, label
from storage.records import StoredVerdict, Ticket

URGENT: Final = "urgent"
LACKING: Final = "lacking"
"""Keys of grounds that no engine has."""
_GAPS: Final = {"facts": "\x01", "answer": "\x02"}


def pressing(text: str, verdict: Verdict | StoredVerdict | None = None) -> Ground | None:
    """Return why a message is urgent: by its words, else by what it means; None where nothing presses."""
    why = urgency_of(text).reason or (verdict.presses if isinstance(verdict, Verdict) else None)
    return urgent(why) if why else None


def urgent(why: UrgencyReason) -> Ground:
    return ground(URGENT, why=why)


def also_pressing(ticket: Ticket, why: Ground | None) -> str | None:
    """Return the grounds of a ticket that later lines raise, as they are stored: why they press comes first."""
    return encode((why, *(one for one in decode(ticket.grounds) if one.key != URGENT))) if why else ticket.grounds


def lacking(facts: str, answer: str) -> Ground:
    """Return what has to be filled in, and the answer that would be given then."""
    return ground(LACKING, facts=facts, answer=answer)


def grounds_of(verdict: Verdict | StoredVerdict) -> Grounds:
    """Return them; of a verdict from before they were kept, what was said."""
    found = verdict.grounds if isinstance(verdict, Verdict) else decode(verdict.grounds)
    return found or ((ground(SAID, text=verdict.reasoning),) if verdict.reasoning else ())


def reason_words(ticket: Ticket, language: str, titles: Titles = ()) -> str:
    """Return it in a language; what a model or a person said, as it is."""
    grounds = decode(ticket.grounds)
    if not grounds:
        return _from_before(ticket.reasoning or "", language, titles)
    return " ".join(_words(one, language, titles) for one in grounds)


def is_pressed(ticket: Ticket) -> bool:
    """Whether people were called since the customer's words press."""
    grounds = decode(ticket.grounds)
    return any(one.key == URGENT for one in grounds) if grounds else (ticket.reasoning or "") in _urgencies()


def _words(one: Ground, language: str, titles: Titles) -> str:
    if one.key == URGENT:
        why = find_key("urgency", one.fields["why"])
        return label("card.urgent", language, why=label(why, language) if why else one.fields["why"])
    if one.key == LACKING:
        return label("card.proposed", language, **one.fields)
    if one.key == SAID:
        return retold(one.fields["text"], language, titles)
    return worded((one,), language, titles)


def _from_before(told: str, language: str, titles: Titles) -> str:
    if why := _urgencies().get(told):
        return _words(urgent(why), language, ())
    found = next((found for pattern in _lacking() if (found := pattern.fullmatch(told))), None)
    return _words(lacking(**found.groupdict()), language, ()) if found else retold(told, language, titles)


@cache
def _urgencies() -> Mapping[str, UrgencyReason]:
    reasons: tuple[UrgencyReason, ...] = get_args(UrgencyReason)
    return {_words(urgent(why), language, ()): why for language in LANGUAGES for why in reasons}


@cache
def _lacking() -> tuple[re.Pattern[str], ...]:
    told = (_words(lacking(**_GAPS), language, ()) for language in LANGUAGES)
    return tuple(re.compile(_with_gaps(words), re.DOTALL) for words in told)


def _with_gaps(words: str) -> str:
    """Return a pattern for a text, each gap of which may hold anything."""
    pattern = re.escape(words)
    for name, gap in _GAPS.items():
        pattern = pattern.replace(re.escape(gap), f"(?P<{name}>.*?)")
    return pattern
