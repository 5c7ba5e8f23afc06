"""`python -m benchmarks.group`."""

from __future__ import annotations

import asyncio

from benchmarks.group.run import run

if __name__ == "__main__":
    asyncio.run(run())
