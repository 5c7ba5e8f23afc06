"""A trained model in a file: numpy arrays and a JSON header, never pickle."""

from __future__ import annotations

import json
import os
import struct
import tempfile
import tokenize
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from services.classify.local.calibration import Sharpness, Trust
from services.classify.local.features import Block, Vocabulary
from services.classify.local.knowledge import Knowledge, Lesson, borders
from services.classify.local.rows import Rows
from storage.private import make_folder

FORMAT: Final = 9
"""Goes up when the features, the heads or this file change: an older file is then trained anew."""
DAMAGE: Final = (
    OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, MemoryError, SyntaxError,
    NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error, tokenize.TokenError,
)  # fmt: skip
"""All that a file of other bytes makes numpy, zip or JSON raise."""


def save(knowledge: Knowledge, path: Path) -> None:
    """Write beside the target and rename: a reader sees the old file or the new one."""
    make_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, **encode(knowledge))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def load(path: Path) -> Knowledge | None:
    """Return None for a file that is missing, damaged or of another format."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return decode(arrays)
    except DAMAGE:
        return None


def encode(knowledge: Knowledge) -> dict[str, Any]:
    header = {
        "format": FORMAT,
        "version": knowledge.version,
        "keys": knowledge.keys,
        "lessons": [[lesson.text, lesson.language, lesson.label] for lesson in knowledge.lessons],
        "terms": [list(block.ids) for block in _blocks(knowledge)],
    }
    return {
        "header": np.frombuffer(json.dumps(header).encode(), np.uint8),
        **{f"counts{place}": block.counts for place, block in enumerate(_blocks(knowledge))},
        "weights": knowledge.weights,
        "bias": knowledge.bias,
        "starts": knowledge.postings.starts,
        "columns": knowledge.postings.columns,
        "values": knowledge.postings.values,
        "sharpness": np.array(knowledge.sharpness.factor),
        "trust": np.stack((knowledge.trust.centre, knowledge.trust.spread)),
        "trust_weights": knowledge.trust.weights,
    }


def _blocks(knowledge: Knowledge) -> tuple[Block, Block]:
    return knowledge.vocabulary.words, knowledge.vocabulary.letters


def decode(arrays: Any) -> Knowledge:
    header = json.loads(arrays["header"].tobytes())
    if header["format"] != FORMAT:
        raise ValueError(header["format"])
    lessons = tuple(Lesson(text=text, language=language, label=label) for text, language, label in header["lessons"])
    if arrays["weights"].shape != (sum(map(len, header["terms"])), len(arrays["bias"])):
        raise ValueError(arrays["weights"].shape)
    words, letters = (
        Block.of(terms, arrays[f"counts{number}"], len(lessons)) for number, terms in enumerate(header["terms"])
    )
    return Knowledge(
        version=header["version"],
        keys=tuple(header["keys"]),
        lessons=lessons,
        borders=borders(lessons, len(header["keys"]) + 1),
        vocabulary=Vocabulary(words=words, letters=letters),
        weights=arrays["weights"],
        bias=arrays["bias"],
        postings=Rows(starts=arrays["starts"], columns=arrays["columns"], values=arrays["values"], width=len(lessons)),
        sharpness=Sharpness(factor=float(arrays["sharpness"])),
        trust=Trust(centre=arrays["trust"][0], spread=arrays["trust"][1], weights=arrays["trust_weights"]),
    )
