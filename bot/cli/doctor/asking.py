"""One HTTP question with a short timeout. What it raises holds no address, for addresses hold tokens."""

from __future__ import annotations

import json
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout

WITHIN: Final = ClientTimeout(total=10)


class Unreached(Exception):
    """Nobody answered, or not in a way that makes sense; the text is a reason for people."""


async def ask(url: str, *, params: dict[str, Any] | None = None) -> tuple[int, Any]:
    """GET, or POST when there are parameters; answers with status and JSON (None when it is none). Raises Unreached."""
    try:
        async with (
            ClientSession(timeout=WITHIN) as session,
            session.request("GET" if params is None else "POST", url, json=params) as answer,
        ):
            return answer.status, _parsed(await answer.text(errors="replace"))
    except TimeoutError:
        raise Unreached("no answer within 10 s") from None
    except (ClientError, OSError, ValueError) as error:
        raise Unreached(f"no connection: {type(error).__name__}") from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
