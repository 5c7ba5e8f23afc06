"""The words that people put between `code` and its digits, and those that make digits something else."""

from __future__ import annotations

from typing import Final

from services.classify.masking.shapes import one_of

MARKS: Final = r"[\s,:;=#№*(\"'«»“”`…—–-]"
CODE: Final = r"(?:код(?:а|у|ом|е|ы)?|codes?|kod)\b"

_ORDERED: Final = one_of(
    "заказ товар артикул ошиб город стран купон тариф номер договор order error product item promo"
)
FILLERS: Final = one_of(
    "это вот мой моя мою мне нам вам ваш ваша твой такой такая такие был была будет который которые этот он тут здесь "
    "ниже сюда следующий моей моего своей вы что числом написано указан номер сзади из-под "
    "верный старый новый последний из от смс sms пуш пуша push telegram телеграм "
    "i i've im you we it me my the your this that here is are was as from via by of to on and a text phone email mail "
    "app got get have sent came just says said reads number log login sign in security back card bank wrong invalid "
    "incorrect expired correct new old last one one-time onetime time otp pin cvv cvc 2fa google authenticator "
    "two-factor access activation iz prishel prishol prishyol takoy takoi moy moi eto",
    # What it is for
    r"подтвержден\w{2,3}(?:\s(?:операци|плат[её]ж|оплат|заказ|перевод|списани|личност|номер)\w{1,2})?|авторизац\w{2,3}|активац\w{2,3}|верификац\w{2,3}|регистрац\w{2,3}|проверк\w|проверочн\w{2,3}",
    r"безопасност\w|доступ\w?|вход\w?|карт\w{1,2}|домофон\w?|подъезд\w?|двер\w|замк\w|получени\w|выдач\w|доставк\w",
    r"в\s(?:личный\s)?(?:кабинет|аккаунт|профиль|лк|приложение)|подлинност\w|google|гугл|аутентификатор\w?|трехзначн\w{2}",
    r"двухфакторн\w{2,3}|аутентификац\w{2,3}|одноразов\w{2,3}|секретн\w{2,3}|podtver\w{1,10}",
    r"verif\w{1,8}|confirm\w{0,6}|authori[sz]\w{1,6}|authent\w{1,8}",
    # How it came
    r"сообщени\w{1,3}|письм\w|приложени\w|телефон\w?|почт\w|банк\w?|пришл[ао]|приш[её]л|приходит|прислал\w?|выслал\w?",
    r"отправил\w?|получил\w?|ввожу|вв[её]л\w?|вводил\w?|дали?|сво[йюя]|receiv\w{1,3}|enter\w{0,3}|typ(?:e|ed|ing)",
    r"на\s(?:номер|телефон|мой|почту|email|карт\w|оборот\w?|обратн\w{2}|обратке)|в\s(?:смс|sms|сообщени\w|письме|приложени\w)",
    r"[сc]\s(?:обратн|задн|тыльн|оборотн)\w{2}(?:\sсторон\w)?|сторон\w|\[[A-Z]+\]",
    rf"(?:от|из|from|for|для)\s(?!{_ORDERED})[^\W\d]{{2,20}}",
    # That it is refused; one that did not come is no code
    r"невер\w{1,4}|неправильн\w{2}|не\s(?:подход|работа|прин|верн|действ|проход|правильн|подош|пода)\w{1,6}",
    r"(?:does|is|do|did)(?:\s?not|n['’]?t)(?:\s(?:work\w*|accept\w*|valid))?|not\s(?:work\w*|accept\w*|valid)",
)
_UNITS: Final = one_of(
    "р рублей рубля рублями rub rur usd eur тыс день times percent points bonuses",
    r"[₽$€%]|руб\b|мин(?:ут\w?)?|сек(?:унд\w?)?|час(?:а|ов)?|дн(?:я|ей|ям)|раза?|шт(?:ук\w?)?|лет|год(?:а|у|ом)?",
    r"балл(?:а|ов)|бонус\w{0,3}|min(?:ute)?s?|sec(?:ond)?s?|hours?|days?|weeks?|months?|years?",
)
NOT_COUNTED: Final = rf"(?!\s?{_UNITS}(?!\w)|[.,:]\d)"
"""Behind digits: they are no amount, no time and no part of one."""
NOT_A_DAY: Final = (
    r"(?!(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])(?:[./](?:19|20)?\d\d)?(?!\d)"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d\d?:\d\d)"
)
_OTHERS: Final = one_of(
    "status http response exit product item vendor promo discount coupon voucher referral country area zip postal post "
    "bar qr sort track tracking order tax currency color colour model gift",
    r"штрих|промо|трек\w{0,3}|скидочн\w+|реферальн\w+|почтов\w+|телефонн\w+|партн[её]рск\w+",
)
OTHER_CODES: Final = rf"{_OTHERS}[\s-]?{CODE}{MARKS}{{0,4}}(?:is\s|is:\s)?\d{{1,8}}(?!\d)"
FAULTS: Final = (
    rf"(?:ошибк\w|error|err|fault){MARKS}{{1,3}}(?:(?:с|with|номер)\s)?{CODE}{MARKS}{{0,4}}\d{{1,5}}(?!\d)"
    r"(?!\W{1,3}(?:не\s|невер|неправ|is\s|doesn|wrong|not\s|invalid))"
    rf"|{CODE}{MARKS}{{0,4}}\d{{1,5}}(?=\W{{1,3}}(?:ошибк|error))"
)
"""`error code 1001`, unless it is said to be refused."""
