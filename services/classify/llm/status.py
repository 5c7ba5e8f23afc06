"""How the engine is, for `/health/openai`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from services.classify.llm.breaker import State
from services.classify.llm.failures import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStatus:
    """Never worse than degraded: without the model the local engine answers."""

    reason: Reason | None
    """Why the model would not be asked now, or did not answer; None: it would."""
    cause: Reason | None
    """Why the server failed last, as long as it has not answered again."""
    model: str
    breaker: State
    spent_today_usd: float
    priced: bool
    """False: the model's price is not known, so neither cost nor budget count."""

    @property
    def status(self) -> Literal["healthy", "degraded"]:
        return "healthy" if self.reason is None else "degraded"

    @property
    def told(self) -> Reason | None:
        """The reason for people: a server that is left alone for a while says less than what it failed of."""
        return self.cause if self.reason == "circuit_open" and self.cause else self.reason

    def facts(self) -> Mapping[str, Any]:
        """Return what the route shows beside the status."""
        return {
            "openai_api": "ok" if self.reason is None else "error",
            **({"reason": self.reason} if self.reason else {}),
            **({"cause": self.cause} if self.cause else {}),
            "model": self.model,
            "breaker": self.breaker,
            "spent_today_usd": round(self.spent_today_usd, 6),
            **({} if self.priced else {"note": "price unknown"}),
        }
