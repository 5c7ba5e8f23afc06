"""Other people's companies are one word: what is true of one is true of all."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

ANY: Final = "™"
"""Stands for the name of any of them."""
_FILE: Final = Path(__file__).with_name("companies.toml")


def unnamed(word: str) -> str:
    """Put `ANY` in the place of a lower-case word that names somebody else."""
    return ANY if _names().fullmatch(word) else word


@cache
def _names() -> re.Pattern[str]:
    names = tomllib.loads(_FILE.read_text("utf-8"))
    latin, cyrillic = ("|".join(map(re.escape, names[script])) for script in ("latin", "cyrillic"))
    return re.compile(rf"(?:{latin})(?:'?s)?|(?:{cyrillic})[а-я]{{0,3}}")
