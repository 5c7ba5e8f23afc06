"""What the presser of a button reads at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.messages.lengths import TOAST
from services.texts import label, text_key
from services.texts.keys import ToastKey

ON_CARD: Final = frozenset[ToastKey](
    (
        "choose",
        "choose_answer",
        "choose_scenario",
        "corrected",
        "details",
        "previewed",
        "showing",
        "suggestion_wrong",
    )
)
"""Those that send the presser to the card: the next thing to press, or to read, stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """A text key with its fields."""

    key: ToastKey
    fields: dict[str, object]
    entry: int | None = None
    """The row of the audit log by which it can be taken back."""


def toast(key: ToastKey, **fields: object) -> Toast:
    return Toast(key=key, fields=fields)


def toast_text(said: Toast, language: str) -> str:
    """Return a toast in words, 200 characters at most."""
    return label(text_key("toast", said.key), language, **said.fields)[:TOAST]
