"""`python -m benchmarks.claim`."""

from __future__ import annotations

from benchmarks.claim.run import run

if __name__ == "__main__":
    run()
