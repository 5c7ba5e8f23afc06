"""Width and height of a picture, read from its first bytes."""

from __future__ import annotations

import struct
from typing import Final

UNKNOWN: Final = (320, 240)
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size(content: bytes) -> tuple[int, int]:
    """Give a guess where the format is not PNG, GIF, JPEG or WebP, or the file is cut."""
    try:
        return _size(content) or UNKNOWN
    except (struct.error, IndexError):
        return UNKNOWN


def _size(content: bytes) -> tuple[int, int] | None:
    if content.startswith(b"\x89PNG"):
        return _pair(struct.unpack_from(">II", content, 16))
    if content.startswith(b"GIF8"):
        return _pair(struct.unpack_from("<HH", content, 6))
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content[8:15] == b"WEBPVP8":
        return _webp(content)
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place < len(content):
        marker, length = struct.unpack_from(">xBH", content, place)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    match content[15:16]:
        case b"X":
            width = int.from_bytes(content[24:27], "little") + 1
            return width, int.from_bytes(content[27:30], "little") + 1
        case b"L":
            bits = int.from_bytes(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b" ":
            width, height = _pair(struct.unpack_from("<HH", content, 26))
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None


def _pair(numbers: tuple[int, ...]) -> tuple[int, int]:
    width, height = numbers
    return width, height
