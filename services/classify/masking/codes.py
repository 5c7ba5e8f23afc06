"""One-time codes and PINs: few digits, so the words around them tell."""

from __future__ import annotations

import re
from typing import Final

from services.classify.masking.cards import BACK, CVV
from services.classify.masking.numbers import HARMLESS
from services.classify.masking.shapes import Shape, shape
from services.classify.masking.wording import CODE, FAULTS, FILLERS, MARKS, NOT_A_DAY, NOT_COUNTED, OTHER_CODES

WEAK_DIGITS: Final = 4
"""A mere `code` needs so many digits: one of three is an error (404). After `PIN` or `security code` three do."""
_WORDS: Final = 12
"""So many words may stand between `code` and the digits."""
_BEFORE: Final = 16
"""So many signs before `code` tell what kind it is."""

_STRONG: Final = rf"(?:(?:pin|пин|{CVV})(?:[\s-]?{CODE})?|пинкод\w?|[2t]?otp|отп|2fa|mfa|2фа|passcode|puk)"
_PHRASE: Final = r"парол(?:ь|я|ю|е|ем)|password|parol"
_TEXTED: Final = r"(?:смс|sms)(?:к\w)?(?:\sс)?"
_THREE: Final = r"(?:три|3|three)\s(?:последн\w{2}\s|last\s)?(?:цифры|digits)"
_CERTAIN: Final = re.compile(
    rf"(?<!\w)(?:{_STRONG}|{_TEXTED}|подтвержд\w+|авториз\w+|верифик\w+|провероч\w+|безопасн\w+|одноразов\w+|тр[её]хзначн\w+|{CODE}\sкарты|{BACK}|"
    r"verif\w+|confirm\w+|security|one-time|onetime|auth\w+|login)(?!\w)",
    re.IGNORECASE,
)
_DIGITS: Final = r"(?:[a-z]{1,2}-)?(?:\d{4}[\s-]\d{4}|\d{1,3}(?:[\s.–—-]{1,3}\d{1,3}){1,5}|\d{3,8})(?![\da-z])"
_ALIKE: Final = r"(?=[oоlіз|]{0,6}\d)(?=\d{0,6}[oоlіз|])[\doоlіз|]{4,8}(?![\w|])"
"""Digits of which some are typed as the letters that look like them."""
_LETTERED: Final = r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{5,10}(?!\w)"
_DISGUISED: Final = re.compile(_ALIKE, re.IGNORECASE)


def _code(found: re.Match[str]) -> str:
    run = found["run"]
    if run is None or not _is_code(found.string[max(0, found.start() - _BEFORE) : found.end("head")], run):
        return found[0]
    return f"{found['head']}[SECRET]"


def _is_code(words: str, run: str) -> bool:
    digits = sum(map(str.isdecimal, run))
    lettered = run.isalnum() and not run.isdecimal()
    if lettered and _DISGUISED.fullmatch(run) and digits * 2 >= len(run):
        return True
    if lettered or digits < WEAK_DIGITS:
        return _CERTAIN.search(words) is not None
    return digits <= HARMLESS


CODES: Final[tuple[Shape, ...]] = (
    shape(
        # The digits are optional: what was read without finding any need not be read again.
        "",
        rf"(?<!\w)(?:{OTHER_CODES}|{FAULTS}|(?P<head>(?:{_STRONG}|{_TEXTED}|{_THREE}|{CODE}|{_PHRASE})"
        rf"(?:{MARKS}{{1,4}}{FILLERS}(?!\w)){{0,{_WORDS}}}+[\s.,:;=#№*(\"'«“`…—–-]{{0,5}})"
        rf"(?:{NOT_A_DAY}(?P<run>{_DIGITS}{NOT_COUNTED}|{_ALIKE}|{_LETTERED}))?)",
        _code,
    ),
    shape(
        # `583920 is my code`, at the beginning of a line: elsewhere it may be an order that waits for its code.
        "код code pin пин otp",
        r"(?m:^)([\s\"'(«]{0,3})\d(?:[ -]?\d){3,7}"
        r"(?=\s{0,2}(?:[—–-]|это|is)\s(?:(?:мой|ваш|вот|[a-z]{2,20})\s){0,3}"
        rf"(?:{_STRONG}|{CODE})(?!\w))",
        r"\1[SECRET]",
    ),
)
