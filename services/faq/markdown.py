"""Markdown, by way of the page that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from services.faq.blocks import Block
from services.faq.pages import LINE, page_blocks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"\A---\n(?:[\w-]+:.*\n|[ \t#-].*\n|\n)+?---\n")
_WRAPPED: Final = 60
"""Letters of a line from which its end is the editor's, not the writer's."""


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the text's blocks, each with the line it begins in. A line end is kept where its writer made it."""
    from markdown_it import MarkdownIt

    lines = "\n".join(text.splitlines()) + "\n"
    if front := _FRONT.match(lines):  # what programs that make sites read
        lines = "\n" * front[0].count("\n") + lines[front.end() :]
    parser = MarkdownIt("commonmark", {"breaks": not _is_wrapped(lines)}).enable("table")
    return page_blocks(_page(parser, lines).encode(), lines=True)


def _page(parser: MarkdownIt, text: str) -> str:
    parser.add_render_rule("html_block", _with_line)
    tokens = parser.parse(text)
    for token in tokens:
        if token.map and token.nesting == 1:
            token.attrSet(LINE, str(token.map[0] + 1))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _with_line(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    number: int,
    _options: Mapping[str, Any],
    _environment: MutableMapping[str, Any],
) -> str:
    """Write HTML that stands in the text, below a mark of its line."""
    token = tokens[number]
    return f'<a {LINE}="{token.map[0] + 1}"></a>{token.content}' if token.map else token.content


def _is_wrapped(text: str) -> bool:
    """Whether lines end where the window of their writer ended."""
    lengths = [len(line) for line, after in pairwise(text.splitlines()) if line[:1].isalnum() and after[:1].isalnum()]
    return bool(lengths) and median(lengths) >= _WRAPPED
