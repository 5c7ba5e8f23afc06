"""Lines as the page of a visitor shows them."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.http.messages import choices_of
from handlers.http.messages_described import OneChoice
from handlers.http.widget.bodies import SiteFile, SiteLine, SiteLines
from services.api.lines import Line


def lines(found: Iterable[Line], *, more: bool = False) -> SiteLines:
    return SiteLines(lines=[line(one) for one in found], more=more)


def line(one: Line) -> SiteLine:
    return SiteLine(
        id=one.message_id,
        author=one.author,
        name=one.author_name if one.author == "operator" else None,
        text=one.text,
        at=one.created_at,
        key=one.key.rpartition(":")[2] if one.author == "customer" else None,
        choices=[OneChoice.model_validate(choice) for choice in choices_of(one.choices)],
        file=_file(one),
    )


def _file(one: Line) -> SiteFile | None:
    if one.file is None:
        return None
    return SiteFile(name=one.file.name or one.kind, size=one.file.size, picture=one.kind == "photo")
