"""`python -m benchmarks.learning [DATA]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the process in which the bot learns: before numpy comes in

from benchmarks.learning.run import run

if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
