"""The real bot as `support-bot run` runs it, but for the pace: Telegram's limits would hide the machine."""

from __future__ import annotations

import asyncio

from benchmarks.load.meter import answer_with_cpu_time
from bot import logs
from bot.loops import run_on_fastest
from bot.settings import load
from handlers.telegram.types_on_demand import import_aiogram
from services.delivery import rate_limits


async def main() -> None:
    answer_with_cpu_time(asyncio.get_running_loop())
    vars(rate_limits).update(dict.fromkeys(("IN_ALL", "TOGETHER", "IN_PRIVATE"), (1_000_000, 1.0)))
    settings = load()
    logs.configure(level=settings.logging.level, fmt=settings.logging.format, secrets=settings.secrets)
    from bot.running import run_until_signal

    await run_until_signal(settings, hide=lambda _secret: None)


if __name__ == "__main__":
    import_aiogram()
    run_on_fastest(main())
