"""Which commands there are, for whom and where.

The menu beside the composer, `/help` and what whoever writes one in the wrong place is told go by these lists.
"""

from __future__ import annotations

from typing import Final

from services.texts.keys import CommandKey

Commands = tuple[CommandKey, ...]
OF_CUSTOMERS: Final[Commands] = ("start", "help", "operator", "language", "privacy")
OF_OPERATORS: Final[Commands] = (
    "open",
    "client",
    "find",
    "note",
    "delete",
    "replies",
    "alias",
    "stats",
    "dashboard",
    "help",
)
"""In their group."""
ALONE: Final[Commands] = ("open", "client", "find", "replies", "alias", "stats", "dashboard")
"""Of these, what an admin has in private, too: the others answer something that stands in the group."""
OF_ADMINS: Final[Commands] = (
    "setup",
    "scenarios",
    "facts",
    "unanswered",
    "labels",
    "admins",
    "bans",
    "health",
    "inbox",
)
"""In the group and in private; some say in the group that they work in private."""


def of_admins_in_group() -> Commands:
    return (*OF_ADMINS, *OF_OPERATORS)


def of_admins_in_private() -> Commands:
    return (*OF_ADMINS, *ALONE, *OF_CUSTOMERS)
