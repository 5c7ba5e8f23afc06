"""Takes what identifies or unlocks out of a text before it leaves the process.

Pure, linear in the length of the text, and blind to meaning: names and postal addresses stay. Digit runs of up to
eight stay too, so an order number remains useful; dates and times stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from services.classify.llm.numbers import NUMBERS, label

_PASSPORT: Final = (
    r"\b((?:паспорт\w{0,3}|passport)[\s№:#]{1,4}(?:(?:номер|серия|no\.?|number)[\s№:#]{1,4})?)"
    r"(?:\d{2}[ ]?\d{2}[ ]{0,2}(?:номер|№|no\.?)?[ ]{0,2}\d{6}|[a-z]{0,2}[ ]?\d{6,9})(?!\d)"
)
_SHAPES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"-----BEGIN [A-Z ]{1,40}-----[\s\S]{0,5000}?-----END [A-Z ]{1,40}-----", "[TOKEN]"),
        (r"(?<!\w)(\w{1,20}://)[^\s/@]+@", r"\1[LOGIN]@"),
        (r"[?#][\w.%-]{1,64}=\S+", "?[QUERY]"),
        (r"(?<!\w)((?:t\.me|telegram\.me|vk\.com|instagram\.com|wa\.me)/)[\w.+-]+", r"\1[USERNAME]"),
        (
            r"\b(парол[ьяюе]м?|password|passwd|pass|pwd|api[ _-]?key|secret)(\s{0,3}[:=]\s{0,3})[^\s\[]\S*",
            r"\1\2[SECRET]",
        ),
        (
            # Typed as a sentence: what looks like a password, letters and digits together, within a few words.
            r"\b((?:парол[ьяюе]м?|password|passwd|pwd)(?:\s+[^\s\d\[]{1,20}){0,3}\s+)(?=\S*\d)(?=\S*[a-zа-яё])[^\s\[]{4,}",
            r"\1[SECRET]",
        ),
        (r"\b(cvv2?|cvc2?|pin|пин(?:-?код)?|otp|код(?: из)? (?:смс|sms))(\W{1,5})\d{3,8}(?!\d)", r"\1\2[SECRET]"),
        (r"\b(bearer\s{1,3})[^\s\[]\S{7,}", r"\1[TOKEN]"),
        (r"(?<![\w-])(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[a-z])[-_][\w-]{8,}", "[TOKEN]"),
        (r"(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?", "[TOKEN]"),
        (r"(?<!\d)\d{6,12}:[\w-]{20,}", "[TOKEN]"),
        (r"(?<![\w.+-])[\w.+-]+[ ]?@[ ]?[\w-]+(?:\.[\w-]+)+", "[EMAIL]"),
        (
            r"[\w.+-]{1,64}\s?[(\[]\s?(?:at|собака)\s?[)\]]\s?[\w-]{1,64}(?:\s(?:dot|точка)\s\w{2,10}|\.\w{2,10})",
            "[EMAIL]",
        ),
        (r"@[a-z]\w{2,31}(?!\w)", "[USERNAME]"),
        (_PASSPORT, r"\1[PASSPORT]"),
    )
)
_IBAN: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]{4}){2,7}(?:[ ]?[A-Za-z0-9]{1,3})?", re.ASCII
)
_TOKEN: Final = re.compile(r"(?<![\w+=-])(?=[A-Za-z_+=-]*\d)(?=[\d_+=-]*[A-Za-z])[A-Za-z0-9_+=-]{20,}(?![\w+=-])")
_IBAN_LENGTHS: Final = range(34, 14, -1)


def mask(text: str) -> str:
    """Put placeholders like `[PHONE]` where such things stood."""
    for pattern, replacement in _SHAPES:
        text = pattern.sub(replacement, text)
    text = _IBAN.sub(_iban, text)
    text = _TOKEN.sub("[TOKEN]", text)
    return NUMBERS.sub(_number, text)


def _iban(found: re.Match[str]) -> str:
    """Mask the longest beginning whose check digits agree: the pattern may have run on into the next words."""
    raw = found[0]
    ends = [place + 1 for place, sign in enumerate(raw) if sign != " "]
    for length in _IBAN_LENGTHS:
        if length <= len(ends) and _checks(raw[: ends[length - 1]].replace(" ", "")):
            return "[IBAN]" + raw[ends[length - 1] :]
    return raw


def _checks(account: str) -> bool:
    turned = account[4:] + account[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _number(found: re.Match[str]) -> str:
    return found[0] if found["date"] else label(found[0]) or found[0]
