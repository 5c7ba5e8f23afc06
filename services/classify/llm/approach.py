"""How one question is put to the server: in its usual way, and in simpler ones until it understands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from services.classify.llm.dialect import Dialect, ServerDialect, blames_an_option, is_about_the_question
from services.classify.llm.failures import Reason

NO_SUCH_MODEL: Final = "model_not_found"
_WORDS_TELL: Final = (400, 422)
"""These may mean anything, so the server's words are read."""
_STATUS_TELLS: Final = (404, 405, 406, 415, 501)
"""The route is there for others: it was the way of asking that it does not know."""


class Approach:
    """One question's way through the dialects; what is found out on the way stays for the next."""

    def __init__(self, server: ServerDialect) -> None:
        self._server = server
        self._began = self.dialect = server.usual
        self._told = True
        self._last: tuple[int, str] | None = None
        self._started_over = False

    def refused(self, reason: Reason, *, status: int, code: str | None, complaint: str) -> bool:
        """Step down; False when no simpler way is left, or when it was not the way of asking that was refused."""
        if not self._is_about_the_way(reason, status, code, complaint):
            return False
        again = self._last == (status, complaint) or status not in _WORDS_TELL
        simpler = self.dialect.simpler(complaint, again=again and not is_about_the_question(complaint))
        if simpler is None:
            return self._start_over(status, complaint)
        # A format that was refused twice was refused; one refusal in words that name nothing may be the question's.
        twice = self._last is not None
        self._told = (self._told and blames_an_option(complaint)) or status not in _WORDS_TELL or twice
        self._last = (status, complaint)
        self.dialect = simpler
        return True

    def too_short(self) -> bool:
        """Ask for more room; False when there is no more to ask for."""
        if self.dialect.roomy or self.dialect.limit == "none":
            return False
        self.dialect = replace(self.dialect, roomy=True)
        return True

    def heard(self, *, understood: bool, nonsense: bool = False) -> None:
        """Note that the server took the question as it was put last, and whether a verdict came of it."""
        dialect = self.dialect if understood else replace(self.dialect, roomy=self._began.roomy)
        self._server.learn(tried=self._began, understood=dialect, told=self._told)
        if understood:
            self._server.worked()
        elif nonsense:
            self._server.spoke_nonsense(dialect)

    def _is_about_the_way(self, reason: Reason, status: int, code: str | None, complaint: str) -> bool:
        if reason == "rejected":
            return code != NO_SUCH_MODEL and status in _WORDS_TELL + _STATUS_TELLS
        if reason == "server_error":
            return status in _STATUS_TELLS or blames_an_option(complaint) or not self._server.proven
        return False

    def _start_over(self, status: int, complaint: str) -> bool:
        """Begin with the richest dialect once more: the server is another than the one that was learned."""
        known = blames_an_option(complaint) or status in _STATUS_TELLS
        if self._started_over or self._began == Dialect() or not known:
            return False
        self._started_over, self._last, self.dialect = True, None, Dialect()
        return True
