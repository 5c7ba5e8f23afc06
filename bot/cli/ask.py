"""`support-bot ask TEXT`: what the bot would say."""

from __future__ import annotations

from typing import Final, Literal

import click

from bot.cli import engine
from bot.cli.shell import Refusal
from bot.settings import Settings
from services.classify.verdict import UNKNOWN, Verdict
from services.templates import TemplateInvalid, Templates
from storage.records import Scenario

Outcome = Literal["answer", "clarify", "handover", "answer and handover"]
OUTCOMES: Final[dict[str, Outcome]] = {
    "answer": "answer",
    "escalate": "handover",
    "answer_and_escalate": "answer and handover",
}


def ask(settings: Settings, text: str, *, language: str | None, name: str) -> int:
    pack = engine.files(settings)
    verdict = engine.local(settings, pack).verdict(text)
    scenario = next((each for each in pack.scenarios if each.key == verdict.scenario), None)
    click.echo(f"scenario    {verdict.scenario}")
    click.echo(f"confidence  {verdict.confidence:.2f}")
    click.echo(f"reasoning   {verdict.reasoning}")
    click.echo(f"outcome     {_outcome(settings, verdict, scenario)}")
    spoken = language or verdict.language or settings.app.language
    if scenario is not None and (answer := _answer(settings, scenario, spoken, name)):
        click.echo(f"answer      {answer}")
    elif guesses := [guess.scenario for guess in verdict.nearest]:
        click.echo(f"nearest     {', '.join(guesses)}")
    return 0


def _outcome(settings: Settings, verdict: Verdict, scenario: Scenario | None) -> Outcome:
    """Compare with the thresholds in force."""
    if verdict.confidence < settings.classifier.clarify_at:
        return "handover"
    if verdict.scenario == UNKNOWN or scenario is None or verdict.confidence < settings.classifier.answer_at:
        return "clarify"
    return OUTCOMES[scenario.action]


def _answer(settings: Settings, scenario: Scenario, language: str, name: str) -> str | None:
    fitting = [template for template in scenario.templates if template.language == language]
    template = next(iter([*fitting, *scenario.templates]), None)
    if template is None:
        return None
    variables = {
        "customer": {"first_name": name, "language": language},
        "service": {"name": settings.service_name},
        "working_hours": settings.service.working_hours,
    }
    try:
        return Templates().render(template.text, variables)
    except TemplateInvalid as error:
        raise Refusal(f"the template of {scenario.key} gives no answer: {error}") from None
