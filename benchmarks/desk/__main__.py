"""`python -m benchmarks.desk`."""

from __future__ import annotations

from benchmarks.desk.run import run

if __name__ == "__main__":
    run()
