"""`python -m benchmarks.growth`."""

from __future__ import annotations

from benchmarks.growth.run import run

if __name__ == "__main__":
    run()
