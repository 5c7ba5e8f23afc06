"""The words by which a document is understood: `words.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("words.toml")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return all of it, by the file's keys."""
    return tomllib.loads(_FILE.read_text("utf-8"))
