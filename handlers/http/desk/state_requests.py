"""What the desk takes about work that was set aside."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handlers.http.desk.requests import Row, Strict


class AsideBody(Strict):
    """Which tasks of a queue, and what is to become of them."""

    queue: Literal["inbox", "outbox"]
    ids: Annotated[tuple[Row, ...], Field(min_length=1, max_length=200)]
    what: Literal["retry", "discard"]
