"""`python -m benchmarks.faults [name...] [--kills 200]`."""

from __future__ import annotations

from benchmarks.faults.run import main

if __name__ == "__main__":
    main()
