"""Passwords and code words, in a form, in a record or in a sentence."""

from __future__ import annotations

from typing import Final

from services.classify.llm.shapes import Shape, one_of, shape

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
        r"(?<!\w)((?:логин|login|user)\s\S{2,64},?\s(?:and\s|и\s)?(?:пароль\s)(?!\[))[a-z][\w-]{3,}(?!\S)",
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
