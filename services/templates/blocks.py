"""A source that Jinja2 refuses: which of its blocks are to blame, before Jinja2's own complaint is passed on."""

from __future__ import annotations

from jinja2 import TemplateSyntaxError

from services.templates.environment import environment
from services.templates.problems import TemplateProblem, problem


def refusals(source: str, error: TemplateSyntaxError) -> tuple[TemplateProblem, ...]:
    """Name blocks that may never stand here and conditions left open; else what Jinja2 says, which is English."""
    found: list[TemplateProblem] = []
    open_lines: list[int] = []
    for line, name in _blocks(source):
        if name == "if":
            open_lines.append(line)
        elif name == "endif":
            del open_lines[-1:]
        elif name not in {"elif", "else", "set"} and not name.startswith("end"):
            found.append(problem(line, "loop" if name == "for" else "block"))
    found += [problem(line, "open_if") for line in open_lines]
    return tuple(found) or (problem(error.lineno, "syntax", error=(error.message or "").rstrip(".")),)


def _blocks(source: str) -> list[tuple[int, str]]:
    """Return the line and the name of each block; nothing where not even the signs can be told apart."""
    found, before = [], ""
    try:
        for line, kind, word in environment().lex(source):
            if kind == "name" and before == "block_begin":
                found.append((line, word))
            before = before if kind == "whitespace" else kind
    except TemplateSyntaxError:
        return []
    return found
