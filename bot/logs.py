"""Logs: events with fields, for people on a terminal and as JSON lines elsewhere. No secret gets through."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.recent import Recent
from bot.redaction import Redaction

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "console", "json"]

CHATTY: Final = ("aiogram", "aiohttp.access", "alembic", "asyncio", "httpcore2", "httpx2", "openai", "sqlalchemy")
"""Libraries with a line for everything they do: below a warning they are heard at debug only."""


def configure(
    *, level: Level = "info", fmt: Format = "auto", secrets: Iterable[str] = (), stream: TextIO | None = None
) -> Redaction:
    """Route structlog and the standard library's logging to one place, standard error by default.

    Returns what hides the secrets, so that one made later can be hidden as well.
    """
    out = sys.stderr if stream is None else stream
    redaction = Redaction(secrets)
    as_json = fmt == "json" or (fmt == "auto" and not out.isatty())
    handler = _Handler(out, redaction)
    handler.setFormatter(_formatter(_json() if as_json else _console(colors=out.isatty()), redaction))
    kept = Recent(_formatter(_json(), redaction))
    logging.basicConfig(handlers=[handler, kept], level=level.upper(), force=True)
    logging.captureWarnings(capture=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.NOTSET if level == "debug" else logging.WARNING)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return redaction


class _Handler(logging.StreamHandler[TextIO]):
    """A line that cannot be written must not print itself, with all it holds, the way the standard library does."""

    def __init__(self, stream: TextIO, redaction: Redaction) -> None:
        super().__init__(stream)
        self._redaction = redaction

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        reason = "".join(traceback.format_exception_only(sys.exception()))
        with suppress(OSError, ValueError):  # nobody reads any more: the terminal is gone or the stream is closed
            self.stream.write(self._redaction(f"log.failed logger={record.name} line={record.lineno} {reason}"))


def _shared() -> list[Processor]:
    """Give every event the same fields, whoever logged it."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _formatter(renderers: list[Processor], redaction: Redaction) -> structlog.stdlib.ProcessorFormatter:
    """Redaction comes after rendering: there, fields, nested values and tracebacks are all one text."""

    def redacted(_logger: WrappedLogger, _method: str, rendered: EventDict) -> str:
        return redaction(str(rendered))

    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_shared(), structlog.stdlib.ExtraAdder()], processors=[meta, *renderers, redacted]
    )


def _json() -> list[Processor]:
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]


def _console(*, colors: bool) -> list[Processor]:
    """Plain tracebacks: pretty ones show local variables and break a secret over two lines."""
    plain = structlog.dev.plain_traceback
    return [_printable, structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]


_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _printable(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep a customer's escape sequences from playing on the operator's terminal."""
    for key, value in event.items():
        if isinstance(value, str) and _CONTROL.search(value):
            event[key] = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", value)
    return event
