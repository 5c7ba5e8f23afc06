"""Is this template safe, finite and right? Asked once, before it is stored; every problem names its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import accumulate
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from services.templates import markup
from services.templates.environment import FILTERS, TESTS, environment
from services.templates.trial import trial
from services.templates.variables import VARIABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateProblem:
    """What is wrong in which line of the template, counted from 1, and what to write instead."""

    line: int
    message: str
    fix: str


MAX_SOURCE: Final = 16_384
_ROOTS: Final = frozenset(name.partition(".")[0] for name in VARIABLES if "." in name)

_PLAIN: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Const, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Tuple, nodes.List,
)  # fmt: skip
_FORBIDDEN: Final[Mapping[type[nodes.Node], str]] = {
    nodes.For: "loops are not allowed: a template must always end",
    nodes.Call: "calls are not allowed",
    nodes.Getitem: "square brackets are not allowed",
    nodes.Concat: "joining with ~ is not allowed",
    nodes.BinExpr: "arithmetic is not allowed",
    nodes.UnaryExpr: "arithmetic is not allowed",
    nodes.Stmt: "this block is not allowed",
}
_FIX: Final = "only text, {{ variables }}, filters, {% if %} and {% set name = … %} may stand here"


def check(source: str) -> tuple[TemplateProblem, ...]:
    """All problems, in the order of their lines; empty means that it may be stored."""
    if len(source) > MAX_SOURCE:
        return (_problem(1, f"{len(source)} characters; at most {MAX_SOURCE} are read", "shorten it"),)
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        return (_problem(error.lineno, f"{error.message}", "see the Jinja2 syntax of {{ … }} and {% if … %}"),)
    except (RecursionError, ValueError, OverflowError):
        return (_problem(1, "too deep or too large to read", "write it more simply"),)
    found = [*_language_problems(tree), *_markup_problems(tree)]
    # What the tree does not show (an empty answer, a name that is set in one branch only) shows when it runs.
    return tuple(sorted(found or (_problem(1, *each) for each in trial(source)), key=lambda problem: problem.line))


def _problem(line: int, message: str, fix: str) -> TemplateProblem:
    return TemplateProblem(line=line, message=message, fix=fix)


def _language_problems(tree: nodes.Template) -> Iterator[TemplateProblem]:
    targets = (node.target for node in tree.find_all(nodes.Assign))
    yield from _inspect(tree, frozenset(target.name for target in targets if isinstance(target, nodes.Name)))


def _inspect(node: nodes.Node, own: frozenset[str]) -> Iterator[TemplateProblem]:
    match node:
        case nodes.Getattr() | nodes.Name():
            yield from _variable_problems(node, own)
            return
        case nodes.Assign():
            yield from _assignment_problems(node, own)
            return
        case nodes.Filter():
            yield from _choice_problems(node.lineno, "filter", node.name, FILTERS)
        case nodes.Test():
            yield from _choice_problems(node.lineno, "test", node.name, TESTS)
        case _ if not isinstance(node, _PLAIN):
            reasons = (text for kind, text in _FORBIDDEN.items() if isinstance(node, kind))
            yield _problem(node.lineno, next(reasons, "this expression is not allowed"), _FIX)
            return
        case _:
            pass
    for child in node.iter_child_nodes():
        yield from _inspect(child, own)


def _variable_problems(node: nodes.Expr, own: frozenset[str]) -> Iterator[TemplateProblem]:
    dotted = _dotted(node)
    if dotted is None:
        yield _problem(node.lineno, "a dot may only follow a documented variable", _FIX)
    elif dotted in _ROOTS:
        leaves = [name for name in VARIABLES if name.startswith(f"{dotted}.")]
        yield _problem(node.lineno, f"{dotted} is a group, not a word", f"write one of {', '.join(leaves)}")
    elif dotted not in own:
        yield from _choice_problems(node.lineno, "variable", dotted, tuple(VARIABLES))


def _dotted(node: nodes.Node) -> str | None:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            before = _dotted(node.node)
            return before and f"{before}.{node.attr}"
        case _:
            return None


def _assignment_problems(node: nodes.Assign, own: frozenset[str]) -> Iterator[TemplateProblem]:
    target = node.target
    if not isinstance(target, nodes.Name) or target.name in VARIABLES or target.name in _ROOTS:
        yield _problem(node.lineno, "{% set %} may not write here", "set one new name that is not a variable")
    yield from _inspect(node.node, own)


def _choice_problems(line: int, kind: str, name: str, known: tuple[str, ...]) -> Iterator[TemplateProblem]:
    if name in known:
        return
    near = [each for each in known if each.endswith(f".{name}")] or get_close_matches(name, known, n=1)
    fix = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    yield _problem(line, f"unknown {kind} {name}", fix)


def _markup_problems(tree: nodes.Template) -> list[TemplateProblem]:
    found: list[TemplateProblem] = []
    open_tags = _walk_markup(tree.body, [], found)
    if open_tags:
        last = max((node.lineno for node in tree.find_all(nodes.Output)), default=1)
        found.append(_problem(last, f"<{open_tags[-1]}> is never closed", f"add </{open_tags[-1]}>"))
    return found


def _walk_markup(body: list[nodes.Node], before: list[str], found: list[TemplateProblem]) -> list[str]:
    """Follow the text as it will be sent; a branch must close what it opens, so that every path is whole."""
    now = list(before)
    for node in body:
        match node:
            case nodes.Output():
                _read_text(node, now, found)
            case nodes.If():
                branches = [node.body, *(each.body for each in node.elif_), node.else_]
                if any(_walk_markup(branch, now, found) != now for branch in branches):
                    found.append(_problem(node.lineno, "a branch leaves a tag open or closes another's", _BRANCH_FIX))
            case _:
                pass
    return now


_BRANCH_FIX: Final = "open and close each tag inside the same {% if %} branch"
_HOLE: Final = "\ufffc"


def _read_text(node: nodes.Output, open_tags: list[str], found: list[TemplateProblem]) -> None:
    text, lines = "", list[int]()
    for child in node.nodes:
        part = child.data if isinstance(child, nodes.TemplateData) else _HOLE
        ends = accumulate((char == "\n" for char in part), initial=child.lineno)
        lines += list(ends)[: len(part)]
        text += part
    faults = ((piece.at, markup.fault(piece, open_tags)) for piece in markup.pieces(text))
    found += [_problem(lines[at], *wrong) for at, wrong in faults if wrong is not None]
