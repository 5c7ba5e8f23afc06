"""Vectors of phrases beside the saved model: each phrase is encoded once, however often its pack is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np

from services.classify.local.encoder import NAME, WIDTH, Encoder
from services.classify.local.files import read, write
from services.classify.local.rows import Floats
from services.classify.local.shipped import DIGEST, key_of, shipped

SUFFIX: Final = ".vectors.npz"


def vectors_of(texts: Sequence[str], encoder: Encoder, path: Path | None, most: int | None = None) -> Floats | None:
    """Return one row per text: from the file beside a model, from what is shipped, else by the encoder.

    None without an encoder, and where it has to encode more than `most` of them.
    The file is then of just these texts: what nobody teaches any more is forgotten.
    """
    keys = [key_of(text) for text in texts]
    beside = path and path.with_suffix(SUFFIX)
    known = (read(beside, _vectors) if beside else None) or {}
    new = not known.keys() >= set(keys)
    if new:
        known = shipped() | known
    strange = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if most is not None and len(strange) > most:
        return None
    if strange:
        found = encoder.vectors(list(strange.values()))
        if found is None:
            return None
        known |= dict(zip(strange, found.astype(np.float16), strict=True))
    rows = np.array([known[key] for key in keys], np.float16).reshape(-1, WIDTH)
    if beside and new:
        names = np.frombuffer(b"".join(keys), np.uint8).reshape(-1, DIGEST)
        with suppress(OSError):  # a read-only folder costs the encoding next time, nothing else
            write(beside, {"encoder": np.array(NAME), "keys": names, "vectors": rows}, packed=False)
    return rows.astype(np.float32)


def _vectors(arrays: Mapping[str, Floats]) -> dict[bytes, Floats]:
    keys, vectors = arrays["keys"], arrays["vectors"]
    if str(arrays["encoder"]) != NAME or vectors.shape != (len(keys), WIDTH) or vectors.dtype != np.float16:
        raise ValueError(vectors.shape)
    if keys.shape[1:] != (DIGEST,) or not np.isfinite(vectors).all():
        raise ValueError(keys.shape)
    return dict(zip((key.tobytes() for key in keys), vectors, strict=True))
