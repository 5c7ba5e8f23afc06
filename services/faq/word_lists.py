"""Lists of a Word document: how deep an item stands, and its number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

_DEEPER: Final = re.compile(r"(\d)$")
_STYLE: Final = re.compile(r"list|список|маркир|нумер", re.IGNORECASE)
_UNNUMBERED: Final = frozenset(("bullet", "none"))
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Item:
    level: int
    number: str
    """`2.`; empty where items have a sign."""


@dataclass(slots=True)
class Lists:
    """Counts the items of a document, which is read from its beginning."""

    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def item(self, paragraph: Any) -> Item | None:
        """Return what the paragraph is in its list; None where it is in none."""
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        numbering = _numbering(paragraph)
        if numbering is None and not _STYLE.search(style):
            return None
        depth = _DEEPER.search(style)
        name, level = numbering or ("", 0)
        level += int(depth[1]) - 1 if depth else 0
        self._counts = {key: count for key, count in self._counts.items() if key[1] <= level}
        if _format(paragraph, *(numbering or ("", 0))) in _UNNUMBERED:
            return Item(level, "")
        count = self._counts[name, level] = self._counts.get((name, level), 0) + 1
        return Item(level, f"{count}.")


def _numbering(paragraph: Any) -> tuple[str, int] | None:
    """Return the list that the paragraph or its style is of, and how deep; 0 takes a paragraph out of its style's."""
    style = paragraph.style.element if paragraph.style is not None else None
    for element in (paragraph._p, style):  # noqa: SLF001  # python-docx has no public way to ask
        found = element.find(f"{_W}pPr/{_W}numPr") if element is not None else None
        if found is not None:
            number, level = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
            name = number.get(f"{_W}val", "0") if number is not None else "0"
            return None if name == "0" else (name, int(level.get(f"{_W}val", "0")) if level is not None else 0)
    return None


def _format(paragraph: Any, name: str, level: int) -> str:
    """Return how a list counts, `decimal` or `bullet`; a sign where the document does not say."""
    if not name or not any(part.endswith("/numbering") for part in _relations(paragraph)):
        return "bullet"
    root = paragraph.part.numbering_part.element
    which = root.find(f"{_W}num[@{_W}numId='{name}']/{_W}abstractNumId")
    if which is None:
        return "bullet"
    found = root.find(
        f"{_W}abstractNum[@{_W}abstractNumId='{which.get(f'{_W}val')}']/{_W}lvl[@{_W}ilvl='{level}']/{_W}numFmt"
    )
    return "bullet" if found is None else str(found.get(f"{_W}val"))


def _relations(paragraph: Any) -> list[str]:
    return [str(one.reltype) for one in paragraph.part.rels.values()]
