"""Files from a page, made as they are sent."""

from __future__ import annotations

from services.delivery.messenger import File
from storage.store import Store
from storage.units import Unit


async def uploaded(store: Store, about: str) -> File | None:
    """Return the file of a line, as it is sent; None where it is kept no longer."""
    number = int(about)

    def look(unit: Unit) -> File | None:
        line, content, known = unit.messages.get(number), unit.uploads.get(number), unit.attachments.get(number)
        if line is None or content is None or known is None:
            return None
        return File(name=known.name or "file", content=content, is_picture=line.kind == "photo")

    return await store.read(look)
