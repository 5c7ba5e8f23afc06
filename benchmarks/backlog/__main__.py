"""`python -m benchmarks.backlog`."""

from __future__ import annotations

from benchmarks.backlog.run import run

if __name__ == "__main__":
    run()
