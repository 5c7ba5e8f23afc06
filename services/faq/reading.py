"""From a file to its blocks: which format it has is told by its name and its first bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from pathlib import PurePath
from typing import Final

from services.faq.blocks import MOST_BLOCKS, Block, Unreadable
from services.faq.encoding import text_of
from services.faq.markdown import markdown_blocks
from services.faq.pages import page_blocks
from services.faq.plain import plain_blocks
from services.faq.tables import csv_blocks, xlsx_blocks
from services.faq.word import docx_blocks

MOST_BYTES: Final = 5_000_000
_MOST_UNPACKED: Final = 100_000_000
"""Of a packed format: one that unpacks to more is no list of questions."""
_OLDER: Final = bytes.fromhex("d0cf11e0")
_BEGINNINGS: Final[Mapping[bytes, str]] = {b"%PDF-": ".pdf", b"{\\rtf": ".rtf"}
"""How files begin that would pass for text whatever their name is."""
_PARTS: Final[Mapping[str, str]] = {"xl/workbook.xml": ".xlsx", "word/document.xml": ".docx"}
"""What stands in an archive, and the format that it makes of it."""

_OF_TEXT: Final[Mapping[str, Callable[[str], Iterator[Block]]]] = {
    ".csv": csv_blocks,
    ".tsv": csv_blocks,
    ".md": markdown_blocks,
    ".markdown": markdown_blocks,
    ".txt": plain_blocks,
    "": plain_blocks,
}
_OF_BYTES: Final[Mapping[str, Callable[[bytes], Iterator[Block]]]] = {
    ".xlsx": xlsx_blocks,
    ".xlsm": xlsx_blocks,
    ".docx": docx_blocks,
    ".html": page_blocks,
    ".htm": page_blocks,
    ".xhtml": page_blocks,
}
_RELATIVES: Final[Mapping[str, str]] = {
    ".xls": "XLSX",
    ".ods": "XLSX",
    ".numbers": "XLSX",
    ".doc": "DOCX",
    ".odt": "DOCX",
    ".rtf": "DOCX",
    ".pages": "DOCX",
    ".pdf": "DOCX, TXT",
}
_ARCHIVES: Final = frozenset((".mht", ".mhtml"))
"""What browsers make of a whole page with its pictures."""


def read_blocks(name: str, data: bytes, progress: Callable[[Block], None] = lambda _block: None) -> tuple[Block, ...]:
    """Return what the file is made of; `Unreadable` says why it cannot be read, and what to do.

    `progress` hears of each block as it is read.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("big", size=f"{len(data) / 1e6:.0f}", most=f"{MOST_BYTES / 1e6:.0f}")
    begun = next((suffix for beginning, suffix in _BEGINNINGS.items() if data.startswith(beginning)), None)
    suffix = _packed(data) or begun or PurePath(name).suffix.lower()
    if suffix in _RELATIVES or suffix in _ARCHIVES:
        raise Unreadable(
            "page_archive" if suffix in _ARCHIVES else "relative", format=suffix, instead=_RELATIVES.get(suffix, "")
        )
    if suffix in _OF_BYTES:
        if data.startswith(_OLDER):
            raise Unreadable("locked")
        blocks = _OF_BYTES[suffix](data)
    elif suffix in _OF_TEXT:
        blocks = _OF_TEXT[suffix](text_of(data))
    else:
        raise Unreadable("format", format=suffix or name)
    found = tuple(_heard(islice(blocks, MOST_BLOCKS + 1), progress))
    if len(found) > MOST_BLOCKS:
        raise Unreadable("long", most=MOST_BLOCKS)
    if not found:
        raise Unreadable("empty")
    return found


def _heard(blocks: Iterable[Block], progress: Callable[[Block], None]) -> Iterator[Block]:
    for block in blocks:
        progress(block)
        yield block


def _packed(data: bytes) -> str | None:
    """Return the format of an archive whatever its name is; None for what is none, which is for its reader to judge."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return None
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:  # it would fill the memory
        raise Unreadable("unpacks")
    return next((_PARTS[part.filename] for part in parts if part.filename in _PARTS), None)
