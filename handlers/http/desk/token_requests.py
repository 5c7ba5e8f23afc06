"""What the desk takes about tokens for programs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from handlers.http.bodies import in_one_line
from handlers.http.desk.requests import Strict


class ApiTokenBody(Strict):
    """A program that is to call the desk, and what it may do."""

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64), AfterValidator(in_one_line)
    ]
    role: Literal["operator", "admin"]
