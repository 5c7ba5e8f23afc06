"""Takes what identifies or unlocks out of a text before it leaves the process.

Pure, linear in the length of the text, and blind to meaning: names and postal addresses stay. Digit runs of up to
eight stay too, so an order number remains useful, unless a word like `code`, `PIN` or `phone` stands before them; dates
and times stay as they are, but for those of birth. A parcel's number stays however long it is.
"""

from __future__ import annotations

import re
from typing import Final

from stdnum.iso7064 import mod_97_10

from services.classify.masking.births import BIRTHS
from services.classify.masking.cards import CARDS
from services.classify.masking.codes import CODES
from services.classify.masking.contacts import EMAILS, PHONES, USERNAMES
from services.classify.masking.documents import DOCUMENTS
from services.classify.masking.links import LINKS
from services.classify.masking.lookalikes import hide_cards
from services.classify.masking.numbers import INVISIBLE
from services.classify.masking.passwords import PASSWORDS
from services.classify.masking.runs import hide_numbers
from services.classify.masking.shapes import hide

_WIDE: Final = {0xFF01 + place: 0x21 + place for place in range(94)} | {
    0xFE6B: ord("@"),
    0xFE52: ord("."),
    0x3002: ord("."),
}
_TORN: Final = re.compile(rf"(?<=[\w\s@.=:/+-])[{INVISIBLE}]+(?=[\w\s@.=:/+-])")
_IBAN: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:\s?[A-Za-z0-9]{4}){2,7}(?:\s?[A-Za-z0-9]{1,3})?", re.ASCII
)
_TOKEN: Final = re.compile(r"(?<![\w+=-])(?=[A-Za-z_+=-]*\d)(?=[\d_+=-]*[A-Za-z])[A-Za-z0-9_+=-]{20,}(?![\w+=-])")
_IBAN_LENGTHS: Final = range(34, 14, -1)
_SHAPES: Final = (*LINKS, *EMAILS, *PASSWORDS, *USERNAMES, *DOCUMENTS, *BIRTHS)
_AFTER: Final = (*CARDS, *CODES, *PHONES)
"""What is told by a number that was hidden beside it, or is short enough to have stayed."""


def mask(text: str) -> str:
    """Put placeholders like `[PHONE]` where such things stood."""
    text = hide(_plain(text), _SHAPES)
    text = _IBAN.sub(_iban, text)
    text = _TOKEN.sub("[TOKEN]", text)
    return hide(hide_numbers(hide_cards(text)), _AFTER)


def _plain(text: str) -> str:
    """Write wide signs as usual ones, and leave out what is seen by nobody but parts a word."""
    return _TORN.sub("", text.translate(_WIDE))


def _iban(found: re.Match[str]) -> str:
    """Mask the longest beginning whose check digits agree: the pattern may have run on into the next words."""
    raw = found[0]
    ends = [place + 1 for place, sign in enumerate(raw) if not sign.isspace()]
    for length in _IBAN_LENGTHS:
        if length <= len(ends) and _checks("".join(raw[: ends[length - 1]].split())):
            return "[IBAN]" + raw[ends[length - 1] :]
    return raw


def _checks(account: str) -> bool:
    return bool(mod_97_10.is_valid(account[4:] + account[:4]))
