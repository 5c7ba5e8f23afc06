"""What the desk takes about customers: bodies and queries, field by field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from handlers.http.desk.requests import Key, Strict


class ClientQuery(Strict):
    """Whom somebody looks for; without words, who is banned."""

    who: Annotated[str, StringConstraints(max_length=200)] = ""


class BanBody(Strict):
    """Whether they are told of it."""

    way: Literal["silent", "told"]
    key: Key


class EraseBody(Strict):
    """`confirm`: the customer's id (`external_id`), typed: what is erased does not come back."""

    confirm: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    key: Key
