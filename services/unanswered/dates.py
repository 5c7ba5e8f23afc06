"""Dates and days as people write them to one customer: what is true of one order is wrong for the next.

What holds for everybody stays: hours ("с 9 до 18"), spans ("14 дней", "within 3 days"), and days that come again
("по пятницам", "on weekdays").
"""

from __future__ import annotations

import re
from typing import Final

_RU_MONTH: Final = (
    r"(?:январ[яеь]|феврал[яеь]|март[ае]?|апрел[яеь]|ма[яйе]|июн[яеь]|июл[яеь]|август[ае]?|"
    r"сентябр[яеь]|октябр[яеь]|ноябр[яеь]|декабр[яеь])"
)
_EN_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR: Final = r"(?:\s*(?:19|20)\d\d(?:\s*(?:года?|г\.?)(?!\w))?)"
_RU_DAY: Final = (
    r"(?:понедельник(?!и|ам)|вторник(?!и|ам)|сред[ау](?!м)|четверг(?!и|ам)|пятниц[ау](?!м)|суббот[ау](?!м)|воскресенье)"
)
_EN_DAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!s)"
_TIME: Final = r"(?:\s*(?:в|к|at|by|,)\s*\d{1,2}[:.]\d\d)?"

DATES: Final = re.compile(
    rf"""(?<![\w.])(?:
        (?:19|20)\d\d[-.]{_DAY}[-.]{_DAY}(?!\d)
      | {_DAY}[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)\d\d|\d\d)(?!\d)
      | {_DAY}\.(?:0[1-9]|1[0-2])(?![.\d\w]|\s*(?:%|₽|руб|р\b|usd|\$|€|eur|кг|г\b|см|мм|м\b|л\b))
      | {_DAY}(?:\s*(?:-|–|—|и|до|по)\s*{_DAY})?(?:-?го|-?е|-?му)?\s+{_RU_MONTH}(?!\w){_YEAR}?
      | {_DAY}(?:\s*(?:-|–|—|and|to)\s*{_DAY})?(?:st|nd|rd|th)?\s+(?:of\s+)?{_EN_MONTH}(?!\w)(?:,?{_YEAR})?
      | {_EN_MONTH}\s+{_DAY}(?:\s*(?:-|–|—)\s*{_DAY})?(?:st|nd|rd|th)?(?!\w)(?:,?{_YEAR})?
      | {_DAY}-?(?:го|му)\s+числ[ау]
      | (?:the\s+){_DAY}(?:st|nd|rd|th)(?!\w)
    ){_TIME}""",
    re.IGNORECASE | re.VERBOSE,
)
DAYS: Final = re.compile(
    rf"""(?<!\w)(?:
        послезавтра(?:шн[а-я]+)?|завтра(?!шн)|завтрашн[а-я]+|сегодняшн[а-я]+|сегодня|вчера(?:шн[а-я]+)?
      | (?:в|во|к|ко|до|с|со|на)\s+(?:(?:эту|этот|следующ[а-я]+|ближайш[а-я]+|прошл[а-я]+)\s+)?{_RU_DAY}(?!\w)
      | (?:на\s+)?(?:этой|следующей|прошлой)\s+недел[еи]
      | (?:the\s+)?day\s+after\s+tomorrow|tomorrow|today|tonight|yesterday
      | (?:(?:on|by|until|till|before|since|this|next|last)\s+)+{_EN_DAY}(?!\w)
      | (?:this|next|last)\s+week
    ){_TIME}""",
    re.IGNORECASE | re.VERBOSE,
)
