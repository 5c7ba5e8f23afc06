"""What opens doors by being written in an address, a header or a key of a known make."""

from __future__ import annotations

import re
from typing import Final

from services.classify.masking.shapes import Shape, one_of, shape

SECRET_SIGNS: Final = 12
"""The part of a path that mixes kinds of signs is a secret from this length on."""
_MIXED_SIGNS: Final = 10

_PIECE: Final = re.compile(r"[A-Za-z0-9]+")
_PLAIN: Final = re.compile(r"\d+|[A-Z]+|[A-Z]?[a-z]+(?:[A-Z][a-z]{2,})*")
"""A number, a word, or words written together: what names a page."""
_NETWORKS: Final = r"(?:t\.me|telegram\.(?:me|dog)|vk\.com|instagram\.com|wa\.me)"
_SESSION: Final = one_of(
    "sid sessid jsessionid phpsessid aspsessionid csrf csrftoken xsrf-token",
    r"(?:connect\.)?sid",
    r"session(?:[_-]?(?:id|key|token))?",
    r"(?:access|refresh|auth|id|csrf|xsrf|bot|api|user)[_ -]?token",
    r"auth(?:[_-]?key)?",
    "token",
)


def _part(found: re.Match[str]) -> str:
    return f"{found[1]}[TOKEN]" if is_secret(found[2]) else found[0]


def is_secret(part: str) -> bool:
    """Tell `abcDEF123456` from `how-to-pay-2024` and from `GettingStarted`."""
    mixed = sum(len(piece) for piece in _PIECE.findall(part) if not _PLAIN.fullmatch(piece))
    return len(part) >= SECRET_SIGNS and mixed >= _MIXED_SIGNS


LINKS: Final[tuple[Shape, ...]] = (
    shape(
        "-----begin",
        r"-----BEGIN [A-Z ]{1,40}-----(?:[^-]|-(?!----))*+(?:-----END [A-Z ]{1,40}-----|$)",
        "[TOKEN]",
    ),
    shape("://", r"(?<!\w)(\w{1,20}://)[^\s/@]+@", r"\1[LOGIN]@"),
    shape("%", r"%(?:25){0,3}(?:3F|26|23)[\w.-]{1,64}%(?:25){0,3}3D\S+", "?[QUERY]"),
    shape("=", r"[?#][\w.%\[\]-]{1,64}=\S+", "?[QUERY]"),
    shape(";", r";[\w.-]{1,64}=[^\s;]+", ";[QUERY]"),
    shape("cookie", r"\b((?:set-)?cookies?[\"']?\s{0,3}[:=]\s{0,3})(?=[^\s=]{1,64}=)[^\r\n]+", r"\1[TOKEN]"),
    shape(
        "authorization",
        r"(authorization[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:(?:basic|bearer|token|digest|apikey)\s{1,3}|(?=\S{0,64}\d)(?=\S{8})))[^\s\[\"'][^\s\"']*",
        r"\1[TOKEN]",
    ),
    shape("bearer", r"\b(bearer[\s:]{1,3})[^\s\[]\S{7,}", r"\1[TOKEN]"),
    shape("basic", r"\b(basic\s{1,3})(?=[a-z0-9+/]*[\d=+/])[a-z0-9+/]{8,}+={0,2}", r"\1[TOKEN]"),
    shape(
        "x-", r"\b(x-[\w-]{0,40}(?:key|token|secret|session|auth)[\w-]{0,20}\s{0,3}[:=]\s{0,3})[^\s\[]\S*", r"\1[TOKEN]"
    ),
    shape("sid sess token auth csrf xsrf", rf"(?<![^\W_])({_SESSION}=[\"']?)[^\s\[\"'&;][^\s\"'&;]*", r"\1[TOKEN]"),
    shape(
        "sid sess token auth csrf xsrf",
        rf"(?<![^\W_])({_SESSION}[\"']?(?:\s{{0,3}}[:=]\s{{0,3}}|\s{{1,3}}(?=[\d_.+/=-]{{0,64}}[a-z]))[\"']?)(?=[a-z_.+/-]{{0,64}}\d)[\w.+/=-]{{8,}}",
        r"\1[TOKEN]",
    ),
    shape(
        "/joinchat/ /+ discord whatsapp",
        rf"(?<!\w)({_NETWORKS}/(?:joinchat/|\+)|discord\.gg/|chat\.whatsapp\.com/)[\w-]+",
        r"\1[TOKEN]",
    ),
    shape("/", r"([/\\?]#?)([\w.~%+=-]{12,})", _part),
    shape(". /", rf"(?<!\w)({_NETWORKS}/)(?!joinchat/|\+\[)[\w.+-]+", r"\1[USERNAME]"),
    shape(
        "- _",
        r"(?<![\w-])(?:sk|pk|rk|ghp|gho|ghs|ghu|ghr|github_pat|glpat|hf|whsec|npm|pypi|shpat|xapp|xox[a-z]|dop_v1|y0)[-_][\w-]{8,}",
        "[TOKEN]",
    ),
    shape("sg.", r"(?<![\w-])SG\.[\w-]{10,}(?:\.[\w-]+)?", "[TOKEN]"),
    shape("ya29.", r"(?<![\w-])ya29\.[\w.-]{10,}", "[TOKEN]"),
    shape("eyj", r"(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?", "[TOKEN]"),
    shape(":", r"(?<!\d)\d{6,12}:[\w-]{20,}", "[TOKEN]"),
)
