from __future__ import annotations

from tests.walk.conftest import home, postgresql_kept, sqlite_template

__all__ = ["home", "postgresql_kept", "sqlite_template"]
