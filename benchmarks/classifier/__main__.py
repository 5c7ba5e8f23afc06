"""`python -m benchmarks.classifier [DATA] [--quick]`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.classifier.run import run

if __name__ == "__main__":
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    run(folders[0] if folders else None, quick="--quick" in sys.argv)
