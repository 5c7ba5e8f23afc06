"""Passports and other papers by the words and signs around their numbers."""

from __future__ import annotations

from typing import Final

from services.classify.masking.shapes import Shape, one_of, shape

_MARKS: Final = r"[\s№:#,;.—–-]"
_SAID: Final = one_of("номер серия серии number no. no is был мой my это рф и паспорта ser")
_NUMBER: Final = r"(?:номер|№|no\.?|n|#)"
_SIX: Final = r"\d{3}[ -]?\d{3}"
_NINO: Final = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]"

DOCUMENTS: Final[tuple[Shape, ...]] = (
    shape(
        "паспорт passport",
        rf"((?<!\w)(?:загран)?(?:паспорт\w{{0,3}}|passport){_MARKS}{{1,4}}(?:{_SAID}{_MARKS}{{1,4}}){{0,4}})"
        rf"(?:\d{{2}}\s?\d{{2}}{_MARKS}{{0,4}}{_NUMBER}?{_MARKS}{{0,4}}{_SIX}|"
        r"[a-z]{0,2}[\s-]?\d(?:[ -]?\d){5,8})(?!\d)",
        r"\1[PASSPORT]",
    ),
    shape(
        "сери seri",
        rf"((?<!\w)(?:сери[яию]|series){_MARKS}{{1,4}}(?:(?:паспорта|и|номер|number|is){_MARKS}{{1,4}}){{0,3}})"
        rf"(?:\d{{2}}\s?\d{{2}}|[ivx]{{0,4}}-?[a-zа-я]{{2}}){_MARKS}{{0,4}}(?:(?:паспорта){_MARKS}{{1,3}})?"
        rf"(?:{_NUMBER}{_MARKS}{{0,4}})?{_SIX}\d?(?!\d)",
        r"\1[PASSPORT]",
    ),
    shape(
        "",
        rf"(?<!\w)(?-i:[IVXLCІУХЛС1]{{1,6}})\s?[-–—]?\s?(?-i:[А-ЯЁ]{{2}}){_MARKS}{{0,3}}(?:{_NUMBER}{_MARKS}{{0,2}})?\d{{6}}(?!\d)",
        "[CERTIFICATE]",
    ),
    shape("№ #", r"(?<!\w)\d{1,2}\s?[-–—]\s?(?-i:[А-ЯЁ]{2})\s?[№#]\s?\d{6}(?!\d)", "[CERTIFICATE]"),
    shape(
        "свидетельств",
        rf"(свидетельств\w{{1,3}}(?:\s(?:о|рождении|о\sрождении|о\sбраке|ребенка|ребёнка|сына|дочери)){{0,3}}{_MARKS}{{1,4}}"
        rf"(?:{_SAID}{_MARKS}{{1,4}}){{0,3}})(?:(?:[ivxlсухi1]{{1,6}}|\d{{1,2}})\s?[-–—]?\s?[а-яё]{{2}}{_MARKS}{{0,3}}(?:{_NUMBER}{_MARKS}{{0,2}})?)?\d{{6}}(?!\d)",
        r"\1[CERTIFICATE]",
    ),
    shape("", rf"(?<!\w)(?-i:{_NINO})(?!\w)", "[NI]"),
    shape(
        "national insurance ni nino",
        rf"((?<!\w)(?:national\sinsurance|ni|nino)(?:{_MARKS}{{1,3}}(?:number|no\.?|is|my)){{0,3}}{_MARKS}{{1,3}})"
        r"[a-z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d(?:[ -]?[a-d])?(?!\w)",
        r"\1[NI]",
    ),
    shape("№ #", rf"(?<!\d)(?:\d{{4}}|\d{{2}} \d{{2}} ?)[№#] ?{_SIX}(?!\d)", "[PASSPORT]"),
)
