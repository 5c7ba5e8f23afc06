"""Ready-made things to send: a picture, a voice note, a document, made here so that no binary is kept."""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib
from functools import cache
from typing import Final

WIDTH: Final = 320
HEIGHT: Final = 200
RATE: Final = 8_000
MELODY: Final = (392.0, 523.25, 659.25, 523.25)
NOTE_S: Final = 0.5
STICKER: Final = "👋"
PLACE: Final = (55.751244, 37.618423)
DOCUMENT: Final = b"Playground sample document.\nNothing in here is real.\n"


@cache
def picture() -> bytes:
    """Paint a sunset as PNG."""
    rows = b"".join(b"\x00" + b"".join(_pixel(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _pixel(x: int, y: int) -> bytes:
    height = y / HEIGHT
    sun = math.hypot(x - WIDTH * 0.62, y - HEIGHT * 0.55) < HEIGHT * 0.18
    ridge = HEIGHT * (0.72 + 0.08 * math.sin(x / 37) + 0.04 * math.sin(x / 11 + 2))
    if y > ridge:
        return bytes((38, 48, 84)) if y > ridge + HEIGHT * 0.12 else bytes((64, 66, 112))
    if sun:
        return bytes((255, 226, 150))
    return bytes((int(92 + 160 * height), int(98 + 70 * height), int(178 - 60 * height)))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@cache
def voice() -> bytes:
    """Hum four notes as WAV."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(b"".join(_note(frequency) for frequency in MELODY))
    return target.getvalue()


def voice_seconds() -> int:
    return int(len(MELODY) * NOTE_S)


def _note(frequency: float) -> bytes:
    length = int(RATE * NOTE_S)
    turn = 2 * math.pi * frequency / RATE
    return bytes(int(128 + 90 * (1 - i / length) * math.sin(turn * i)) for i in range(length))
