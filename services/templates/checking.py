"""Is this template safe, finite and right? Asked once, before it is stored; every problem names its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from itertools import accumulate
from typing import Final, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from services.templates import markup
from services.templates.blocks import refusals
from services.templates.environment import FILTERS, TESTS, environment
from services.templates.naming import dotted_name
from services.templates.problems import Code, TemplateProblem, problem
from services.templates.trial import trial
from services.templates.variables import FACTS, VARIABLES

MAX_SOURCE: Final = 16_384
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ROOTS: Final = frozenset(name.partition(".")[0] for name in VARIABLES if "." in name) | {FACTS}

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


def check(source: str, *, facts: Collection[str] | None = None) -> tuple[TemplateProblem, ...]:
    """All problems, in the order of their lines; empty means that it may be stored.

    `facts`: the keys that the pack defines; None where they are not known, and any may stand there.
    """
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
    found = [*_language_problems(tree, facts), *_markup_problems(tree)]
    # What the tree does not show (an empty answer, a name that is set in one branch only) shows when it runs.
    return tuple(sorted(found or trial(source), key=lambda one: one.line))


class _Names(NamedTuple):
    """What a template may name beside the documented variables: what it sets itself, and facts."""

    own: frozenset[str]
    facts: Collection[str] | None


def _language_problems(tree: nodes.Template, facts: Collection[str] | None) -> Iterator[TemplateProblem]:
    targets = (node.target for node in tree.find_all(nodes.Assign))
    own = frozenset(target.name for target in targets if isinstance(target, nodes.Name))
    yield from _inspect(tree, _Names(own, facts))


def _inspect(node: nodes.Node, names: _Names) -> Iterator[TemplateProblem]:
    match node:
        case nodes.Getattr() | nodes.Name():
            yield from _variable_problems(node, names)
            return
        case nodes.Assign():
            yield from _assignment_problems(node, names)
            return
        case nodes.Filter():
            yield from _choice_problems(node.lineno, _FILTER, node.name, FILTERS)
        case nodes.Test():
            yield from _choice_problems(node.lineno, _TEST, node.name, TESTS)
        case nodes.Operand(op="in" | "notin", expr=nodes.List() | nodes.Tuple() as choices):
            for choice in choices.items:  # a list is read here and never kept, so lists of lists cannot grow
                yield from _inspect(choice, names)
            return
        case _ if not isinstance(node, _PLAIN):
            codes = (code for kind, code in _FORBIDDEN.items() if isinstance(node, kind))
            yield problem(_line(node), next(codes, "expression"))
            return
        case _:
            pass
    for child in node.iter_child_nodes():
        yield from _inspect(child, names)


def _line(node: nodes.Node) -> int:
    """Return where a node stands; some blocks know it only of what is in them."""
    return node.lineno or next((child.lineno for child in node.find_all(nodes.Node) if child.lineno), 1)


def _variable_problems(node: nodes.Expr, names: _Names) -> Iterator[TemplateProblem]:
    dotted = dotted_name(node)
    if dotted is None:
        yield problem(node.lineno, "dot")
    elif dotted.startswith(f"{FACTS}."):
        yield from _fact_problems(node.lineno, dotted, names.facts)
    elif dotted in _ROOTS:
        known = [*VARIABLES, *_facts_below(names.facts)]
        leaves = [name for name in known if name.startswith(f"{dotted}.")]
        yield problem(node.lineno, "group", name=dotted, known=", ".join(leaves) or f"{dotted}.…")
    elif dotted not in names.own:
        yield from _choice_problems(node.lineno, _VARIABLE, dotted, tuple(VARIABLES), _facts_below(names.facts))


def _fact_problems(line: int, dotted: str, facts: Collection[str] | None) -> Iterator[TemplateProblem]:
    known = _facts_below(facts)
    leaves = [name for name in known if name.startswith(f"{dotted}.")]
    if leaves:
        yield problem(line, "group", name=dotted, known=", ".join(leaves))
    elif facts is not None and dotted not in known:
        key = dotted.removeprefix(f"{FACTS}.")
        near = [each for each in facts if each.endswith(f".{key}")] or get_close_matches(key, facts, n=1)
        if near:
            yield problem(line, "misspelt_fact", name=dotted, near=f"{FACTS}.{near[0]}")
        else:
            yield problem(line, "unknown_fact", name=dotted)


def _facts_below(facts: Collection[str] | None) -> tuple[str, ...]:
    return tuple(f"{FACTS}.{key}" for key in sorted(facts or ()))


def _assignment_problems(node: nodes.Assign, names: _Names) -> Iterator[TemplateProblem]:
    target = node.target
    if not isinstance(target, nodes.Name) or target.name in VARIABLES or target.name in _ROOTS:
        yield problem(node.lineno, "assignment")
    yield from _inspect(node.node, names)


def _choice_problems(
    line: int, codes: tuple[Code, Code], name: str, known: tuple[str, ...], elsewhere: tuple[str, ...] = ()
) -> Iterator[TemplateProblem]:
    """`elsewhere`: names of another kind, which may have been meant."""
    if name in known:
        return
    unknown, misspelt = codes
    near = [each for each in (*known, *elsewhere) if each.endswith(f".{name}")]
    near = near or get_close_matches(name, known, n=1) or get_close_matches(name, elsewhere, n=1)
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
