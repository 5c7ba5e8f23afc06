"""What the memory refuses.

StorageError
├── AlreadySettled      another worker has finished this very task
├── DatabaseUnusable    no database can be made of what the setting names
├── DatabaseTaken       another process owns this SQLite file
└── DatabaseTrouble     the database does not work just now, whatever is asked of it
"""

from __future__ import annotations

from typing import Literal

Ailment = Literal["lost", "malformed", "full", "locked", "crowded", "away", "broken"]
"""`lost`: the file is not the one that was opened; `crowded`: no connection is free; `broken`: anything else."""


class StorageError(Exception):
    """The root: catch it at the edge."""


class AlreadySettled(StorageError):
    """Raised as a unit closes: whatever it wrote is rolled back, because it has been written before."""


class DatabaseUnusable(StorageError):
    """The text names the file or server and the fix; it holds no password."""


class DatabaseTaken(StorageError):
    """SQLite's lanes have one owner; the text names the file and the owner's process id."""


class DatabaseTrouble(StorageError):
    """No fault of the task at hand. One line says what is wrong and the fix; it holds no words of anybody.

    What was to be written is not written, as far as anybody can tell.
    """

    def __init__(self, what: str, fix: str, *, ailment: Ailment) -> None:
        super().__init__(f"{what}; {fix}")
        self.what = what
        self.fix = fix
        self.ailment: Ailment = ailment
