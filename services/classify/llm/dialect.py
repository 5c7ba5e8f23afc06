"""How a server wants to be asked: not all that speak this protocol speak all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from services.classify.llm.prompt import Briefing

Limit = Literal["max_tokens", "max_completion_tokens", "none"]
_TOKENS: Final[dict[Limit, int]] = {"max_tokens": 400, "max_completion_tokens": 2000}
"""The second also has to hold what a reasoning model thinks before it speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The richest one first; `simpler` steps down when the server says no."""

    format: Literal["schema", "object", "plain"] = "schema"
    temperature: bool = True
    limit: Limit = "max_tokens"

    def body(self, model: str, briefing: Briefing, data: str) -> dict[str, Any]:
        """Return the request: one system message of ours, one user message that is data."""
        system = briefing.system if self.format == "schema" else briefing.system_with_schema
        messages = [{"role": "system", "content": system}, {"role": "user", "content": data}]
        fields: dict[str, Any] = {"model": model, "messages": messages}
        if self.temperature:
            fields["temperature"] = 0
        if self.limit in _TOKENS:
            fields[self.limit] = _TOKENS[self.limit]
        return fields | self._response_format(briefing)

    def _response_format(self, briefing: Briefing) -> dict[str, Any]:
        match self.format:
            case "schema":
                schema = {"name": "verdict", "strict": True, "schema": dict(briefing.schema)}
                return {"response_format": {"type": "json_schema", "json_schema": schema}}
            case "object":
                return {"response_format": {"type": "json_object"}}
            case "plain":
                return {}

    def simpler(self, complaint: str) -> Dialect | None:
        """Return what to try after a 400 with these words; None: the request itself is at fault."""
        said = complaint.lower()
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if self.limit != "none" and self.limit in said:
            return replace(self, limit="max_completion_tokens" if self.limit == "max_tokens" else "none")
        if self.format == "schema":  # servers word this one in too many ways to recognise it
            return replace(self, format="object")
        if self.format == "object" and "response_format" in said:
            return replace(self, format="plain")
        return None
