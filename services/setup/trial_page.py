"""The try: what the bot would make of a message, and what its owner tells of it."""

from __future__ import annotations

from markupsafe import Markup

from services.dashboard.trials import Trial
from services.faq.answers_text import bare_answer
from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import cut
from services.messages.setup_presses import OnSetup, encode
from services.setup.buttons import button, framed
from services.setup.state import Trying
from services.setup.view import A_PAGE, View
from services.texts import say

SAID_MOST = 300
TITLE_MOST = 64


def page(view: View, speak: str, above: Markup, *, learning: bool) -> list[Words]:
    """Return where the try stands: before the first one, or what is asked and done about the last."""
    tried, onward = view.setup.trying, button("to_score", speak, "next")
    if tried is None or (tried.asks is None and not tried.taught):
        teach, last = (_teaching(speak), cut(tried.text, SAID_MOST)) if tried else ((), "")
        body = say("setup.try", speak, last=last, learning=learning)
        return framed(view, speak, body, (*teach, (onward,)), above=above)
    said = cut(tried.text, SAID_MOST)
    if tried.asks == "answer":
        return framed(view, speak, say("setup.teach_answer", speak, text=said), above=above)
    if tried.asks == "place":
        return framed(view, speak, say("setup.teach", speak, text=said), _choice(view, tried, speak), above=above)
    title = view.places[0].title if view.places else ""
    body = say("setup.taught", speak, text=said, title=title, learning=learning)
    return framed(view, speak, body, ((button("unteach", speak, "unteach"),), (onward,)), above=above)


def tried(view: View, text: str, found: Trial, speak: str, *, learning: bool = False) -> list[Words]:
    """Return the outcome, what a customer would read, and why. `learning`: the newest answers are not known yet."""
    html = found.now.html or ""
    shown = Markup(html) if len(html) <= 2_000 else Markup.escape(cut(bare_answer(html), 2_000))  # noqa: PLR2004, S704  # rendered under autoescape
    nearest = ", ".join(f"{one.title} {round(100 * one.confidence)} %" for one in found.nearest[:3])
    body = say(
        "setup.tried",
        speak,
        text=cut(text, SAID_MOST),
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
    return framed(view, speak, body, (*_teaching(speak), (button("to_score", speak, "next"),)))


def _teaching(speak: str) -> Keyboard:
    return (
        (button("teach", speak, "teach"),),
        (button("write_answer", speak, "answer"), button("foreign", speak, "foreign")),
    )


def _choice(view: View, tried: Trying, speak: str) -> Keyboard:
    """Return a button for each answer of this page, and the ways to the others."""
    rows: Keyboard = tuple(
        (Button(text=cut(one.title, TITLE_MOST), press=encode(OnSetup("place", str(one.number)))),)
        for one in view.places
    )
    before = ((tried.page - 1, "◀️"),) if tried.page else ()
    after = ((tried.page + 1, "▶️"),) if (tried.page + 1) * A_PAGE < len(tried.places) else ()
    turns = tuple(Button(text=arrow, press=encode(OnSetup("teach", str(to)))) for to, arrow in (*before, *after))
    return (*rows, *((turns,) if turns else ()), (button("write_answer", speak, "answer"),))
