"""What the desk takes about customers: bodies and queries, field by field."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from handlers.http.desk.asked import Strict


class ClientQuery(Strict):
    """Whom somebody looks for; without words, who is banned."""

    who: Annotated[str, StringConstraints(max_length=200)] = ""
