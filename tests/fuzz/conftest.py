"""The trained model, so that the engine need not be trained again."""

from __future__ import annotations

from tests.walk.conftest import home, postgresql_kept, sqlite_template

__all__ = ["home", "postgresql_kept", "sqlite_template"]
