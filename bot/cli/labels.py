"""`support-bot labels`: what the bot learns from, taken back and brought back at the shell."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from bot.cli.database import work
from bot.cli.terminal import visible
from bot.settings import Settings
from services.classify.verdict import UNKNOWN
from services.desk.audit import SHELL
from services.editing.labels_desk import apply
from services.messages.label_presses import OnLabels
from storage.labels import Label
from storage.learnings import Learning
from storage.store import Store


def show(settings: Settings, *, most: int, before: int | None) -> int:
    """Print a page of labels, the newest first."""

    async def read(store: Store) -> list[Label]:
        return await store.read(lambda unit: unit.labels.page(before=before, most=most))

    for one in work(settings, read):
        click.echo(visible(_line(one)))
    return 0


def _line(one: Label) -> str:
    said = "/".join(filter(None, (one.scenario, one.answer))) or "none of them"
    gone = f"  (taken back{f' by {one.retired_by}' if one.retired_by else ''})" if one.retired_at else ""
    who = one.operator_name or "customer"
    return f"{one.id:>6}  {one.created_at:%Y-%m-%d %H:%M}  {who}  {one.source}  {said}  {one.text!r}{gone}"


def export(settings: Settings) -> int:
    """Print what counts, as lines that `support-bot eval` reads."""

    async def read(store: Store) -> list[Label]:
        return await store.read(lambda unit: unit.labels.standing())

    for one in work(settings, read):
        told = {
            "text": one.text,
            "lang": one.language,
            "scenario": one.scenario or UNKNOWN,
            "answer": one.answer,
            "source": one.source,
            "by": one.operator_name,
            "at": one.created_at.isoformat(),
        }
        click.echo(json.dumps(told, ensure_ascii=False).encode())
    return 0


def undo(settings: Settings, ids: Sequence[int]) -> int:
    """Take labels back; 1 where one of them did not count any more."""

    async def carry_out(store: Store) -> list[int]:
        said = await store.write(lambda unit: [apply(unit, SHELL, OnLabels("undo", number)) for number in ids])
        return [number for number, one in zip(ids, said, strict=True) if one is None or one.key != "label_undone"]

    missed = work(settings, carry_out)
    for number in missed:
        click.echo(f"{number}: no such label, or it is taken back already", err=True)
    click.echo(f"taken back: {len(set(ids)) - len(set(missed))}")
    return 1 if missed else 0


def versions(settings: Settings) -> int:
    """Print the versions of what was learned, the newest first."""

    async def read(store: Store) -> list[Learning]:
        return await store.read(lambda unit: unit.learnings.page(most=100))

    for one in work(settings, read):
        asked, sure, right = one.report.get("after", (0, 0, 0))
        tried = f"  new messages: sure of {sure} of {asked}, right {right}" if asked else ""
        by = f" by {one.decided_by}" if one.decided_by else ""
        phrases = one.report.get("learned", 0)
        click.echo(visible(f"{one.id:>4}  {one.created_at:%Y-%m-%d %H:%M}  {one.state}{by}  {phrases} phrases{tried}"))
    return 0


def use(settings: Settings, version: int) -> int:
    """Let a version stand; 1 where there is none, or it stands already."""

    async def carry_out(store: Store) -> bool:
        said = await store.write(lambda unit: apply(unit, SHELL, OnLabels("take", version)))
        return said is not None and said.key == "learning_taken"

    if work(settings, carry_out):
        click.echo(f"version {version}: running bots learn it within seconds")
        return 0
    click.echo(f"{version}: no such version, or the bot goes by it already", err=True)
    return 1
