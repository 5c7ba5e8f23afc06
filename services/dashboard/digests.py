"""What is kept of a secret."""

from __future__ import annotations

import hashlib


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
