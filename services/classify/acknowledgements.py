"""Thanks and "ok" to people: the whole message wants nothing of them. The words stand in `acknowledgements.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

Acknowledgement = Literal["thanks", "agreed"]
"""`thanks` asks for nothing, whatever was said before; `agreed` does not either, unless it answers a question."""
LONGEST: Final = 80
"""Characters above which a line says something."""
_FILE: Final = Path(__file__).with_name("acknowledgements.toml")
_WORD: Final = re.compile(r"\w+")
_NO_SIGN: Final = re.compile(r"[\s!.,)(\ufe0f\u200d\U0001f3fb-\U0001f3ff♀♂]+")
"""What stands between signs, or only colours them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Words and signs."""

    thanks: frozenset[str]
    agreed: frozenset[str]
    beside: frozenset[str]
    """What says nothing by itself, beside either."""
    beside_thanks: frozenset[str]
    phrases: tuple[str, ...]
    thanking_signs: frozenset[str]
    agreeing_signs: frozenset[str]


def acknowledgement_of(text: str) -> Acknowledgement | None:
    """Return which acknowledgement a whole message is, a sticker by its sign; None for one that says something."""
    line = text.strip().lower().replace("ё", "е")
    if not line or len(line) > LONGEST or "?" in line:
        return None
    known = _known()
    words = _WORD.findall(line.replace("'", ""))
    return _of_words(" ".join(words), known) if words else _of_signs(_NO_SIGN.sub("", line), line, known)


def _of_words(line: str, known: _Known) -> Acknowledgement | None:
    for phrase in known.phrases:
        line = re.sub(rf"\b{phrase}\b", " ", line)
    said = frozenset(line.split())
    if said & known.thanks:
        return "thanks" if said <= known.thanks | known.agreed | known.beside | known.beside_thanks else None
    return "agreed" if said & known.agreed and said <= known.agreed | known.beside else None


def _of_signs(signs: str, line: str, known: _Known) -> Acknowledgement | None:
    said = frozenset(signs)
    if not said:
        return "agreed" if ")" in line else None  # a smile
    if not said <= known.thanking_signs | known.agreeing_signs:
        return None
    return "thanks" if said & known.thanking_signs else "agreed"


@cache
def _known() -> _Known:
    document = tomllib.loads(_FILE.read_text("utf-8"))
    words = {name: frozenset(document[name].split()) for name in ("thanks", "agreed", "beside", "beside_thanks")}
    return _Known(
        **words,
        phrases=tuple(sorted(document["phrases"], key=len, reverse=True)),
        thanking_signs=frozenset(document["thanking_signs"]),
        agreeing_signs=frozenset(document["agreeing_signs"]),
    )
