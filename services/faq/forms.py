"""What the text of a page's element is: a heading, an item of a list with its number and depth, or a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from services.faq.blocks import BlockKind


@dataclass(frozen=True, slots=True)
class Form:
    """What the text of an element is."""

    kind: BlockKind = "paragraph"
    level: int = 0
    number: str = ""


PARAGRAPH: Final = Form()


def form_of(element: Any) -> Form:
    tag = element.tag
    if tag[0] == "h" and tag[1:].isdigit():
        return Form("heading", level=int(tag[1]))
    if tag == "p" and _begins_item(element):
        return form_of(element.getparent())
    if tag == "li":
        return Form("item", level=len(list(element.iterancestors("ul", "ol"))), number=_number_of(element))
    return Form("bold") if tag == "button" else PARAGRAPH


def _begins_item(paragraph: Any) -> bool:
    """Whether it is what an item says first: lists with room between their items have paragraphs in them."""
    item = paragraph.getparent()
    return item is not None and item.tag == "li" and item[0] is paragraph and not (item.text or "").strip()


def _number_of(item: Any) -> str:
    around = item.getparent()
    if around is None or around.tag != "ol":
        return ""
    begin = around.get("start") or "1"
    return f"{(int(begin) if begin.isdecimal() else 1) + len(list(item.itersiblings('li', preceding=True)))}."
