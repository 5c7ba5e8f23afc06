"""Which parts of a page are a question and its answer: tags that say so, and repeated parts of an accordion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any, Final

from services.faq.blocks import Block
from services.faq.questions import asks, ends_as_question

_ITEM: Final = re.compile(r"accordion|faq|spoiler|toggle|question|(?:^|[\s_-])qa(?:$|[\s_-])", re.IGNORECASE)
_PART: Final = re.compile(r"answer|content|body|text|panel|collapse|inner|desc|title|header|button", re.IGNORECASE)
_STATE: Final = re.compile(r"(?:is-)?(?:active|open|opened|show|shown|closed|collapsed|expanded|first|last)|.*-\d+")
_LONGEST: Final = 300
_OPENS: Final = ("aria-expanded", "aria-controls", "data-target", "data-bs-target", "data-toggle", "data-bs-toggle")


def marked_pairs(element: Any) -> list[tuple[list[Any], list[Any]]]:
    """Return the parts of questions and of their answers where the page marks them as such."""
    if element.tag == "dl":
        return _definitions(element)
    if element.tag == "details":
        summary = element.find("summary")
        return [] if summary is None else [([summary], [child for child in element if child is not summary])]
    if str(element.get("itemtype", "")).endswith("schema.org/Question"):
        asked = element.xpath('.//*[@itemprop="name"]')
        told = element.xpath('.//*[@itemprop="text"]')
        return [(asked[:1], told[:1])] if asked and told else []
    return []


def _definitions(element: Any) -> list[tuple[list[Any], list[Any]]]:
    """Return the pairs of a `dl` whose terms mostly ask; one of measures and sizes has none."""
    parts = list(element.iter("dt", "dd"))
    terms = [part for part in parts if part.tag == "dt"]
    if sum(asks(term.text_content()) for term in terms) * 2 <= len(terms):
        return []
    groups = [(tag, list(group)) for tag, group in groupby(parts, key=lambda part: part.tag)]
    return [(asked, told) for (tag, asked), (_, told) in pairwise(groups) if tag == "dt"]


def items_of(root: Any) -> frozenset[Any]:
    """Return the elements that may be items of an accordion: several of one class that says so."""
    named = [element for element in root.iter("div", "li", "section", "article") if _is_item(element)]
    many = Counter(map(_name_of, named))
    return frozenset(element for element in named if many[_name_of(element)] > 1)


def _is_item(element: Any) -> bool:
    name = element.get("class") or ""
    return bool(_ITEM.search(name)) and not any(map(_PART.search, name.split()))


def _name_of(item: Any) -> str:
    names: list[str] = item.get("class").split()
    return next(name for name in names if _ITEM.search(name))


def look_of(element: Any) -> str:
    """Return the element's tag and class: what a page gives the same class looks the same, be it open or closed."""
    names = [name for name in (element.get("class") or "").split() if not _STATE.fullmatch(name)]
    return f"{element.tag}.{' '.join(names)}".rstrip(".")


def question_and_rest(blocks: Sequence[Block]) -> tuple[Block, Sequence[Block]] | None:
    """Part an item's blocks: a short first one, then what looks different. None where it is no single pair."""
    named = [number for number, block in enumerate(blocks) if any(map(str.isalpha, block.text))]
    if not named or len(blocks) < named[0] + 2:
        return None
    first, rest = blocks[named[0]], blocks[named[0] + 1 :]
    more = any(block.kind in {"heading", "pair", first.kind} and block.look == first.look for block in rest)
    others = any(block.kind in {"heading", "pair"} or ends_as_question(block.text) for block in rest)
    fits = first.kind not in {"pair", "row"} and len(first.text) <= _LONGEST and "\n" not in first.text
    return (first, rest) if fits and not more and not others else None


def opens_part(element: Any) -> bool:
    """Whether a button or a link opens a part of the page, as a question opens its answer."""
    return any(map(element.get, _OPENS)) or _is_item(element)
