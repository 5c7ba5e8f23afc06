"""An operator's reply to one customer as an answer for all: what is personal is taken out, or named instead.

Where a template can say it (the name, the number of the order, a fact of the business), that is written. What else is
one customer's own leaves a gap that a reader sees: `‹date›`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

from services.classify.masking.masking import mask
from services.faq.proposing import escaped
from services.scenarios.gaps import gap
from services.texts import word_of
from services.unanswered.dates import DATES, DAYS

_ENDINGS: Final = r"(?:а|я|у|ю|е|и|ы|ой|ей|ом|ем|ою|ею|'s|’s)"
_PLACEHOLDER: Final = re.compile(r"\[([A-Z]{2,12})\]")
_KINDS: Final = {"PHONE": "phone", "EMAIL": "email", "NAME": "name", "USERNAME": "name", "BIRTHDATE": "date"}
"""What masking has put, by the gap that it is; all else is a number or a secret that nobody shall read."""
_NUMBERS: Final = re.compile(
    r"(?<![\w.,])(?:[№#]\s*)?(?=[A-ZА-Я-]*\d)(?:[A-ZА-Я]{1,4}-?)?\d(?:-?\d){4,}[A-ZА-Я]{0,3}(?![\w%])"
)
_CODES: Final = re.compile(r"(?<!\w)(?:[№#]\s*)?[A-ZА-Я]{1,4}-?\d(?:-?\d){4,}[A-ZА-Я]{0,3}(?!\w)")
_SHORT: Final = re.compile(r"(?:[№#]\s*)[A-ZА-Я]{0,4}-?\d[\d-]*(?!\w)")
_LINKS: Final = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*\d{4,}[^\s?#]*|[^\s?#]*[?#])\S*")
_FAREWELL: Final = (
    r"(?:с уважением|всего доброго|хорошего дня|(?:best|kind|warm) regards|regards|best wishes|sincerely|yours|cheers)"
)
_OPEN, _CLOSE = "\ue000", "\ue001"
_LEAST_FACT: Final = 4
"""Characters of a fact that is looked for: "14" stands in many texts and means other things."""
_LEAST_NAME: Final = 2
_LEAST_STEM: Final = 4
"""Letters of a name that other forms of it are looked for: of shorter ones too much is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyContext:
    """What is known of the conversation that a reply stands in."""

    first_name: str = ""
    last_name: str = ""
    operator: str = ""
    """Who has answered: they sign with it, and the next customer may hear from somebody else."""
    ticket: int | None = None
    order: str = ""
    """The number of an order that the customer has written."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Values of the business's own facts by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTemplate:
    """A template made of a reply."""

    source: str
    gaps: tuple[str, ...]
    """What somebody still has to fill in or rewrite, each once: codes that have their words under `gap`."""


def template_of(text: str, about: ReplyContext, language: str) -> ReplyTemplate:
    """Return the template. Braces of the reply are words like others."""
    work = _Work(language)
    said = re.sub(f"[{_OPEN}{_CLOSE}]", "", text).strip()
    said = _signed_off(said, about.operator)
    said = _facts_named(said, about.facts, work)
    said = _numbers_named(said, about, work)
    said = _name_named(said, about, work)
    said = _gaps_left(said, about, work)
    source = work.whole(escaped(escape(said, quote=False)))
    return ReplyTemplate(source=source, gaps=tuple(dict.fromkeys(work.gaps)))


class _Work:
    """Pieces of template that stand for what was taken out, until all else is written as words."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._pieces: list[str] = []
        self.gaps: list[str] = []

    def piece(self, source: str) -> str:
        self._pieces.append(source)
        return f"{_OPEN}{len(self._pieces) - 1}{_CLOSE}"

    def gap(self, code: str) -> str:
        self.gaps.append(code)
        return self.piece(gap(word_of("gap", code, self._language)))

    def whole(self, said: str) -> str:
        return re.sub(f"{_OPEN}(\\d+){_CLOSE}", lambda found: self._pieces[int(found[1])], said)


def _signed_off(said: str, operator: str) -> str:
    """Leave out the name below a letter: who sends the next one has another."""
    names = "|".join(re.escape(one) for one in _forms(operator))
    if not names:
        return said
    return re.sub(
        rf"(?:[\s,—–-]*{_FAREWELL})?[\s,—–-]*(?:\n|[—–]\s*|{_FAREWELL}[,!]?\s*)(?:{names})[.!]?\s*$",
        "",
        said,
        flags=re.IGNORECASE,
    )


