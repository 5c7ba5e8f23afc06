"""How a server wants to be asked: not all that speak this protocol speak all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from services.classify.llm.prompt import Briefing

Limit = Literal["max_tokens", "max_completion_tokens", "none"]
_TOKENS: Final[dict[Limit, int]] = {"max_tokens": 400, "max_completion_tokens": 2000}
"""The second also has to hold what a reasoning model thinks before it speaks."""
_ROOMY: Final[dict[Limit, int]] = {"max_tokens": 4000, "max_completion_tokens": 8000}
"""For a model whose thoughts took all there was."""
_OPTIONS: Final = (
    *("response_format", "response format", "schema", "json_object", "structured output", "temperature"),
    *("json mode", "guided", "grammar", "response_mime_type"),
    *("max_tokens", "max_completion_tokens", "unsupported parameter", "unsupported_parameter", "unsupported value"),
    *("unsupported_value", "unknown parameter", "unrecognized request argument", "extra_forbidden", "extra inputs"),
)
_FORMATS: Final = (
    *("response_format", "response format", "json", "schema", "structured", "guided", "grammar"),
    *("unsupported", "not support", "unknown param", "unrecognized", "unexpected", "extra", "not permitted"),
)
"""Words for a format that is not known, in what servers say when they are asked for one."""
_ROLES: Final = (
    "system role",
    "system message",
    "role 'system'",
    'role "system"',
    "system instruction",
    "developer instr",
)
"""Words of servers whose model knows user and assistant only."""
_OF_THE_QUESTION: Final = ("context length", "context_length", "context window", "json_validate", "failed_generation")
"""Speak of one question even where they name an option: it was too long, or the model's words did not fit."""
_SILENT_IN_A_ROW: Final = 3
Format = Literal["schema", "object", "plain"]
_NEXT: Final[dict[Format, Format]] = {"schema": "object", "object": "plain", "plain": "schema"}
"""Round and round: what did not work once may work for the server that stands there now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The richest one first; `simpler` steps down when the server says no."""

    format: Format = "schema"
    temperature: bool = True
    limit: Limit = "max_tokens"
    roomy: bool = False
    system: bool = True
    """Whether our instructions stand in a message of their own: some models know no such role."""

    def body(self, model: str, briefing: Briefing, data: str) -> dict[str, Any]:
        """Return the request: one system message of ours, one user message that is data (one of both if need be)."""
        system = briefing.system if self.format == "schema" else briefing.system_with_schema
        messages = [{"role": "system", "content": system}, {"role": "user", "content": data}]
        if not self.system:
            messages = [{"role": "user", "content": f"{system}\n\n{data}"}]
        fields: dict[str, Any] = {"model": model, "messages": messages}
        if self.temperature:
            fields["temperature"] = 0
        if self.limit in _TOKENS:
            fields[self.limit] = (_ROOMY if self.roomy else _TOKENS)[self.limit]
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

    @property
    def shown(self) -> str:
        """Return it in the protocol's own words, for people who compare."""
        names = {"schema": "json_schema", "object": "json_object", "plain": "no response_format"}
        limit = (
            "no limit" if self.limit == "none" else f"{self.limit} {(_ROOMY if self.roomy else _TOKENS)[self.limit]}"
        )
        left_out = {"no temperature": self.temperature, "no system role": self.system}
        return ", ".join([names[self.format], limit, *(name for name, kept in left_out.items() if not kept)])

    def simpler(self, complaint: str, *, again: bool = False) -> Dialect | None:
        """Return what to try after a refusal with these words; None: the request itself is at fault.

        `again`: a richer format was refused just like this one.
        """
        said = complaint.lower()
        if self.system and names_the_role(said):
            return replace(self, system=False)
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if self.limit != "none" and self.limit in said:
            return replace(self, limit="max_completion_tokens" if self.limit == "max_tokens" else "none")
        if self.format == "schema":  # servers word this one in too many ways to recognise it
            return replace(self, format="object")
        if self.format == "object" and (again or names_a_format(said)):
            return replace(self, format="plain")
        return None


def blames_an_option(complaint: str) -> bool:
    """Whether the server's words are about the way it was asked, and not about what."""
    said = complaint.lower()
    return (names_the_role(said) or any(word in said for word in _OPTIONS)) and not is_about_the_question(complaint)


def names_the_role(complaint: str) -> bool:
    """Whether a server says that it takes no instructions in a message of their own."""
    said = complaint.lower()
    return any(words in said for words in _ROLES)


def names_a_format(complaint: str) -> bool:
    return any(word in complaint.lower() for word in _FORMATS) and not is_about_the_question(complaint)


def is_about_the_question(complaint: str) -> bool:
    return any(word in complaint.lower() for word in _OF_THE_QUESTION)


class ServerDialect:
    """The dialect that the server is asked in first, and what is learned of it."""

    def __init__(self) -> None:
        self.usual = Dialect()
        self.proven = False
        """Whether a verdict ever came of it: then a server that fails is down, and not asked in other ways."""
        self._silent = 0
        self._nonsense = 0

    def learn(self, *, tried: Dialect, understood: Dialect, told: bool) -> None:
        """Take a simpler dialect for good when the server `told` why; when it never does, after a few in a row."""
        if tried == understood:
            self._silent = 0
            return
        self._silent += not told
        if told or self._silent >= _SILENT_IN_A_ROW:
            self.usual, self._silent = understood, 0

    def worked(self) -> None:
        """Note a verdict."""
        self.proven = True
        self._nonsense = 0

    def spoke_nonsense(self, dialect: Dialect) -> None:
        """Note an answer that is no verdict: a format that is taken and not kept, after a few in a row."""
        if dialect != self.usual:
            return
        self._nonsense += 1
        if self._nonsense >= _SILENT_IN_A_ROW:
            self.usual, self._nonsense = replace(dialect, format=_NEXT[dialect.format]), 0
