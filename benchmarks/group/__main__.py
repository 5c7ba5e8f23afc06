"""`python -m benchmarks.group [--spent 5 8]`."""

from __future__ import annotations

from benchmarks.group.run import main

if __name__ == "__main__":
    main()
