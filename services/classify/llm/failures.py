"""Why there is no verdict from the model.

```
LlmUnavailable    the one exception of this engine: a reason of a closed set, and what the attempt cost
```
It never carries the server's words or the library's exceptions: these hold customers' text and the key.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from services.classify.verdict import NOTHING, Spent

Reason = Literal[
    "timeout",  # no answer in time
    "connection",  # no connection, or it broke before the whole answer was there
    "rate_limited",  # 429
    "no_credit",  # 402, and others that say the account is empty
    "overloaded",  # 529
    "server_error",  # 5xx
    "unauthorized",  # 401, 403: the key is wrong
    "region",  # the server does not serve this country
    "rejected",  # another 4xx: the model's name, the address, an option
    "garbled",  # an answer that is not a chat completion
    "refused",  # the model, or its filter, declined
    "truncated",  # the model ran out of tokens
    "off_schema",  # the model's words are not a verdict: garbage, a wrong label, a wrong figure
    "over_budget",  # the day's money is spent
    "circuit_open",  # the server failed lately and is left alone for a while
    "crowded",  # no turn in time
]

OF_THE_SERVER: Final[frozenset[Reason]] = frozenset(
    {
        "timeout",
        "connection",
        "rate_limited",
        "no_credit",
        "overloaded",
        "server_error",
        "unauthorized",
        "region",
        "rejected",
        "garbled",
        "truncated",
        "off_schema",
    }
)
"""Speak against the server, so they move the breaker. Nonsense does too: a model that talks nothing else is as good as
down. Who provokes it five times in a row hands the next half minute to the local engine, and no more."""

HOPELESS: Final[frozenset[Reason]] = frozenset({"unauthorized", "no_credit", "region"})
"""Fail the same way for every question: one is enough to open the breaker."""


class LlmUnavailable(Exception):
    """Ask somebody else: the local verdict stands."""

    def __init__(self, reason: Reason, *, spent: Spent = NOTHING) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.spent = spent
        """All the same, as for an answer that cannot be used."""


_PLACE: Final = r"(?:country|countries|region|territory|location)"
_SERVED: Final = r"(?:support|available|allow|serv|block|restrict)"
_ABROAD: Final = re.compile(rf"{_PLACE}\b.{{0,40}}\b{_SERVED}|{_SERVED}.{{0,40}}\b{_PLACE}|geo.?block", re.DOTALL)
_NO_CREDIT: Final = frozenset({"insufficient_quota", "billing_hard_limit_reached", "insufficient_balance"})
_EMPTY: Final = re.compile(
    r"(?:insufficient|not enough|exceeded your current)[\s_]{1,3}(?:balance|credits?|quota|funds)|balance is too low",
    re.DOTALL,
)


def of_status(status: int, code: str | None, complaint: str = "") -> Reason:
    """Name an HTTP status that is no success; `code` is the server's word for it, `complaint` all that it says."""
    return _in_words(status, code, complaint.lower()) or _by_number(status)


def _in_words(status: int, code: str | None, said: str) -> Reason | None:
    """Read what one number may mean several of."""
    if code in {"content_filter", "content_policy_violation"}:
        return "refused"
    if status in {400, 403, 451} and (code == "unsupported_country_region_territory" or _ABROAD.search(said)):
        return "region"
    if status in {400, 403, 429} and (code in _NO_CREDIT or _EMPTY.search(said)):
        return "no_credit"
    return None


def _by_number(status: int) -> Reason:
    match status:
        case 402:
            return "no_credit"
        case 429:
            return "rate_limited"
        case 401 | 403:
            return "unauthorized"
        case 408:
            return "timeout"
        case 529:
            return "overloaded"
        case _:
            return "server_error" if status >= 500 else "rejected"  # noqa: PLR2004 - 5xx
