"""Admins read and change the answers of the bot in Telegram, version by version."""

from services.editing.editor import Editor
from services.editing.presenter import Place
from services.editing.session import Typed
from services.editing.sources import source_of

__all__ = ["Editor", "Place", "Typed", "source_of"]
