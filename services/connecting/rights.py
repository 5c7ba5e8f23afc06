"""What a group lacks to be a good operator group, each with how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from services.delivery.group_standing import GroupStanding
from services.texts import say, text_key
from services.texts.keys import ConnectKey


def lacks(group: GroupStanding) -> Iterator[ConnectKey]:
    """Return what is missing, the gravest first; each is a text that says what to do."""
    if group.public:
        yield "public"
    if group.linked:
        yield "linked"
    if not group.administrator:
        yield "no_reactions" if group.reads_all else "no_admin"
    if group.forum and not group.may_open_topics:
        yield "no_topics"
    if not group.may_pin:
        yield "no_pin"


def told(group: GroupStanding, language: str) -> Markup:
    """Return it as lines; empty where nothing is missing."""
    lines = [say(text_key("connect", one), language) for one in lacks(group)]
    return Markup("\n").join(Markup("• ") + line for line in lines)
