"""`python -m benchmarks.llm`: a thousand questions at once, and the cascade with a model that is often right."""

from __future__ import annotations

from benchmarks.llm.burst import burst
from benchmarks.llm.simulation import simulation

if __name__ == "__main__":
    simulation()
    burst()
