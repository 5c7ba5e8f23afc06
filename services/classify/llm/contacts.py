"""E-mail addresses, however they are spelled out, and names on the networks."""

from __future__ import annotations

from typing import Final

from services.classify.llm.shapes import Shape, one_of, shape

_LOCAL: Final = r"(?<![\w.+-])[\w.+-]{1,64}+"
_ZONE: Final = one_of("ru com net org рф su by kz ua io me de uk info biz pro dev app online shop site ру ком")
_HOSTS: Final = one_of(
    "gmail mail yandex ya bk inbox list rambler outlook hotmail live icloud yahoo proton protonmail googlemail "
    "джимейл гмейл гмаил мейл майл мэйл яндекс рамблер"
)
_DOT: Final = r"(?:\s?\.\s?|\s?[(\[{]\s?(?:dot|точка|тчк|\.)\s?[)\]}]\s?|\s(?:dot|точка|тчк)\s)"
_DOG: Final = r"соба(?:ка|чка|ку)"

EMAILS: Final[tuple[Shape, ...]] = (
    shape("@", r'"[^"\n@]{1,64}"[ ]?@[ ]?[\w-]+(?:\.[\w-]+)+', "[EMAIL]"),
    shape("@", r"(?<![\w.+-])[\w.+-]++[ ]{0,2}@\s?[ ]?[\w-]+(?:\.[\w-]+)+", "[EMAIL]"),
    shape(
        "@",
        rf"{_LOCAL}[ ]{{0,2}}@[ ]{{0,2}}[\w-]{{1,64}}+"
        rf"(?:\s?\.\s?{_ZONE}\b|[ ]\.[ ]\w{{2,10}}|\s(?:dot|точка|тчк)\s\w{{2,10}})",
        "[EMAIL]",
    ),
    shape(
        "at собак собач @",
        rf"{_LOCAL}\s?[(\[{{<]\s?(?:at|@|{_DOG})\s?[)\]}}>]\s?[\w-]{{1,64}}+(?:{_DOT}\w{{2,10}})+",
        "[EMAIL]",
    ),
    shape("соба", rf"{_LOCAL}\s?{_DOG}\s?[\w-]{{1,64}}+(?:{_DOT}\w{{2,10}})+", "[EMAIL]"),
    shape("соба", rf"{_LOCAL}\s{_DOG}\s{_HOSTS}\s{_ZONE}\b", "[EMAIL]"),
    shape(" at dot", rf"{_LOCAL}\sat\s[\w-]{{1,64}}+(?:\sdot\s\w{{2,10}})+", "[EMAIL]"),
    shape(" at ", rf"{_LOCAL}\sat\s{_HOSTS}{_DOT}{_ZONE}\b", "[EMAIL]"),
)
USERNAMES: Final[tuple[Shape, ...]] = (shape("@", r"@[a-z]\w{2,31}(?!\w)", "[USERNAME]"),)
