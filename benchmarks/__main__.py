"""`python -m benchmarks [name...]`: all of them, or those that are named."""

from __future__ import annotations

import argparse
import runpy
import sys
from typing import Final

NAMES: Final = {
    "load": "messages a second and CPU a message, beside a bare aiogram bot",
    "growth": "the same cost, the start and an idle bot with a million stored messages; about ten minutes",
    "group": "a hundred customers at once who want a person, in a group that takes twenty calls a minute",
    "memory": "whether memory goes on growing: an hour at 20 messages a second, and 2,000 customers",
    "claim": "the time to find the next work, with 100 and with 100,000 tasks waiting",
    "backlog": "how long those wait who write now, behind 20,000 updates; about seven minutes",
    "desk": "what the dashboard asks, with 10,000 open tickets and a conversation of 50,000 lines",
    "classifier": "the local engine beside scikit-learn on held-out messages and public sets",
    "learning": "how a bot grows out of its operators' work: a stream of real messages; about ten minutes",
    "faults": "what is lost, repeated or late while things break; takes about half an hour",
    "llm": "a thousand questions at once, and what the cascade costs",
}

LONG: Final = ("faults", "memory")
"""Only when they are named; the first has a command of its own, `make bench-faults`."""


def main() -> None:
    """Run benchmarks one after the other."""
    lines = "\n".join(f"  {name:<11} {about}" for name, about in NAMES.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure the bot on this machine.",
        epilog=f"benchmarks:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", nargs="*", metavar="NAME", help=f"which ones; none named: all but {' and '.join(LONG)}")
    chosen = parser.parse_args().name
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}")
    for name in chosen or [name for name in NAMES if name not in LONG]:
        sys.argv = [f"benchmarks.{name}"]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=False)


if __name__ == "__main__":
    main()
