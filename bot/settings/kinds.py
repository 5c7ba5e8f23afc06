"""The kinds of value a setting can have beyond numbers and text, each with the sentence for a wrong one."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from ipaddress import ip_network
from typing import Annotated, Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PositiveInt, SecretStr
from pydantic_core import PydanticCustomError

from services.health.hosts import is_loopback

LEAST_TOKEN: Final = 16
LEAST_KEY: Final = 32


def refused(what: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{what}; {fix}", {"what": what, "fix": fix})


def _bot_token(value: SecretStr) -> SecretStr:
    if re.fullmatch(r"\d+:[\w-]+", value.get_secret_value(), re.ASCII) is None:
        raise refused("is not a bot token", "copy it whole from @BotFather: digits, a colon, letters")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()) is None:
        raise refused("is not a webhook secret", "use 1 to 256 letters, digits, _ and - (or leave it out: one is made)")
    return value


def _header_secret(value: SecretStr) -> SecretStr:
    if re.fullmatch(r"[!-~]+", value.get_secret_value()) is None:
        raise refused("cannot travel in a header", "use letters, digits and punctuation without spaces")
    return value


def _api_token(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < LEAST_TOKEN:
        raise refused(
            f"has fewer than {LEAST_TOKEN} characters and could be guessed", "make one with: openssl rand -hex 24"
        )
    return value


def _secret_key(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < LEAST_KEY:
        raise refused(
            f"has fewer than {LEAST_KEY} characters and could be guessed", "make one with: openssl rand -hex 32"
        )
    return value


def _split(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise refused("is not an address", "write one like https://example.org") from None
    return parts


def _url(value: str) -> str:
    parts = _split(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", value):
        raise refused("is not an address", "write one like https://example.org")
    if parts.username or parts.password:
        raise PydanticCustomError("refused_secret", "", {"what": "holds a password", "fix": "write it without"})
    return value.rstrip("/")


def _public_https(value: str) -> str:
    parts = _split(value)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise refused("is not https", "Telegram delivers to https only")
    return value


def _origin(value: str) -> str:
    if value != "*" and _split(_url(value)).path:
        raise refused("is not an origin", "write scheme and host only, like https://example.org, or *")
    return value.rstrip("/")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):  # KeyError: ZoneInfoNotFoundError; OSError: the name of a folder of zones
        near = get_close_matches(value, available_timezones(), n=1)
        raise refused("is no time zone", f"write one like {near[0] if near else 'Europe/Moscow'}") from None
    return value


def _group_id(value: int) -> int:
    if value >= 0:
        raise refused("is not a group", "ids of groups are negative, like -1001234567890")
    return value


_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_PASSWORDS: Final = frozenset(("password", "passwd", "pwd", "pass", "sslpassword"))
"""Options of an address in which drivers take a password: unlike its place before the host, nothing hides them."""
_PASTED: Final = {"sslmode": "ssl", "channel_binding": None}
"""What hosting panels add for libpq, as the driver calls it; None: the driver has no such thing."""


def _database_url(value: SecretStr) -> SecretStr:
    """Spell the address for the driver in use, whichever way the hosting panel spelled it."""
    scheme, mark, rest = value.get_secret_value().partition("://")
    driver = _DRIVERS.get(scheme.lower())
    if driver is None or not mark:
        raise refused("is no database address", "write sqlite+aiosqlite:///data/support.db or postgresql+asyncpg://…")
    parts = _split(f"{driver}://{rest}")
    if any(name.lower() in _PASSWORDS for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise refused("holds a password after the question mark, where it is shown", "write it as user:password@host")
    if driver.startswith("sqlite"):
        return SecretStr(_sqlite_file(driver, parts, rest))
    if not parts.hostname and "host=" not in parts.query:
        raise refused("names no host", "write postgresql+asyncpg://user:password@host:5432/name")
    return SecretStr(_with_driver_options(f"{driver}://{rest}", parts))


def _sqlite_file(driver: str, parts: SplitResult, rest: str) -> str:
    if parts.netloc:
        raise refused("has too few slashes", "write three before a relative path, four before an absolute one")
    if parts.path in {"", "/", "/:memory:"}:
        raise refused("names no file", "write sqlite+aiosqlite:///data/support.db: memory would lose messages")
    return f"{driver}://{rest}"


def _with_driver_options(url: str, parts: SplitResult) -> str:
    options = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name in _PASTED for name, _ in options):
        return url
    spoken = [(_PASTED.get(name, name), value) for name, value in options]
    query = urlencode([(name, value) for name, value in spoken if name])
    return url.partition("?")[0] + (f"?{query}" if query else "")


def _listed(value: object) -> object:
    """`1,2` and `[1, 2]` from a variable; lists from a file stay as they are."""
    if not isinstance(value, str):
        return value
    if not value.lstrip().startswith("["):
        return [item.strip() for item in value.split(",") if item.strip()]
    try:
        return json.loads(value)
    except ValueError:
        raise refused("is not a list", "write 1,2 or [1, 2]") from None


def _network(value: str) -> str:
    try:
        return str(ip_network(value, strict=False))
    except ValueError:
        raise ValueError("must be an address or a network, such as 127.0.0.1 or 10.0.0.0/8") from None


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Port = Annotated[int, Field(ge=0, le=65535)]
Share = Annotated[float, Field(ge=0, le=1)]
Url = Annotated[str, AfterValidator(_url)]
WebhookUrl = Annotated[Url, AfterValidator(_public_https)]
Zone = Annotated[str, AfterValidator(_zone)]
GroupId = Annotated[int, AfterValidator(_group_id)]
UserIds = Annotated[tuple[PositiveInt, ...], BeforeValidator(_listed)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], BeforeValidator(_listed)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(_listed)]
BotToken = Annotated[SecretStr, AfterValidator(_bot_token)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
HeaderSecret = Annotated[SecretStr, AfterValidator(_header_secret)]
ApiToken = Annotated[HeaderSecret, AfterValidator(_api_token)]
SecretKey = Annotated[SecretStr, AfterValidator(_secret_key)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
AnyCase = BeforeValidator(_lower)
