"""`GET /metrics`, in Prometheus's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from handlers.http.cached import Cached
from handlers.http.confidence import Confidence
from handlers.http.guard import open_to
from handlers.http.paths import with_or_without_slash
from services.health.checks import Check, Health, Part
from services.reports.metrics import Counting, Figures

log = structlog.get_logger()

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SHARED: Final = "; of the whole database, the same on every replica"
HERE: Final = "; since this process started"
ENGINES: Final[Mapping[str, str]] = {
    "llm_questions": "Questions to the engine of the model, however they ended",
    "llm_remembered": "Of these, answered without a call: the same words were asked before, or at the same time",
    "llm_calls": "Requests sent to the model's server, retries and simpler dialects included",
    "llm_retries": "Requests sent once more after a failure that may pass",
    "llm_tokens_in": "Tokens sent to the model, as its server counts them",
    "llm_tokens_out": "Tokens that the model answered, as its server counts them",
    "llm_cost_usd": "US dollars for these tokens; 0 where the model's price is not known",
    "llm_failures": "Questions that the model gave no verdict on, by reason",
    "cascade_local": "Verdicts of the local engine alone, because it was sure",
    "cascade_model": "Verdicts that the model took part in",
    "cascade_fallbacks": "Verdicts of the local engine where the model was to decide and was unavailable",
    "cascade_agreements": "Verdicts of both engines that named the same scenario, or none",
    "audits": "Sure verdicts of the local engine that the model was asked to check",
    "audit_agreements": "Of these, confirmed by the model",
}
"""What the counters of the engines count."""
FAILURES: Final = "llm_failures_"
"""Before the reason, in the name of a counter."""
MONEY: Final = ("_cost_usd", "_tokens_in", "_tokens_out")
"""At the end of a name: what the model costs, or tells it."""
WORTH: Final = {"healthy": 1.0, "degraded": 0.5, "unhealthy": 0.0}


class MetricsRoute:
    """Answers even when the database does not: then the figures from there are missing."""

    def __init__(
        self,
        *,
        counting: Counting,
        health: Health,
        engines: Callable[[], Mapping[str, float]],
        confidence: Confidence,
    ) -> None:
        """`engines`: counters of the cascade and its model, by name; empty without one."""
        self._confidence = confidence
        self._told = {trusted: Cached(partial(self._written, trusted=trusted)) for trusted in (True, False)}
        self._engines = engines
        self._counting = counting
        self._health = health
        self._process = CollectorRegistry()
        ProcessCollector(registry=self._process)

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(with_or_without_slash("/metrics"), self.metrics)

    @open_to("everybody")
    async def metrics(self, request: web.Request) -> web.Response:
        told = self._told[await self._confidence.has(request)]
        return web.Response(body=await told.get(), headers={"Content-Type": TYPE})

    async def _written(self, *, trusted: bool) -> bytes:
        report = await self._health.full()
        families = [*_of_health(report.checks), *_of_engines(self._engines())]
        try:
            families += _of_figures(await self._counting.figures())
        except Exception as error:  # noqa: BLE001  # the health above tells what is wrong
            log.warning("metrics.incomplete", error=type(error).__name__)
        shown = [family for family in families if trusted or not family.name.endswith(MONEY)]
        return _written(shown) + generate_latest(self._process)


class _Given(Collector):
    """Families that are there already."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        return iter(self._families)


def _written(families: list[Metric]) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Given(families))
    return generate_latest(registry)


def _of_health(checks: Mapping[Part, Check]) -> Iterator[Metric]:
    family = GaugeMetricFamily("support_bot_health", "1 healthy, 0.5 degraded, 0 unhealthy", labels=["check"])
    for name, check in checks.items():
        if check.status in WORTH:
            family.add_metric([name], WORTH[check.status])
    yield family


def _of_engines(counters: Mapping[str, float]) -> Iterator[Metric]:
    failures = CounterMetricFamily("support_bot_llm_failures", ENGINES["llm_failures"] + HERE, labels=["reason"])
    for name, value in counters.items():
        if name.startswith(FAILURES):
            failures.add_metric([name.removeprefix(FAILURES)], value)
        else:
            yield CounterMetricFamily(f"support_bot_{name}", ENGINES.get(name, "Of the engines") + HERE, value=value)
    if counters:
        yield failures


def _of_figures(figures: Figures) -> Iterator[Metric]:
    yield from _of_queues(figures)
    text = "Sends repeated although the first may have arrived" + SHARED
    yield CounterMetricFamily("support_bot_duplicates_possible", text, value=figures.duplicates_possible)
    tickets = GaugeMetricFamily(
        "support_bot_open_tickets",
        "Tickets that are not closed; group: that of a route, by its chat id" + SHARED,
        labels=["status", "priority", "group"],
    )
    for (status, priority, group_id), count in figures.open_tickets.items():
        tickets.add_metric([status, priority, str(group_id or "default")], count)
    yield tickets
    messages = CounterMetricFamily("support_bot_messages", "Messages ever written" + SHARED, labels=["author"])
    for author, count in figures.messages.items():
        messages.add_metric([author], count)
    yield messages
    verdicts = CounterMetricFamily("support_bot_verdicts", "Verdicts ever given" + SHARED, labels=["engine"])
    costs = CounterMetricFamily("support_bot_verdicts_cost_usd", "What they cost" + SHARED, labels=["engine"])
    for engine, tally in figures.verdicts.items():
        verdicts.add_metric([engine], tally.verdicts)
        costs.add_metric([engine], tally.cost_usd)
    yield from (verdicts, costs)
    spent = CounterMetricFamily(
        "support_bot_spendings_cost_usd", "What a model was paid beside verdicts" + SHARED, labels=["purpose"]
    )
    for purpose, cost in figures.spendings.items():
        spent.add_metric([purpose], cost)
    yield spent


def _of_queues(figures: Figures) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("support_bot_queue_waiting", "Tasks that wait" + SHARED, labels=["queue"])
    oldest = GaugeMetricFamily("support_bot_queue_oldest_seconds", "Age of the oldest" + SHARED, labels=["queue"])
    aside = GaugeMetricFamily("support_bot_queue_quarantined", "Tasks set aside" + SHARED, labels=["queue"])
    for name, queue in figures.queues.items():
        waiting.add_metric([name], queue.waiting)
        oldest.add_metric([name], queue.oldest_s)
        aside.add_metric([name], queue.quarantined)
    yield from (waiting, oldest, aside)
