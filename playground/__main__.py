"""`python -m playground`: the page and the Bot API alone; point any bot at it."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys

from playground import defaults

ABOUT = "A pretend Telegram: a Bot API server and a page with customers and an operator group, on this machine only."
MORE = f"""\
Open the address in a browser, and start a bot with the same token against it:
  Bot API base URL    http://{defaults.HOST}:{defaults.PORT}
  operator group id   {defaults.GROUP_ID}
  admin user id       {defaults.ADMIN_ID}
Chats live in memory: they are forgotten as it stops (`support-bot play` keeps them, with the bot behind it).
"""


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        prog="python -m playground",
        description=ABOUT,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--host", default=defaults.HOST, help=f"loopback address to listen on ({defaults.HOST})")
    found.add_argument("--port", type=int, default=defaults.PORT, help=f"port; 0 takes a free one ({defaults.PORT})")
    found.add_argument("--token", default=defaults.TOKEN, help="the bot's token, any of the form 123:abc")
    found.add_argument(
        "--insight",
        metavar="URL",
        help="asked after each customer message for scenario, confidence, engine and reasoning; "
        "{chat_id}, {message_id}, {owner_id} and {topic_id} in it are filled in",
    )
    found.add_argument("--no-limits", action="store_true", help="let the bot send without 429")
    return found


def main() -> int:
    arguments = parser().parse_args()
    try:
        asyncio.run(_serve(arguments))
    except (OSError, ValueError) as error:
        print(f"playground: {error}", file=sys.stderr)  # noqa: T201  a command line speaks
        return 2
    return 0


async def _serve(arguments: argparse.Namespace) -> None:
    from playground.limits import TELEGRAM
    from playground.stage import run

    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel if task else loop.stop)
    with contextlib.suppress(asyncio.CancelledError):
        await run(
            host=arguments.host,
            port=arguments.port,
            token=arguments.token,
            insight=arguments.insight,
            budget=None if arguments.no_limits else TELEGRAM,
            ready=lambda url: print(f"Playground: {url}", flush=True),  # noqa: T201  a command line speaks
        )


if __name__ == "__main__":
    sys.exit(main())
