"""`support-bot customer export|erase`: what a person may ask of those who keep their words."""

from __future__ import annotations

import json
import sys

import click

from bot.cli.database import work
from bot.cli.shell import Refusal
from bot.settings import Settings
from services.erasure import disclose, named
from services.erasure import erase as erase_all
from storage.records import Customer
from storage.store import Store


def export(settings: Settings, who: str) -> int:
    """Print a customer as one JSON object; 1 when nobody is meant."""

    async def read(store: Store) -> str | None:
        customer = _one(await named(store, who), who)
        # Escaped, because half a surrogate pair in a raw update is no UTF-8.
        return json.dumps(await disclose(store, customer), indent=2) if customer else None

    found = work(settings, read)
    click.echo(found or f"{who}: no such customer", err=found is None)
    return int(found is None)


def erase(settings: Settings, who: str, *, yes: bool) -> int:
    """Ask, then erase; 1 when nobody is meant or the answer is no."""

    async def look(store: Store) -> Customer | None:
        return _one(await named(store, who), who)

    customer = work(settings, look)
    if customer is None:
        click.echo(f"{who}: no such customer", err=True)
        return 1
    if not yes and not _sure(customer):
        return 1

    async def carry_out(store: Store) -> str:
        gone = await erase_all(store, customer)
        return f"erased: {gone.messages} messages, {gone.verdicts} verdicts, {gone.tickets} tickets"

    click.echo(work(settings, carry_out))
    click.echo("What stands in Telegram itself (the chat, the operator group) and in backups is not touched.")
    return 0


def _one(found: list[Customer], who: str) -> Customer | None:
    if len(found) > 1:
        raise Refusal(f"{who} is a customer in {len(found)} channels; write telegram:{who} or api:{who}")
    return found[0] if found else None


def _sure(customer: Customer) -> bool:
    if not sys.stdin.isatty():
        raise Refusal("nobody is here to ask; say --yes to erase without a question")
    name = f"{customer.first_name} {customer.last_name}".strip()
    return click.confirm(f"Erase {name!r} ({customer.channel}:{customer.external_id}) for good?", err=True)
