"""E-mail addresses, however spelled out, names on the networks, and phones too short to be told by themselves."""

from __future__ import annotations

from typing import Final

from services.classify.masking.shapes import Shape, one_of, shape
from services.classify.masking.wording import NOT_A_DAY, NOT_COUNTED

_LOCAL: Final = r"(?<![\w.+-])[\w.+-]{1,64}+"
_NAME: Final = (
    rf"{_LOCAL}(?<!\blook)(?<!\blooking)(?<!\bme)(?<!\bus)(?<!\baccount)(?<!\bmailbox)(?<!\bemail)(?<!\bmail)"
)
_SPELLED: Final = rf"{_LOCAL}(?:\s(?:dot|точка)\s[\w.+-]{{1,64}}+){{0,3}}"
_ZONE: Final = one_of("ru com net org рф su by kz ua io me de uk info biz pro dev app online shop site ру ком")
_HOSTS: Final = one_of(
    "gmail mail yandex ya bk inbox list rambler outlook hotmail live icloud yahoo proton protonmail googlemail "
    "джимейл гмейл гмаил мейл майл мэйл яндекс рамблер"
)
_DOT: Final = r"(?:\s?\.\s?|\s?[(\[{<]\s?(?:dot|точка|тчк|\.)\s?[)\]}>]\s?|\s(?:dot|точка|тчк)\s)"
_DOG: Final = r"соба(?:ка|чка|ку)"

EMAILS: Final[tuple[Shape, ...]] = (
    shape("@", r"(?:\"[^\"\n@]{1,64}\"|'[^'\n@]{1,64}')[ ]?@[ ]?[\w-]+(?:\.[\w-]+)+", "[EMAIL]"),
    shape("@", r"(?<![\w.+-])[\w.+-]++[ ]{0,2}@\s?[ ]?[\w-]+(?:\.[\w-]+)+", "[EMAIL]"),
    shape(
        "@",
        rf"{_LOCAL}[ ]{{0,3}}@[ ]{{0,3}}[\w-]{{1,64}}+"
        rf"(?:(?:\s{{0,3}}\.\s{{0,3}}|,){_ZONE}\b|[ ]\.[ ]\w{{2,10}}|\s(?:dot|точка|тчк)\s\w{{2,10}})",
        "[EMAIL]",
    ),
    shape(
        "at собак собач @",
        rf"{_SPELLED}\s?[(\[{{<]\s?(?:at|@|{_DOG})\s?[)\]}}>]\s?[\w-]{{1,64}}+(?:{_DOT}\w{{2,10}})+",
        "[EMAIL]",
    ),
    shape("соба", rf"{_SPELLED}\s?{_DOG}\s?[\w-]{{1,64}}+(?:{_DOT}\w{{2,10}})+", "[EMAIL]"),
    shape("соба", rf"{_LOCAL}\s{_DOG}\s{_HOSTS}\s{_ZONE}\b", "[EMAIL]"),
    shape(" at dot", rf"{_SPELLED}\sat\s[\w-]{{1,64}}+(?:\sdot\s\w{{2,10}})+", "[EMAIL]"),
    shape(" at ", rf"{_NAME}\sat\s{_HOSTS}{_DOT}{_ZONE}\b", "[EMAIL]"),
)
USERNAMES: Final[tuple[Shape, ...]] = (shape("@", r"@[a-z]\w{2,31}(?!\w)", "[USERNAME]"),)

_PHONE: Final = (
    r"(?:(?:тел|моб|раб|дом)\.?|телефон\w{0,4}|тлф|мобильн\w{2}|мобил\w{2}|сотов\w{2}|городск\w{2}|"
    r"whats\s?app|в[ао]тсап\w?|вацап\w?|"
    r"viber|вайбер\w?|(?:пере|по)?звони(?:те)?|позвонить|tel\.?|telephone|phone|mobile|cell(?:phone)?|landline|call\sme)"
)
_PHONE_WORDS: Final = one_of(
    "номер мой это вот номеру на по мне для связи контактный рабочий домашний наш number no is my the at on me back №",
)
PHONES: Final[tuple[Shape, ...]] = (
    shape(
        "тел моб раб дом тлф сотов городск whats тсап вацап viber вайбер звон tel phone mobile cell landline call",
        rf"(?<!\w)({_PHONE}(?:[\s:,№#(—–-]{{1,3}}{_PHONE_WORDS}(?!\w)\.?){{0,4}}[\s:=,№#(—–.-]{{0,4}})"
        rf"{NOT_A_DAY}\d(?:[ .-]?\d){{5,7}}(?![\d\w]){NOT_COUNTED}",
        r"\1[PHONE]",
    ),
)
