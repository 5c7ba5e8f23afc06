"""`support-bot customer export|erase`: what a person may ask of those who keep their words."""

from __future__ import annotations

import sys

import click

from bot.cli.database import work
from bot.cli.shell import Refusal
from bot.cli.terminal import json_text, visible
from bot.settings import Settings
from services.desk import audit
from services.desk.audit import SHELL
from services.privacy.erasure import disclose, named
from services.privacy.erasure import erase as erase_all
from storage.records import Customer
from storage.store import Store


def export(settings: Settings, who: str) -> int:
    """Print a customer as one JSON object; 1 when nobody is meant."""

    async def read(store: Store) -> str | None:
        customer = _one(await named(store, who), who)
        if customer is None:
            return None
        told = json_text(await disclose(store, customer))
        await store.write(lambda unit: audit.note(unit, SHELL, "exported", customer_id=customer.id))
        return told

    found = work(settings, read)
    if found is None:
        return _nobody(who)
    click.echo(found.encode())  # UTF-8 wherever it goes: a file, a pipe, a terminal of another opinion
    return 0


def erase(settings: Settings, who: str, *, yes: bool) -> int:
    """Ask, then erase; 1 when nobody is meant or the answer is no."""

    async def look(store: Store) -> Customer | None:
        return _one(await named(store, who), who)

    customer = work(settings, look)
    if customer is None:
        return _nobody(who)
    if not yes and not _sure(customer):
        return 1

    async def carry_out(store: Store) -> str:
        gone = await erase_all(store, customer, by=SHELL)
        counts = {"message": gone.messages, "verdict": gone.verdicts, "ticket": gone.tickets}
        told = "erased: " + ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items())
        return f"{told}\n{_left_in(store, wiped=gone.wiped)}"

    click.echo(work(settings, carry_out))
    click.echo("What stands in Telegram itself (the chat, the operator group) and in backups is not touched.")
    return 0


def _nobody(who: str) -> int:
    click.echo(visible(f"{who}: no such customer"), err=True)
    return 1


def _left_in(store: Store, *, wiped: bool) -> str:
    """Tell what the files of the database still hold of what it no longer shows."""
    if store.shared:
        return (
            "PostgreSQL keeps deleted rows in its files until VACUUM (it runs by itself, or now: VACUUM), "
            "and in its write-ahead log and replicas until these are recycled."
        )
    if wiped:
        return "Nothing of it is left in the database file or its log."
    return "Somebody was reading: the log beside the file keeps some of it until the next checkpoint; erase again."


def _one(found: list[Customer], who: str) -> Customer | None:
    if len(found) > 1:
        names = " or ".join(f"{one.channel}:{one.external_id}" for one in found)
        raise Refusal(f"{who} is a customer in {len(found)} channels; write {names}")
    return found[0] if found else None


def _sure(customer: Customer) -> bool:
    if not sys.stdin.isatty():
        raise Refusal("nobody is here to ask; say --yes to erase without a question")
    name = f"{customer.first_name} {customer.last_name}".strip()
    return click.confirm(f"Erase {name!r} ({customer.channel}:{customer.external_id}) for good?", err=True)
