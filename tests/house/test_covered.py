"""Every module is imported by a test, or runs in a walk that is named here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.house.papers import REPOSITORY

PACKAGES: Final = ("bot", "handlers", "services", "storage", "playground")
NOT_MODULES: Final = ("__init__", "__main__", "env")
"""What only gathers or starts: its contents are imported under their own names."""

WALKS: Final[dict[str, tuple[str, ...]]] = {
    "bot.business": ("tests/lines/test_connected_accounts.py",),
    "bot.checks": ("tests/http/test_health.py",),
    "bot.cli.admins": ("tests/cli/test_admins.py",),
    "bot.cli.admins_table": ("tests/cli/test_admins.py",),
    "bot.cli.ask": ("tests/cli/test_ask.py",),
    "bot.cli.backup": ("tests/cli/test_backup.py",),
    "bot.cli.customers": ("tests/cli/test_customers.py",),
    "bot.cli.doctor": ("tests/cli/test_doctor.py",),
    "bot.cli.evaluation": ("tests/cli/test_eval.py",),
    "bot.cli.facts": ("tests/cli/test_facts_commands.py",),
    "bot.cli.facts_table": ("tests/cli/test_facts_commands.py",),
    "bot.cli.labels": ("tests/cli/test_labels_commands.py",),
    "bot.cli.labels_table": ("tests/cli/test_labels_commands.py",),
    "bot.cli.migrate": ("tests/cli/test_databases.py",),
    "bot.cli.play": ("tests/cli/test_play.py",),
    "bot.cli.queues": ("tests/cli/test_queue_commands.py",),
    "bot.cli.run": ("tests/cli/test_logs.py", "tests/durability/test_told_to_stop.py"),
    "bot.cli.scenarios": ("tests/cli/test_scenarios.py",),
    "bot.cli.scenarios_table": ("tests/cli/test_scenarios.py",),
    "bot.connecting": ("tests/lines/test_first_admin.py", "tests/lines/test_connecting.py"),
    "bot.desk": ("tests/lines/test_answers_from_the_card.py",),
    "bot.answers_page": ("tests/dashboard/test_answers_page.py",),
    "bot.dashboard": ("tests/dashboard/test_desk_api.py",),
    "bot.delivery_parts": ("tests/walk/test_desk.py",),
    "bot.overview": ("tests/dashboard/test_reports_page.py",),
    "bot.first_admin": ("tests/walk/test_from_nothing.py",),
    "bot.file_handles": ("tests/http/test_connection_limit.py",),
    "bot.presses": ("tests/http/test_choices.py",),
    "bot.site": ("tests/http/test_widget.py",),
    "bot.redaction": ("tests/cli/test_logs.py",),
    "bot.settings": ("tests/settings/test_mistakes.py", "tests/settings/test_order.py"),
    "bot.signals": ("tests/durability/test_told_to_stop.py",),
    "handlers.http": ("tests/http/test_guard.py", "tests/http/test_refusals.py", "tests/http/test_api.py"),
    "handlers.telegram": ("tests/walk/test_answers.py", "tests/walk/test_people.py", "tests/fuzz/test_handlers.py"),
    "playground": ("tests/playground/test_strictness.py", "tests/playground/test_page.py"),
    "services.api": ("tests/http/test_api.py",),
    "services.autopilot": ("tests/lines/test_autopilot.py", "tests/dashboard/test_suggestions_on_the_page.py"),
    "services.classify.llm": ("tests/llm/test_servers.py", "tests/llm/test_cascade.py"),
    "services.classify.local": ("tests/classify/test_local_engine.py", "tests/classify/test_local_answers.py"),
    "services.classify.masking": ("tests/llm/test_masking.py",),
    "services.connecting": ("tests/lines/test_first_admin.py", "tests/lines/test_connecting.py"),
    "services.customers": ("tests/walk/test_answers.py", "tests/lines/test_every_line_ends.py"),
    "services.dashboard": ("tests/dashboard/test_desk_api.py", "tests/dashboard/test_getting_in.py"),
    "services.delivery": ("tests/lines/test_every_line_ends.py", "tests/durability/test_outages.py"),
    "services.desk": ("tests/lines/test_the_operators_side.py", "tests/walk/test_people.py"),
    "services.editing": ("tests/walk/test_editing.py", "tests/walk/test_facts_in_telegram.py"),
    "services.evaluation": ("tests/classify/test_evaluation.py", "tests/cli/test_eval.py"),
    "services.faq": ("tests/faq/test_faq_forms.py",),
    "services.finding": ("tests/lines/test_finding.py",),
    "services.health": ("tests/http/test_health.py", "tests/walk/test_openness.py"),
    "services.messages": ("tests/services/test_values.py", "tests/lines/test_every_line_ends.py"),
    "services.queues": ("tests/durability/test_killed.py", "tests/lines/test_every_line_ends.py"),
    "services.reports": ("tests/lines/test_reports.py",),
    "services.scenarios.business": ("tests/lines/test_setup.py",),
    "services.scenarios.journal": ("tests/dashboard/test_answers_page.py",),
    "services.scenarios.packs": ("tests/scenarios/test_reading.py", "tests/scenarios/test_writing.py"),
    "services.setup": ("tests/lines/test_setup.py", "tests/dashboard/test_setup_page.py"),
    "services.templates": ("tests/scenarios/test_templates.py", "tests/scenarios/test_template_problems.py"),
    "services.texts": ("tests/services/test_values.py",),
    "services.unanswered": ("tests/lines/test_unanswered_in_private.py", "tests/dashboard/test_unanswered_page.py"),
    "storage": ("tests/storage/test_units.py", "tests/storage/test_migrations.py", "tests/walk/test_answers.py"),
}
"""What no test imports, by the longest part of its name: the walks that run it."""


def modules() -> Iterator[str]:
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            if path.stem not in NOT_MODULES and "versions" not in path.parts:
                yield ".".join(path.relative_to(REPOSITORY).with_suffix("").parts)


@cache
def imported_by_tests() -> frozenset[str]:
    """Return the names that tests import, of modules and of what is in them."""
    found: set[str] = set()
    for path in (REPOSITORY / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
            elif isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
    return frozenset(found)


def walk_of(module: str) -> str | None:
    """Return the entry that names a module, or a package it is in; the longest one."""
    parts = module.split(".")
    names = (".".join(parts[:most]) for most in range(len(parts), 0, -1))
    return next((name for name in names if name in WALKS), None)


def test_every_module_has_its_test_or_a_walk_that_is_named() -> None:
    assert [one for one in modules() if one not in imported_by_tests() and walk_of(one) is None] == []


@pytest.mark.parametrize("entry", WALKS)
def test_an_entry_is_needed_and_names_tests_that_there_are(entry: str) -> None:
    assert any(walk_of(one) == entry for one in modules() if one not in imported_by_tests())
    assert [path for path in WALKS[entry] if not Path(REPOSITORY / path).is_file()] == []
