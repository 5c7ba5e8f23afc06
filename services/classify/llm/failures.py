"""Why there is no verdict from the model.

```
LlmUnavailable    the one exception of this engine: a reason of a closed set, and what the attempt cost
```
It never carries the server's words or the library's exceptions: these hold customers' text and the key.
"""

from __future__ import annotations

from typing import Final, Literal

from services.classify.verdict import NOTHING, Spent

Reason = Literal[
    "timeout",  # no answer in time
    "connection",  # no connection, or it broke before the whole answer was there
    "rate_limited",  # 429
    "no_credit",  # 429 that says the account is empty
    "server_error",  # 5xx
    "unauthorized",  # 401, 403: the key is wrong
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
        "server_error",
        "unauthorized",
        "rejected",
        "garbled",
        "truncated",
        "off_schema",
    }
)
"""Speak against the server, so they move the breaker. Nonsense does too: a model that talks nothing else is as good as
down. Who provokes it five times in a row hands the next half minute to the local engine, and no more."""

HOPELESS: Final[frozenset[Reason]] = frozenset({"unauthorized", "no_credit"})
"""Fail the same way for every question: one is enough to open the breaker."""


class LlmUnavailable(Exception):
    """Ask somebody else: the local verdict stands."""

    def __init__(self, reason: Reason, *, spent: Spent = NOTHING) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.spent = spent
        """All the same, as for an answer that cannot be used."""


def of_status(status: int, code: str | None) -> Reason:
    """Name an HTTP status that is no success; `code` is the server's word for it."""
    match status, code:
        case _, "content_filter" | "content_policy_violation":
            return "refused"
        case (402, _) | (429, "insufficient_quota" | "billing_hard_limit_reached"):
            return "no_credit"
        case 429, _:
            return "rate_limited"
        case ((401 | 403), _):
            return "unauthorized"
        case 408, _:
            return "timeout"
        case _:
            return "server_error" if status >= 500 else "rejected"  # noqa: PLR2004 - 5xx
