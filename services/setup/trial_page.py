"""What the bot would make of a message that the owner tries."""

from __future__ import annotations

from markupsafe import Markup

from services.dashboard.trials import Trial
from services.faq.answers_text import bare_answer
from services.messages.effects import Words
from services.messages.lengths import cut
from services.setup.buttons import button, framed
from services.setup.view import View
from services.texts import say


def tried(view: View, text: str, found: Trial, speak: str, *, learning: bool = False) -> list[Words]:
    """Return the outcome, what a customer would read, and why. `learning`: the newest answers are not known yet."""
    html = found.now.html or ""
    shown = Markup(html) if len(html) <= 2_000 else Markup.escape(cut(bare_answer(html), 2_000))  # noqa: PLR2004, S704  # rendered under autoescape
    nearest = ", ".join(f"{one.title} {round(100 * one.confidence)} %" for one in found.nearest[:3])
    body = say(
        "setup.tried",
        speak,
        text=cut(text, 300),
        outcome=found.now.outcome,
        html=shown,
        choices=", ".join(found.now.choices),
        missing=", ".join(found.now.missing),
        title=found.title,
        confidence=round(100 * found.confidence),
        reasoning=cut(found.reasoning, 400),
        nearest=nearest,
        learning=learning,
    )
    return framed(view, speak, body, ((button("to_score", speak, "next"),),))
