"""`support-bot migrate`: bring the database to the newest schema."""

from __future__ import annotations

import asyncio

import click

from bot.cli.shell import Refusal
from bot.settings import Settings


def migrate(settings: Settings) -> int:
    """Migrate and say so."""
    from storage.errors import StorageError
    from storage.store import Store

    async def upgrade() -> None:
        async with Store(settings.database.url.get_secret_value()) as store:
            await store.migrate()

    try:
        asyncio.run(upgrade())
    except StorageError as error:
        raise Refusal(str(error)) from None
    click.echo(f"{settings.database.shown} has the newest schema")
    return 0
