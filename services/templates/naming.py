"""Which names stand in a template: dotted ones are one name, and what stands below `facts` is a fact."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from services.templates.environment import environment
from services.templates.variables import FACTS

_KEPT: Final = 2048
"""Templates whose facts are remembered: they are asked for at every answer."""


def dotted_name(node: nodes.Node) -> str | None:
    """Return `customer.first_name` for the node that reads it; None for what is no plain name."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            before = dotted_name(node.node)
            return before and f"{before}.{node.attr}"
        case _:
            return None


@lru_cache(maxsize=_KEPT)
def facts_in(source: str) -> frozenset[str]:
    """Return the keys of the facts that a template names, wherever it does; none for what is no template."""
    try:
        tree = environment().parse(source)
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError):
        return frozenset()
    below = f"{FACTS}."
    return frozenset(name.removeprefix(below) for name in _names(tree) if name.startswith(below))


def _names(node: nodes.Node) -> Iterator[str]:
    """Yield whole names: of `facts.delivery.cost` not also `facts.delivery`."""
    name = dotted_name(node)
    if name is not None:
        yield name
        return
    for child in node.iter_child_nodes():
        yield from _names(child)
