"""Packs that tests and benchmarks bring along: what ships may be rewritten without a word to them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SHOP: Final = Path(__file__).with_name("shop")
"""A small shop, in Russian and English: twelve scenarios with one answer each, no `[[answers]]`.

Its facts fill nothing: no answer uses one.
"""
