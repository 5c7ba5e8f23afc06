"""Dates of birth, by the words beside them."""

from __future__ import annotations

from typing import Final

from services.classify.masking.shapes import Shape, one_of, shape

_MONTHS: Final = (
    r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,2}|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
)
_DATE: Final = (
    r"(?:\d{1,2}[./\s-]{1,2}\d{1,2}[./\s-]{1,2}(?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|-?го|-?е)?\s(?:of\s)?(?:{_MONTHS})(?:,?\s(?:19|20)?\d\d)?|"
    rf"(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?|"
    r"(?<![\d.])(?:19|20)\d{6}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)"
    r"(?!\d)(?:\s?(?:г\.?|года?)(?!\w))?"
)
_YEAR: Final = r"(?:19|20)\d\d(?!\d)"
_BORN: Final = (
    r"(?:родил(?:ся|ась|[ао]сь)|рожден\w{0,2}|рождён\w{0,2}|дата\sрожд\w{0,4}|дату\sрожд\w{0,4}|дате\sрожд\w{0,4}|"
    r"(?:день|дня|год)\sрожд\w{0,4}|д\.?\s?р\.?|др|born|birth\s?(?:day|date)|dates?\sof\sbirth|d\.?\s?o\.?\s?b\.?)"
)
_BETWEEN: Final = one_of(
    "моя мой моего мою у меня сына дочери ребенка ребёнка мужа жены в на это вот была был указана указан верная "
    "правильная "
    "is was on in my the of should be правильно верно должна быть стоит"
)

BIRTHS: Final[tuple[Shape, ...]] = (
    shape(
        "рожд рожден рожд родил др д.р д. born birth dob d.o.b d. o",
        rf"(?<!\w)({_BORN}(?:[\s:=,(—–-]{{1,3}}{_BETWEEN}(?!\w)){{0,4}}[\s:=,.(—–-]{{0,4}})(?:{_DATE}|{_YEAR})",
        r"\1[BIRTHDATE]",
    ),
    shape("рожд г.р г. р гр", rf"(?<![\d.]){_DATE}(?=,?\s?(?:г\.?\s?р\.?(?!\w)|(?:год\w?\s)?рожд\w+))", "[BIRTHDATE]"),
    shape("рожд г.р г. р", rf"(?<![\d.]){_YEAR}(?=\s?(?:г\.\s?р\.?(?!\w)|года\sрождения))", "[BIRTHDATE]"),
)
