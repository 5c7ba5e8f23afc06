"""The trained model, so that the engine need not be trained again."""

from __future__ import annotations

from tests.walk.conftest import home, trained_model

__all__ = ["home", "trained_model"]
