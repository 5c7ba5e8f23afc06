"""Passwords and code words, in a form, in a record or in a sentence."""

from __future__ import annotations

from typing import Final

from services.classify.masking.shapes import Shape, one_of, shape

_HINTS: Final = "парол passw pass пасс pwd pw psw parol key ключ secret token токен"
_WORD: Final = r"(?:парол(?:ь|я|ю|е|ем)|password|passwd|passphrase|passcode|(?<![^\W_])(?:parol|pass|pwd|psw|pw|пасс))"
_KEY: Final = (
    rf"(?:{_WORD}|(?<![^\W_])(?:(?:api|access|private)[ _-]?key|secret(?:[ _-]?key)?|token|токен|"
    r"api[ -]?ключ|ключ\s(?:api|доступа)))"
)
_SUCH: Final = one_of(
    "такой мой вот был новый старый следующий это тот же я ввожу is was my new old",
)
_TROUBLE: Final = one_of(
    "но but",
    r"не\s(?:подход|работ|прин|приход|пришл|приш[её]л|верн|могу|мог|пуска|вход|срабат|помог|пода|прохо)\w*",
    r"(?:does|is|do|did)(?:\snot|n['’]?t)\b",
    r"(?:not\swork|неверн|неправильн|is\s(?:wrong|incorrect|invalid))\w*",
)
"""Where a complaint begins, a password has ended."""
_ASIDE: Final = (
    r"(?!(?:не|что|как|где|почему|зачем|кто|пишет|пишут|выда[её]т|забыл|неверн|неправильн|ошибк|помогите|сброс|смен|"
    r"not|does|doesn|can|wrong|incorrect|invalid|forgot|how|what|why|it|error|reset|please)\w{0,6}\b[^\r\n\d]{0,80}(?:[\r\n]|$))"
)
"""`пароль: не подходит` speaks of a password and tells none."""
_LINE: Final = rf"[^\r\n]+?(?:[.!?]+(?=\s|$)|(?=,?\s{_TROUBLE})|(?=[\r\n]|$))"
_MEMORABLE: Final = one_of(
    "codeword passphrase",
    r"(?:кодов|секретн|контрольн)(?:ое|ого|ым|ому)\sслов(?:о|а|ом|у)",
    r"девич\w{2}\sфамили\w(?:\s(?:матери|мамы))?|ответ\w?\s(?:на\s)?(?:секретн|контрольн)\w{2,3}\sвопрос\w?",
    r"(?:code|secret|security|safe|memorable)\sword|maiden\sname",
)
_FOR: Final = r"(?:\s(?:для|от|for)\s\w{1,20})?"
_UNTOLD: Final = one_of(
    "не от для как на и или а но забыл забыла забыли потерял потеряла нужно надо где что чтобы в по при с к у "
    "сменить изменить поменять восстановить установить спрашивают спрашивает просят требуют если когда "
    "not for how what where when to on in at of if and or but does did doesn is was isn has have reset forgotten "
    "required please my",
)
_PLACE_OF: Final = r"(?:\s(?:от|для|for|to)\s[^\W\d]{1,20})?"
_OWN: Final = (
    r"(?:мой|моего|наш|my|our)\s(?:новый\s|старый\s|new\s|old\s)?(?:пароль|password|passcode|пасс|pass)"
    rf"{_PLACE_OF}(?:\s(?:is|это|был|was|вот|такой))?"
)
_TOLD_BY: Final = rf"(?:пароль|password|passcode){_PLACE_OF}\s(?:is|это|был|was)"
_UNSAID: Final = (
    r"(?:не\w*|нет\w*|взлом\w*|сброс\w*|сбро[шс]\w*|слет\w*|слёт\w*|забы\w*|потер\w*|утер\w*|укра\w*|измен\w*|смен\w*|поменя\w*|помен\w*|"
    r"устар\w*|ист[её]к\w*|просроч\w*|работа\w*|подход\w*|подош\w*|прин\w*|пропа\w*|исчез\w*|сохран\w*|вв\w*|ввод\w*|пис\w*|пиш\w*|показ\w*|"
    r"счита\w*|сбил\w*|слом\w*|угна\w*|узна\w*|слит\w*|слил\w*|ут[её]к\w*|восстан\w*|обнов\w*|блок\w*|заблок\w*|сгенер\w*|придум\w*|вспом\w*|"
    r"помн\w*|скомпром\w*|нужн\w*|треб\w*|хран\w*|правильн\w*|верн\w*|слишк\w*|долж\w*|приш\w*|прис\w*|сост\w*|содерж\w*|совп\w*|вид\w*|скрыт\w*|"
    r"слаб\w*|сложн\w*|прост\w*|коротк\w*|длинн\w*|над[её]жн\w*|неправ\w*|друг\w*|стар\w*|нов\w*|прежн\w*|тот|так\w*|мой|ваш|как\w*|где|что|почему|"
    r"и|а|но|для|от|на|в|с|из|к|по|же|то|всегда|опять|снова|вдруг|сам|больше|стал\w*|был\w*|удал\w*|действ\w*|истек\w*|пуст\w*|обязат\w*|"
    r"not\w*|wrong\w*|incorrect\w*|invalid\w*|correct\w*|right|changed?|expir\w*|lost|stolen|forgot\w*|required|weak|strong|short|long|same|being|hidden|"
    r"hack\w*|block\w*|reset\w*|does\w*|did\w*|was\w*|is\w*|won\w*|will|can\w*|could\w*|has\w*|have\w*|had|got|gets?|keeps?|fail\w*|stop\w*|works?|working|"
    r"worked|needs?|should\w*|must|would\w*|and|or|but|for|to|on|in|at|from|when|because|after|before|please|again|manager|protect\w*|recover\w*|leaked|hint|"
    r"field|link|email|mail|page|security|problem\w*|issue\w*|help|very|too|so|no|now|still|also|only|already|never|always|old|new|what|how|why|the|a|an|my|your|"
    r"accepted|rejected|valid|unknown|missing|gone|broken|saved|stored|empty|needed|ok|okay|fine|good|bad|easy|secure|insecure|compromised|exposed|known|different|set|"
    r"sent|displayed|shown|visible|set|case|eight|at|under|over|more|less|unable|impossible|locked|disabled|used|asked|created|generated|updated|optional|mandatory|temporary|case-sensitive)"
)
"""Words after which nobody has told a password: what happened to it, and what it is like."""

