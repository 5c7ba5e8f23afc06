"""Writes `services/texts/keys.py` from the texts: `python -m tests.house.text_keys`."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path
from textwrap import wrap
from typing import Final

TEXTS: Final = Path(__file__).parents[2] / "services" / "texts"
KEYS: Final = TEXTS / "keys.py"
_HEAD: Final = '''"""The keys of all texts as types, so that a misspelt one fails mypy.

Made from `en.toml` by `python -m tests.house.text_keys`; a test compares the two.
"""

from __future__ import annotations

from typing import Literal, overload

# fmt: off
'''
_FOOT: Final = '''


def text_key(section: str, name: str) -> str:
    """Return the key of a text whose name is known only as the bot runs. Both are checked by the types."""
    return f"{section}.{name}"
'''


def keys(language: str) -> dict[str, list[str]]:
    """Return the keys of a language by section."""
    document = tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8"))
    return {section: list(entries) for section, entries in document.items()}


def source() -> str:
    """Return what `keys.py` should hold."""
    sections = keys("en")
    parts = [_literal(_name(section), names) for section, names in sections.items()]
    whole = chain.from_iterable([f"{section}.{name}" for name in names] for section, names in sections.items())
    parts.append(_literal("TextKey", list(whole)))
    overloads = "\n".join(
        f'@overload\ndef text_key(section: Literal["{section}"], name: {_name(section)}) -> TextKey: ...'
        for section in sections
    )
    return f"{_HEAD}{''.join(parts)}# fmt: on\n\n\n{overloads}{_FOOT}"


def _name(section: str) -> str:
    return f"{section.title().replace('_', '')}Key"


def _literal(name: str, values: list[str]) -> str:
    lines = wrap(", ".join(f'"{value}"' for value in values), 114, break_on_hyphens=False)
    return f"{name} = Literal[\n" + "".join(f"    {line}\n" for line in lines) + "]\n"


if __name__ == "__main__":
    KEYS.write_text(source(), "utf-8")
