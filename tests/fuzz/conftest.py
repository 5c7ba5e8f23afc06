"""The trained model, so that the engine need not be trained again; and logs as in `tests/durability`."""

from __future__ import annotations

from tests.durability.conftest import plain_log
from tests.walk.conftest import home, postgresql_kept, sqlite_template

__all__ = ["home", "plain_log", "postgresql_kept", "sqlite_template"]
