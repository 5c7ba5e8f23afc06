"""Makes the engines that the settings ask for, and has them learn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

import structlog

from bot.policies import configured
from bot.settings import Settings
from services.classify.cascade import CascadeTally, Joining, Mode
from services.classify.declined import Declined
from services.classify.examples import Examples
from services.classify.llm import LlmSettings, Prices, Provider
from services.classify.llm.audits import Audits
from services.classify.llm.phrasings import Phrasings
from services.classify.llm.prices import prices_of
from services.classify.local import Encoder, LocalClassifier, Model, Study, find_encoder, learned
from services.classify.matters import Matters, called_for
from services.classify.statements import Statements
from services.classify.sureness import Cautious, Policy
from services.classify.verdict import Classifier, Question, Spent, Verdict
from services.health.checks import Check
from services.texts import label, text_key
from services.texts.titles import titles
from storage.records import Pack
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
AUDIT = "audit"
"""The engine's name of a verdict that was asked for to check another: it decided nothing."""
PRICE_IT = "set openai.price_in and openai.price_out (US dollars for a million tokens; 0: free)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The local engine, trained in a thread and reused from disk; behind it the model, where there is one."""

    saved: Path
    language: str
    joining: Joining | None
    store: Store
    policy: Callable[[], Policy]
    """What holds for the local engine by now: for several answers in one message, too."""
    encoder: Encoder | None = None
    """Of meanings, for the local engine."""
    study: Study | None = None
    """Adds them while the bot is at work; None without the encoder."""

    @property
    def wants_context(self) -> bool:
        return self.joining is not None

    async def teach(self, pack: Pack) -> Classifier:
        model = await self._model(pack)
        engine = LocalClassifier(model, self.language, titles(pack, self.language))
        if self.study is not None:
            await self.study.begin(engine)
        return await asyncio.to_thread(self._around, engine, pack)  # thousands of phrases are looked through

    def _around(self, engine: LocalClassifier, pack: Pack) -> Classifier:
        local = reading(engine, pack, policy=self.policy, language=self.language)
        return self.joining.join(pack, local, self.policy) if self.joining else local

    async def _model(self, pack: Pack) -> Model:
        """Train in a process of its own, which takes its memory with it; here, where that cannot be."""
        try:
            return await learned(pack, self.saved, self.encoder)
        except (OSError, BrokenExecutor) as error:
            log.warning("engines.trained_here", error=type(error).__name__)
            return await asyncio.to_thread(Model.train, pack)

    async def check(self) -> Check:
        """Tell how the model's server is, for `/health/openai`."""
        if self.joining is None:
            return Check(status="disabled", facts={"openai_api": "disabled"})
        pulse = await self.joining.provider.pulse()
        if pulse.told is None:
            return Check(status=pulse.status, facts=pulse.facts())
        reason = text_key("model", pulse.told)
        detail = label(reason, self.language)
        return Check(status=pulse.status, facts={**pulse.facts(), "detail": detail}, reason=reason)

    def figures(self) -> Mapping[str, float]:
        """Return the counters of the engines together; none for the local one alone."""
        return self.joining.figures() if self.joining else {}

    async def count(self) -> None:
        """Look what all processes have spent today, so that the day's budget is one for all."""
        if self.joining is not None:
            self.joining.provider.learn_spent(await spent_today(self.store))

    async def close(self) -> None:
        if self.study is not None:
            await self.study.close()
        if self.encoder is not None:
            await asyncio.to_thread(self.encoder.close)  # a text may be with it still
        if self.joining is not None:
            await self.joining.audits.aclose()
            await self.joining.provider.aclose()


def mode_of(settings: Settings) -> Mode | None:
    """Return how the model takes part; None for the local engine alone."""
    match settings.classifier.mode:
        case "local":
            return None
        case "auto":
            return "cascade" if settings.openai.api_key else None
        case "llm" | "cascade" as named:
            return named


