"""`support-bot ask TEXT`: what the bot would say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import assert_never

import click

from bot.cli import engine, which
from bot.cli.known import Known, known_by_files
from bot.cli.shell import Refusal
from bot.cli.terminal import visible
from bot.engines import engines_of
from bot.settings import Settings
from bot.team import team_of
from services.classify.sureness import Policy
from services.classify.urgency import of_words
from services.classify.verdict import Question, Verdict
from services.customers.decisions import decide, further
from services.customers.plans import (
    Acknowledge,
    Choose,
    Clarify,
    Escalate,
    GiveAnswer,
    Keep,
    LeaveToOwner,
    Plan,
    Relay,
    TakeComment,
)
from services.customers.situation import Situation
from services.scenarios.answers import Answers, imagined
from services.scenarios.facts import Facts, named_facts
from services.templates import Templates
from services.texts.html import plain
from storage.matters import Matter
from storage.records import Pack, Scenario


def ask(settings: Settings, text: str, *, language: str | None, name: str) -> int:
    if not text.strip():
        raise Refusal("TEXT is empty; write what a customer would ask")
    pack = engine.files(settings)
    known = known_by_files(which.database(settings, say=False), pack)
    policy = known.policy
    verdict = asyncio.run(_verdict(settings, pack, policy, text, language or settings.app.language))
    find = {each.key: each for each in pack.scenarios}.get
    also = further(verdict, find, policy)
    plan = decide(Situation(ticket=None, urgency=of_words(text)), verdict, find(verdict.scenario), policy, also)
    click.echo(visible(f"scenario    {verdict.scenario}"))
    if verdict.answer is not None:
        click.echo(visible(f"question    {verdict.answer} ({verdict.answer_confidence:.2f})"))
    click.echo(visible(f"confidence  {verdict.confidence:.2f}"))
    click.echo(visible(f"engine      {verdict.engine}"))
    click.echo(visible(f"reasoning   {verdict.reasoning}"))
    click.echo(visible(f"outcome     {_outcome(plan)}"))
    if isinstance(plan, GiveAnswer):
        spoken = language or verdict.language or settings.app.language
        matters = (plan.matter, *plan.also)
        facts = _facts(settings, known, [matter.scenario for matter in matters])
        for number, matter in enumerate(matters):
            for line in _answer(settings, matter, facts, spoken, (name, text), greets=not number):
                click.echo(visible(line))
    return 0


async def _verdict(settings: Settings, pack: Pack, policy: Policy, text: str, language: str) -> Verdict:
    async with engines_of(settings, pack, engine.local(settings, pack), policy) as classifier:
        return await classifier.classify(Question(text=text, language=language))


def _outcome(plan: Plan) -> str:
    match plan:
        case GiveAnswer():
            return "answer, and people look at it" if plan.handover else "answer"
        case Clarify():
            return f"did you mean {', '.join(guess.scenario for guess in plan.guesses)}"
        case Choose():
            return f"which of {', '.join(answer.key for answer in plan.answers)}"
        case Escalate():
            return f"handover ({plan.reason})"
        case Acknowledge():
            return "nothing is asked: no answer, no handover"
        case Relay() | Keep() | TakeComment() | LeaveToOwner():
            raise AssertionError("a first line meets no ticket, no limit and no rating")
        case _ as never:
            assert_never(never)


def _answer(
    settings: Settings, matter: Matter, facts: Facts, language: str, who: tuple[str, str], *, greets: bool
) -> Iterator[str]:
    """Yield the answer as it reads (tags and escapes are for Telegram), or what it waits for; `who` asks, and what."""
    (name, asked), now = who, datetime.now(UTC)
    answers = Answers(
        templates=Templates(),
        service=settings.service_name,
        team=team_of(settings),
        facts=lambda: facts,
    )
    reader = imagined(name, "", language, now)
    said = answers.render(
        matter.scenario, matter.answer, reader, language, now, first_contact=greets, turn=0, asked=asked
    )
    if said is not None:
        yield f"answer      {plain(said)}"
        return
    gaps = answers.proposed(matter.scenario, matter.answer, reader, language, now, speak=settings.app.language)
    if gaps is None:
        raise Refusal(f"{matter.name} has no template that gives an answer; write one in {settings.scenarios.path}")
    yield f"not given   {plain(gaps.html)}"
    yield f"fill in     {', '.join(gaps.missing)} (support-bot facts set KEY VALUE)"


def _facts(settings: Settings, known: Known, scenarios: Sequence[Scenario]) -> Facts:
    """Return what the business has told; where an answer needs it, say which database has told it."""
    if any(named_facts(scenario) for scenario in scenarios):
        which.database(settings)
    return known.facts