PASSWORDS: Final[tuple[Shape, ...]] = (
    shape(
        "/ |",
        r"((?:login|логин|user(?:name)?|e-?mail|почта)\s?[/|]\s?(?:pass(?:word)?|pwd|парол[ья]|parol)[\s:=—–-]{1,5})"
        r"[^\s/|\[]{1,64}(?:\s?[/|:]\s?|\s(?=\S{0,64}\d)(?=\S{0,64}[a-zа-яё]))[^\s\[]+",
        r"\1[LOGIN]/[SECRET]",
    ),
    shape("<", r"(<(?:password|passwd|pass|pwd|token|secret)>)[^<\r\n]{1,200}", r"\1[SECRET]"),
    shape(
        _HINTS,
        rf"({_KEY}[\"'»”`]?\s{{0,3}}(?:{_SUCH}\s){{0,2}}[:=—–-]?>?\s{{0,3}})"
        r"(?:\"(?:[^\"\\\r\n]|\\.){1,120}\"|'[^'\r\n]{1,120}'|«[^»\r\n]{1,120}»|“[^”\r\n]{1,120}”|`[^`\r\n]{1,120}`)",
        r"\1[SECRET]",
    ),
    shape(_HINTS, rf"({_WORD}(?:\s{_SUCH}){{0,3}}\s{{0,3}}(?::|=\s)\s{{0,3}}){_ASIDE}(?=[^\s]){_LINE}", r"\1[SECRET]"),
    shape(_HINTS, rf"({_WORD}(?:\sвот)?\sтакой\s){_ASIDE}(?=[^\s]){_LINE}", r"\1[SECRET]"),
    shape(_HINTS, rf"({_KEY}\s{{0,3}}[:=]\s{{0,3}}){_ASIDE}[^\s\[]\S*", r"\1[SECRET]"),
    shape(
        # Typed as a sentence: what looks like a password, letters and digits together, within a few words.
        "парол passw pwd parol",
        r"((?:парол[ьяюе]м?|password|passwd|passcode|\b(?:pwd|parol))(?:\s+[^\s\d\[]{1,20}){0,3}\s+)"
        r"(?=\S*\d|\S*\w[#$^*=~@!]\w)(?=\S*[a-zа-яё])[^\s\[]{4,}",
        r"\1[SECRET]",
    ),
    shape(
        "pass pw psw пасс",
        r"(?<!\w)((?:pass|pw|psw|пасс)\s(?:[—–-]\s)?)(?=\S{0,64}\d)(?=\S{0,64}[a-zа-яё])[^\s\[]{4,}",
        r"\1[SECRET]",
    ),
    shape(
        "парол pass",
        r"(?<!\w)((?:логин|login|user)\s\S{2,64},?\s(?:and\s|и\s)?(?:(?:пароль|password)\s)(?!\[))"
        rf"(?!{_UNSAID}(?!\w))[a-zа-яё][\w-]{{3,}}(?!\S)",
        r"\1[SECRET]",
    ),
    shape(
        # A mere word, where somebody says of a password which it is: the word ends what is said.
        "парол passw passc pass пасс",
        rf"(?<!\w)((?:{_OWN}|{_TOLD_BY})\s?[:—–-]?\s)(?!{_UNSAID}(?!\w))(?=[^\W\d])\w{{3,32}}"
        rf"(?=\s{{0,2}}(?:[.,!?;)\r\n]|$)|,?\s{_TROUBLE}|,?\s(?:логин|login|почта|email|заказ|order|а|и|and)\b)",
        r"\1[SECRET]",
    ),
    shape(
        "слов word passphrase фамили вопрос maiden",
        rf"\b({_MEMORABLE}{_FOR}(?:\s{_SUCH}){{0,3}}\s{{0,3}}[:=—–-]\s{{0,3}}){_ASIDE}(?=\S){_LINE}",
        r"\1[SECRET]",
    ),
    shape(
        "слов word passphrase фамили вопрос maiden",
        rf"\b({_MEMORABLE}{_FOR}(?:\s{_SUCH}){{0,3}}\s)(?![\"«“]?{_UNTOLD}\b)(?=[\w\"«“])[^\r\n,.;!?]{{2,80}}?(?=,?\s{_TROUBLE}|[\r\n,.;!?]|$|(?<=\S{{40}}))",
        r"\1[SECRET]",
    ),
)
