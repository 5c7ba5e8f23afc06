"""`support-bot inbox|outbox list|retry`: what was set aside because it kept failing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

from bot.cli.database import work
from bot.cli.terminal import visible
from bot.settings import Settings
from services.desk.set_aside import words_in
from services.messages.lengths import cut
from storage.quarantined import Quarantined
from storage.queue_statements import QueueName
from storage.store import Store

MOST: Final = 1000
WORDS_MOST: Final = 200


def show(settings: Settings, name: QueueName) -> int:
    """Print each task with its id, time, key and what went wrong, and the words in it."""

    async def read(store: Store) -> list[Quarantined]:
        return await store.read(lambda unit: unit.queue(name).quarantined(most=MOST))

    found = work(settings, read)
    for one in found:
        click.echo(visible(f"{one.id:>8}  {one.created_at:%Y-%m-%d %H:%M:%S}Z  {one.key}  {_line(one.error)}"))
        if words := words_in(one.payload):
            click.echo(visible(f"{'':>8}  {cut(_line(words), WORDS_MOST)}"))
    click.echo(
        f"{len(found)} set aside; support-bot {name} retry [ID…] plays them again" if found else "nothing set aside"
    )
    return 0


def _line(text: str) -> str:
    return " ".join(text.split())


def retry(settings: Settings, name: QueueName, ids: Sequence[int]) -> int:
    """Put tasks back; 1 when an id names none that was set aside."""

    async def put_back(store: Store) -> int:
        return await store.write(lambda unit: unit.queue(name).retry(ids or None))

    wanted, done = len(set(ids)), work(settings, put_back)
    click.echo(f"{done} put back; a running bot takes them up within seconds")
    if done < wanted:
        click.echo(f"{wanted - done} of the ids name nothing that was set aside (support-bot {name} list shows all)")
        return 1
    return 0
