"""`python -m benchmarks.memory [--minutes 60] [--file rss.csv]`."""

from __future__ import annotations

from benchmarks.memory.run import main

if __name__ == "__main__":
    main()
