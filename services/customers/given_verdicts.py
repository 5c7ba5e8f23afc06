"""What a classifier said of a line, and on what, between the look and the act."""

from __future__ import annotations

from dataclasses import dataclass

from services.classify.verdict import Verdict
from services.messages.incoming import CustomerMessage
from storage.records import Message


class VerdictOutdated(Exception):
    """The act has found something else than the verdict was given on: lines before this one, a closed ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenVerdict:
    """A verdict, and what it was given on: a line and those in a row before it that nobody had dealt with."""

    verdict: Verdict
    said: CustomerMessage
    waiting: tuple[Message, ...]


class AlreadyReceived(Exception):
    """A message of this very cause stands already; nothing was written."""
