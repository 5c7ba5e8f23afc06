"""Files that were sent: kept in memory, named by ids that cannot be guessed."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from playground.errors import bad_request

LARGEST_DOWNLOAD: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file and the names it goes by."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    content: bytes

    @property
    def ids(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}

    def as_json(self) -> dict[str, Any]:
        """Give what getFile answers."""
        return self.ids | {"file_path": self.path}


class Files:
    """The store."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, content: bytes, *, name: str, mime: str = "", folder: str = "documents") -> StoredFile:
        if not content:
            raise bad_request("file must be non-empty")
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        suffix = (mimetypes.guess_extension(mime) or "").replace("jpe", "jpg") if "." not in name else ""
        ending = suffix or "." + name.rpartition(".")[2][:8]
        path = f"{folder}/file_{len(self._by_id)}{ending}"
        stored = StoredFile(
            file_id="PG" + secrets.token_urlsafe(24),
            unique_id=secrets.token_urlsafe(8),
            path=path,
            name=name,
            mime=mime,
            content=content,
        )
        self._by_id[stored.file_id] = self._by_path[path] = stored
        return stored

    def keep(self, stored: StoredFile) -> StoredFile:
        """Take in a file under names that are given."""
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def __len__(self) -> int:
        return len(self._by_id)

    def since(self, count: int) -> list[StoredFile]:
        """Give what was added after the first `count`."""
        return list(islice(self._by_id.values(), count, None))

    def get(self, file_id: str) -> StoredFile:
        """Raise `ApiError` for an id that is not one."""
        found = self._by_id.get(file_id)
        if found is None:
            raise bad_request(f"wrong remote file identifier specified: can't unserialize it. Wrong string: {file_id}")
        return found

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)
