"""Is this template safe, finite and right? Asked once, before it is stored; every problem names its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import accumulate
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from services.templates import markup
from services.templates.blocks import refusals
from services.templates.environment import FILTERS, TESTS, environment
from services.templates.problems import Code, TemplateProblem, problem
from services.templates.trial import trial
from services.templates.variables import VARIABLES

MAX_SOURCE: Final = 16_384
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ROOTS: Final = frozenset(name.partition(".")[0] for name in VARIABLES if "." in name)

_PLAIN: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Const, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_FORBIDDEN: Final[Mapping[type[nodes.Node], Code]] = {
    nodes.For: "loop",
    nodes.Call: "call",
    nodes.List: "list",
    nodes.Tuple: "list",
    nodes.Getitem: "brackets",
    nodes.Concat: "joining",
    nodes.BinExpr: "arithmetic",
    nodes.UnaryExpr: "arithmetic",
    nodes.Stmt: "block",
}
_VARIABLE: Final[tuple[Code, Code]] = ("unknown_variable", "misspelt_variable")
_FILTER: Final[tuple[Code, Code]] = ("unknown_filter", "misspelt_filter")
_TEST: Final[tuple[Code, Code]] = ("unknown_test", "misspelt_test")


def check(source: str) -> tuple[TemplateProblem, ...]:
    """All problems, in the order of their lines; empty means that it may be stored."""
    if len(source) > MAX_SOURCE:
        return (problem(1, "too_long", size=len(source), most=MAX_SOURCE),)
    if hidden := _CONTROL.search(source):
        return (problem(source.count("\n", 0, hidden.start()) + 1, "control", sign=f"U+{ord(hidden[0]):04X}"),)
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        return refusals(source, error)
    except (RecursionError, ValueError, OverflowError):
        return (problem(1, "too_deep"),)
    found = [*_language_problems(tree), *_markup_problems(tree)]
    # What the tree does not show (an empty answer, a name that is set in one branch only) shows when it runs.
    return tuple(sorted(found or trial(source), key=lambda one: one.line))


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
            yield from _choice_problems(node.lineno, _FILTER, node.name, FILTERS)
        case nodes.Test():
            yield from _choice_problems(node.lineno, _TEST, node.name, TESTS)
        case nodes.Operand(op="in" | "notin", expr=nodes.List() | nodes.Tuple() as choices):
            for choice in choices.items:  # a list is read here and never kept, so lists of lists cannot grow
                yield from _inspect(choice, own)
            return
        case _ if not isinstance(node, _PLAIN):
            codes = (code for kind, code in _FORBIDDEN.items() if isinstance(node, kind))
            yield problem(_line(node), next(codes, "expression"))
            return
        case _:
            pass
    for child in node.iter_child_nodes():
        yield from _inspect(child, own)


def _line(node: nodes.Node) -> int:
    """Return where a node stands; some blocks know it only of what is in them."""
    return node.lineno or next((child.lineno for child in node.find_all(nodes.Node) if child.lineno), 1)


def _variable_problems(node: nodes.Expr, own: frozenset[str]) -> Iterator[TemplateProblem]:
    dotted = _dotted(node)
    if dotted is None:
        yield problem(node.lineno, "dot")
    elif dotted in _ROOTS:
        leaves = [name for name in VARIABLES if name.startswith(f"{dotted}.")]
        yield problem(node.lineno, "group", name=dotted, known=", ".join(leaves))
    elif dotted not in own:
        yield from _choice_problems(node.lineno, _VARIABLE, dotted, tuple(VARIABLES))


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
        yield problem(node.lineno, "assignment")
    yield from _inspect(node.node, own)


def _choice_problems(
    line: int, codes: tuple[Code, Code], name: str, known: tuple[str, ...]
) -> Iterator[TemplateProblem]:
    if name in known:
        return
    unknown, misspelt = codes
    near = [each for each in known if each.endswith(f".{name}")] or get_close_matches(name, known, n=1)
    if near:
        yield problem(line, misspelt, name=name, near=near[0])
    else:
        yield problem(line, unknown, name=name, known=", ".join(known))


def _markup_problems(tree: nodes.Template) -> list[TemplateProblem]:
    found: list[TemplateProblem] = []
    open_tags = _walk_markup(tree.body, [], found)
    if open_tags:
        last = max((node.lineno for node in tree.find_all(nodes.Output)), default=1)
        found.append(problem(last, "never_closed", tag=open_tags[-1]))
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
                    found.append(problem(node.lineno, "branch"))
            case _:
                pass
    return now


_HOLE: Final = "\ufffc"


def _read_text(node: nodes.Output, open_tags: list[str], found: list[TemplateProblem]) -> None:
    text, lines = "", list[int]()
    for child in node.nodes:
        part = child.data if isinstance(child, nodes.TemplateData) else _HOLE
        ends = accumulate((char == "\n" for char in part), initial=child.lineno)
        lines += list(ends)[: len(part)]
        text += part
    faults = (markup.fault(piece, open_tags, lines[piece.at]) for piece in markup.pieces(text))
    found += [wrong for wrong in faults if wrong is not None]
