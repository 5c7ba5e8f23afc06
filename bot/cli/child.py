"""The process of a playground's bot.

It imports what a bot needs, which is most of a start, before it is told which bot it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Mapping


class Child:
    """A process that waits to be told its settings, and then is a bot until it ends or whoever started it does."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def started(cls) -> Child:
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", "--tied"),
                stdin=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        )

    def tell(self, settings: Mapping[str, str]) -> None:
        """Let it begin, with these as variables of its environment beside those of this process."""
        if self._process.stdin is not None:  # always: `started` asks for a pipe
            self._process.stdin.write(json.dumps(dict(settings)).encode() + b"\n")

    def close(self) -> None:
        """Let go of it: it ends at once, and quietly where it has been told nothing."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    async def wait(self) -> int:
        """Return its exit code, which is negative after a signal."""
        return await self._process.wait()

    def kill(self) -> None:
        """End it at once; does nothing where it has ended."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def stop(self, *, within: float) -> None:
        """Give it so many seconds to finish what it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(within):
                await self._process.wait()
        except TimeoutError:
            self.kill()
