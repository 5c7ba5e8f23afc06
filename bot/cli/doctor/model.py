"""The language model, if one is configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.cli.doctor.asking import Unreached, ask
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.school import PRICE_IT, lacks_price
from bot.settings import Settings

SUBJECT: Final = "openai"


async def examine(settings: Settings) -> Finding:
    """Ask for the list of models: it costs nothing."""
    openai = settings.openai
    if openai.api_key is None or settings.classifier.mode == "local":
        return ok(SUBJECT, "not used: the local engine works alone")
    try:
        status, _ = await ask(f"{openai.base_url}/models", bearer=openai.api_key.get_secret_value())
    except Unreached as reason:
        return warn(
            SUBJECT, f"{openai.base_url}: {reason}", "check openai.base_url; until then the local engine answers"
        )
    if status in (401, 403):
        return fail(SUBJECT, f"{openai.base_url} refuses the key ({status})", "put a valid one into OPENAI_API_KEY")
    if status == 200:  # noqa: PLR2004  # OK
        return ok(SUBJECT, f"{openai.base_url} takes the key; the model is {openai.model}")
    return warn(SUBJECT, f"{openai.base_url} answers {status} when asked for its models", "check openai.base_url")


def examine_price(settings: Settings) -> Iterator[Finding]:
    if lacks_price(settings):
        model = settings.openai.model
        yield warn(SUBJECT, f"nobody knows what {model} costs, so openai.daily_budget_usd cannot hold", PRICE_IT)
