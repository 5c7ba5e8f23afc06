from __future__ import annotations

from tests.walk.conftest import home, trained_model

__all__ = ["home", "trained_model"]
