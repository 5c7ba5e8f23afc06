"""The words of the report, per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))


def words(language: str) -> Mapping[str, str]:
    """Return the texts of a language; English for one that is not there."""
    return texts().get(language) or texts()["en"]