async def open_engines(settings: Settings, store: Store, saved: Path) -> Engines:
    """Make the engines that the settings ask for; what was spent today is read from the verdicts."""
    if lacks_price(settings):
        log.warning("llm.price_unknown", model=settings.openai.model, hint=f"the daily budget cannot hold; {PRICE_IT}")
    audits = Audits(share=settings.classifier.audit_share, on_audit=_Ledger(store).note)
    joining = _joining(settings, audits, spent_today_usd=await spent_today(store))
    encoder = find_encoder(saved.parent)
    return Engines(
        saved=saved,
        language=settings.app.language,
        joining=joining,
        store=store,
        encoder=encoder,
        study=Study(saved, encoder) if encoder else None,
        policy=lambda: configured(settings),
    )


@asynccontextmanager
async def engines_of(settings: Settings, pack: Pack, local: Classifier, policy: Policy) -> AsyncIterator[Classifier]:
    """Put behind a local engine what the settings ask for, for a command: nothing is audited, nothing stored."""
    joining = _joining(settings, Audits(share=0.0), spent_today_usd=0.0)
    local = reading(local, pack, policy=lambda: policy, language=settings.app.language)
    if joining is None:
        yield local
        return
    try:
        yield joining.join(pack, local, lambda: policy)
    finally:
        failures = joining.provider.tally.failures
        if failures:
            told = ", ".join(f"{reason} {count}" for reason, count in sorted(failures.items()))
            log.warning("model.failed", times=told, hint="the local engine stood in")
        await joining.provider.aclose()


def reading(engine: Classifier, pack: Pack, *, policy: Callable[[], Policy], language: str) -> Classifier:
    """Put before the engine what reads a message clause by clause and phrase by phrase, and knows what is young."""
    known = Examples(Statements(engine, pack, language=language), pack)
    matters = Matters(known, policy=policy, language=language, people=called_for(pack))
    return Cautious(Declined(matters, pack, policy=policy, language=language), policy, language=language)


def _joining(settings: Settings, audits: Audits, *, spent_today_usd: float) -> Joining | None:
    mode = mode_of(settings)
    if mode is None:
        return None
    return Joining(
        provider=Provider(llm_settings(settings), spent_today_usd=spent_today_usd),
        mode=mode,
        trust=max(settings.classifier.trust_at, settings.classifier.answer_at),
        audits=audits,
        language=settings.app.language,
        tally=CascadeTally(),
    )


def llm_settings(settings: Settings) -> LlmSettings:
    """Return what the model's engine is told. Raises RuntimeError without a key: `load` has refused that."""
    openai = settings.openai
    if openai.api_key is None:
        raise RuntimeError("openai.api_key is missing")
    return LlmSettings(
        api_key=openai.api_key.get_secret_value(),
        base_url=openai.base_url,
        model=openai.model,
        timeout_s=openai.timeout_s,
        max_concurrency=openai.max_concurrency,
        daily_budget_usd=openai.daily_budget_usd,
        mask=openai.mask,
        prices=_prices(settings),
    )


def lacks_price(settings: Settings) -> bool:
    """Whether a daily budget is set that cannot hold, because nobody knows what the model costs."""
    if mode_of(settings) is None or settings.openai.daily_budget_usd is None:
        return False
    return _prices(settings) is None and prices_of(settings.openai.model) is None


def _prices(settings: Settings) -> Prices | None:
    """Take what the server has cached for the full price: rather too dear than over the budget."""
    sent, answered = settings.openai.price_in, settings.openai.price_out
    return None if sent is None or answered is None else Prices(input=sent, cached=sent, output=answered)


async def spent_today(store: Store) -> float:
    midnight = datetime.combine(store.now().astimezone(UTC), time(), UTC)
    return await store.read(lambda unit: unit.spendings.since(midnight))


def phrasings_of(provider: Provider, store: Store) -> Phrasings:
    """Let a model propose phrasings; what that costs counts on the day's budget and in the figures."""

    async def pay(spent: Spent) -> None:
        def act(unit: Unit) -> None:
            unit.spendings.add(
                "phrasings", cost_usd=spent.cost_usd, tokens_in=spent.tokens_in, tokens_out=spent.tokens_out
            )

        await store.write(act)

    return Phrasings(provider, pay=pay)


class _Ledger:
    """Keeps what audits found beside the verdicts they checked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, question: Question, _local: Verdict, llm: Verdict) -> None:
        def act(unit: Unit) -> None:
            message = unit.messages.caused_by(question.key) if question.key else None
            if message is not None:
                unit.verdicts.add(message.id, replace(llm, engine=AUDIT).stored())

        await self._store.write(act)