def _facts_named(said: str, facts: Mapping[str, str], work: _Work) -> str:
    for key, value in sorted(facts.items(), key=lambda one: -len(one[1])):
        if len(value) >= _LEAST_FACT:
            said = re.sub(rf"(?<![\w@.]){re.escape(value)}(?!\w)", _saying(work, f"{{{{ facts.{key} }}}}"), said)
    return said


def _numbers_named(said: str, about: ReplyContext, work: _Work) -> str:
    if about.order:
        named = "{% if order_number %} {{ order_number }}{% endif %}"
        said = re.sub(rf"\s*(?:[№#]\s*)?{re.escape(about.order)}(?![\w-])", lambda _: work.piece(named), said)
    if about.ticket is not None:
        named_ticket = "{% if ticket_number %} №{{ ticket_number }}{% endif %}"
        said = re.sub(rf"\s*[№#]\s*{about.ticket}(?![\w-])", lambda _: work.piece(named_ticket), said)
    return said


def _name_named(said: str, about: ReplyContext, work: _Work) -> str:
    """Name the customer by what the template knows, so that it reads well for those without a name, too."""
    first, last = about.first_name.strip(), about.last_name.strip()
    if len(first) < _LEAST_NAME:
        return said
    whole = rf"(?:{re.escape(first)}(?:\s+{re.escape(last)})?)" if last else re.escape(first)
    name = "{{ customer.first_name }}"
    said = re.sub(
        rf"^{whole}(?P<sign>[,!.]+\s*)(?P<next>\w+)",
        lambda found: work.piece(
            f"{{% if customer.first_name %}}{name}{found['sign']}{found['next']}{{% else %}}"
            f"{found['next'][0].upper()}{found['next'][1:]}{{% endif %}}"
        ),
        said,
    )
    said = re.sub(
        rf",\s*{whole}(?=\s*[,!.?)…])",
        lambda _: work.piece(f"{{% if customer.first_name %}}, {name}{{% endif %}}"),
        said,
    )
    said = re.sub(
        rf"(?<=\w)\s+{whole}(?=\s*[,!])",
        lambda _: work.piece(f"{{% if customer.first_name %}} {name}{{% endif %}}"),
        said,
    )
    return re.sub(rf"(?<!\w){whole}(?!\w)", lambda _: work.piece(name), said)


def _gaps_left(said: str, about: ReplyContext, work: _Work) -> str:
    """Put a gap for all else that is one customer's own."""
    others = [one for name in (about.first_name, about.last_name) for one in (*_forms(name), *_inflected(name))]
    for name in (*others, *_forms(about.operator)):
        said = re.sub(rf"(?<!\w){name if '(' in name else re.escape(name)}(?!\w)", lambda _: work.gap("name"), said)
    for code, pattern in (("link", _LINKS), ("date", DATES), ("date", DAYS), ("number", _CODES)):
        said = pattern.sub(_putting(work, code), said)
    said = _PLACEHOLDER.sub(lambda found: work.gap(_KINDS.get(found[1], "number")), mask(said))
    for pattern in (_NUMBERS, _SHORT):
        said = pattern.sub(_putting(work, "number"), said)
    return said


def _saying(work: _Work, source: str) -> Callable[[re.Match[str]], str]:
    return lambda _: work.piece(source)


def _putting(work: _Work, code: str) -> Callable[[re.Match[str]], str]:
    return lambda _: work.gap(code)


def _forms(name: str) -> Iterator[str]:
    """Yield a name as a whole, then its parts."""
    parts = name.split()
    for one in dict.fromkeys((" ".join(parts), *parts)):
        if len(one.strip(".,")) >= _LEAST_NAME:
            yield one


def _inflected(name: str) -> Iterator[str]:
    """Yield patterns of the other cases of a name: «Анны», «Анне», "Anna's"."""
    for one in name.split():
        stem = one[:-1] if one[-1:] in "аяйьеиоуaeo" and one[-1:] else one
        if len(one) >= _LEAST_STEM:
            yield f"{re.escape(stem)}{_ENDINGS}"
        yield f"{re.escape(one)}(?:'s|’s)"
