"""What aiogram finds out about a handler or a filter, once for a test process: a dispatcher has 800 of them.

A bot makes one dispatcher; here each world has its own, and to look at signatures was a third of what a test took.
"""

from __future__ import annotations

from types import FunctionType, MethodType
from typing import Any, Final

from handlers.telegram.types_on_demand import import_aiogram

import_aiogram()  # its types are built when used, as in the bot: at once, they take a third of a worker's start

from aiogram.dispatcher.event.handler import CallableObject, HandlerObject  # noqa: E402  # after that

_FOUND: Final[dict[Any, tuple[bool, set[str], bool]]] = {}
"""By its code, and whether it is bound: whether it can be awaited, the names it takes, whether it takes any name."""


def signatures_read_once() -> None:
    """Let functions of the same code be looked at once: routes are closures that are made anew each time."""
    look = CallableObject.__post_init__

    def known(self: CallableObject) -> None:
        bound = isinstance(self.callback, MethodType)
        function = getattr(self.callback, "__func__", self.callback)
        if not isinstance(function, FunctionType) or hasattr(function, "__wrapped__"):
            look(self)
            return
        key = function.__code__, bound
        if key not in _FOUND:
            look(self)
            _FOUND[key] = self.awaitable, self.params, self.varkw
        self.awaitable, self.params, self.varkw = _FOUND[key]

    CallableObject.__post_init__ = known  # type: ignore[method-assign]

    whole = HandlerObject.__post_init__

    def bare(self: HandlerObject) -> None:
        """An observer of a router has one that does nothing, to keep filters in: 600 of them in a dispatcher."""
        if self.callback.__name__ == "<lambda>" and self.callback.__module__.startswith("aiogram."):
            self.awaitable, self.params, self.varkw = False, set(), False
        else:
            whole(self)

    HandlerObject.__post_init__ = bare  # type: ignore[method-assign]
