"""What a change is called, so that one that is sent again happens once."""

from __future__ import annotations

import hashlib

from handlers.http.desk.operations import Ask
from handlers.http.shutdown_gate import ShutdownGate
from services.desk.wording import PAGE
from services.messages.incoming import Cause


class Changes:
    """Names changes, as long as the process takes any."""

    def __init__(self, *, shutdown: ShutdownGate) -> None:
        self._shutdown = shutdown

    def cause(self, ask: Ask, what: str, number: int) -> Cause:
        """Name a change: by its key, and by all that it says, so that no other change passes for its repetition.

        Raises Problem while the process is on its way out.
        """
        return self._named(ask, ask.body.key, what, number, ask.body.model_dump_json())

    def named(self, ask: Ask, key: str, what: str, number: int) -> Cause:
        """Name a change of which the body is no JSON."""
        return self._named(ask, key, what, number, "")

    def _named(self, ask: Ask, key: str, what: str, number: int, told: str) -> Cause:
        self._shutdown.must_be_open()
        said = hashlib.sha256(told.encode()).hexdigest()[:16]
        return Cause(key=f"{PAGE}:{ask.visitor.operator.id}:{key}:{what}:{number}:{said}")
