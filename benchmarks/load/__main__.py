"""`python -m benchmarks.load`."""

from __future__ import annotations

from benchmarks.load.run import run

if __name__ == "__main__":
    run()
