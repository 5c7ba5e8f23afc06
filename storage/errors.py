"""What the memory refuses.

StorageError
├── AlreadySettled      another worker has finished this very task
├── DatabaseUnusable    no database can be made of what the setting names
└── DatabaseTaken       another process owns this SQLite file
"""

from __future__ import annotations


class StorageError(Exception):
    """The root: catch it at the edge."""


class AlreadySettled(StorageError):
    """Raised as a unit closes: whatever it wrote is rolled back, because it has been written before."""


class DatabaseUnusable(StorageError):
    """The text names the file or server and the fix; it holds no password."""


class DatabaseTaken(StorageError):
    """SQLite's lanes have one owner; the text names the file and the owner's process id."""
