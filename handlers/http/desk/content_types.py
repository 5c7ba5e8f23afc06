"""What a file is, by its first bytes: what its sender says of it is not to be relied on.

Only pictures, sound and film are ever shown by a browser as what they are. All else is bytes to keep: no page, no
drawing with a script in it and no document of a stranger's opens at the address of the desk.
"""

from __future__ import annotations

from typing import Final

DOWNLOAD: Final = "application/octet-stream"
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_MP4: Final = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime"}
_MPEG: Final = 0xE0
"""The first eleven bits of a frame of MP3 are ones."""


def type_of(content: bytes) -> str:
    """Return what a browser may show it as; `DOWNLOAD` for what it may only keep."""
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12], DOWNLOAD)
    if content[4:8] == b"ftyp":
        return _MP4.get(content[8:12], "video/mp4")
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    is_mpeg = len(content) > 1 and content[0] == 0xFF and content[1] & _MPEG == _MPEG  # noqa: PLR2004  # of the format
    return "audio/mpeg" if is_mpeg else DOWNLOAD
