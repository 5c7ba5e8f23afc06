"""aiogram's types, each built when it is first used: all of them, built as they are imported, take 100 MB.

A bot uses a handful of the four hundred. aiogram defines them with pydantic's `defer_build`, and then has each one
built at import, to give it the names that its fields refer to. Here those names are kept, and given at first use.
"""

from __future__ import annotations

import sys
from typing import Any

from pydantic import BaseModel


def import_aiogram() -> None:
    """Import aiogram that way; does nothing where it has been imported."""
    if "aiogram" in sys.modules:
        return
    build = BaseModel.__dict__["model_rebuild"]
    names: dict[str, Any] = {}

    def noted(cls: type[BaseModel], /, **options: Any) -> bool | None:
        if not cls.__module__.startswith("aiogram.types"):
            built: bool | None = build.__func__(cls, **options)
            return built
        names.update(options.get("_types_namespace") or {})
        return None

    setattr(BaseModel, "model_rebuild", classmethod(noted))  # noqa: B010  # a method of somebody else's, for the import
    try:
        from aiogram.methods import Response, TelegramMethod
        from aiogram.types import TelegramObject
    finally:
        setattr(BaseModel, "model_rebuild", build)  # noqa: B010  # as it was

    def built_when_used(cls: type[BaseModel], /, **options: Any) -> bool | None:
        options["_types_namespace"] = options.get("_types_namespace") or names
        built: bool | None = build.__func__(cls, **options)
        return built

    for family in (TelegramObject, TelegramMethod, Response):
        setattr(family, "model_rebuild", classmethod(built_when_used))  # noqa: B010  # pydantic calls it at first use
