"""Admins read and change the answers of the bot in Telegram, version by version."""

from services.editing.bench import Typed
from services.editing.editor import Editor
from services.editing.sources import source_of
from services.editing.voice import Place

__all__ = ["Editor", "Place", "Typed", "source_of"]
