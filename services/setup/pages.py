"""What an admin sees of the set-up in Telegram: pure functions of the view."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from services.evaluation.coverage import Coverage
from services.messages.effects import Keyboard, Words
from services.messages.lengths import cut
from services.setup import pair_pages, trial_page
from services.setup.buttons import NOTHING, button, framed, step_name
from services.setup.session import Reason
from services.setup.state import CHOICES, STEPS, Setup
from services.setup.view import View
from services.texts import label, language_name, say, text_key
from services.texts.keys import SetupButtonKey
from storage.closed_sets import SpokenLanguage

ORDERS: Final[tuple[tuple[SetupButtonKey, tuple[SpokenLanguage, ...]], ...]] = (
    ("only_ru", ("ru",)),
    ("only_en", ("en",)),
    ("ru_en", ("ru", "en")),
    ("en_ru", ("en", "ru")),
)
"""What a bot can be made to speak; the first is for whoever writes in another."""


def page(  # noqa: PLR0911  # one line a step
    view: View, speak: str, *, score: Coverage | None = None, learning: bool = False, above: Markup = NOTHING
) -> list[Words]:
    """Return the page where the set-up stands."""
    at = view.setup
    match at.step:
        case "name":
            rows: Keyboard = ((button("keep_name", speak, "next", name=view.service),),)
            return framed(view, speak, say("setup.name", speak, service=view.service), rows, above=above)
        case "languages":
            return _languages(view, speak, above)
        case "begin":
            return _sure(view, speak, above) if at.wanted else _begin(view, speak, above)
        case "pairs":
            return pair_pages.page(view, speak, above)
        case "facts":
            return _facts(view, speak, above)
        case "try":
            return trial_page.page(view, speak, above, learning=learning)
        case "score":
            return _score(view, speak, score or Coverage(), above, learning=learning)


def _languages(view: View, speak: str, above: Markup) -> list[Words]:
    rows = tuple((button(key, speak, "lang", ",".join(codes)),) for key, codes in ORDERS)
    chosen = ", ".join(language_name(code, speak) for code in view.business.languages)
    onward = ((button("next", speak, "next"),),) if chosen else ()
    return framed(view, speak, say("setup.languages", speak, chosen=chosen), (*rows, *onward), above=above)


def _begin(view: View, speak: str, above: Markup) -> list[Words]:
    at = view.setup
    rows: Keyboard = tuple((button(choice, speak, "want", choice),) for choice in CHOICES)
    body = say("setup.begin", speak)
    if at.applied is not None:
        body += Markup("\n\n") + done(at, speak)
        rows = (*rows, (button("undo", speak, "undo"), button("next", speak, "next")))
    return framed(view, speak, body, rows, above=above)


def _sure(view: View, speak: str, above: Markup) -> list[Words]:
    """Ask before anything changes: the bot may have answers already."""
    wanted = view.setup.wanted or "starter"
    if not view.answers:
        choice = label(text_key("setup_choice", wanted), speak)
        body = say("setup.sure_new", speak, choice=choice)
        return framed(view, speak, body, ((button("sure", speak, "sure", "only"),),), above=above)
    body = say(text_key("setup_sure", wanted), speak, answers=view.answers, shipped=view.shipped)
    if wanted == "starter" and view.shipped:
        return framed(view, speak, body, ((button("sure", speak, "sure", "beside"),),), above=above)
    if wanted == "nothing":
        return framed(view, speak, body, ((button("sure", speak, "sure", "only"),),), above=above)
    keys: dict[str, tuple[SetupButtonKey, SetupButtonKey]] = {
        "starter": ("beside_starter", "only_starter"),
        "faq": ("beside_faq", "only_faq"),
    }
    beside, only = keys[wanted]
    rows = ((button(beside, speak, "sure", "beside"),), (button(only, speak, "sure", "only"),))
    return framed(view, speak, body, rows, above=above)


def done(at: Setup, speak: str) -> Markup:
    """Return what was put into the bot, and how many answers that were; nothing where it was not."""
    if at.applied is None or at.choice is None:
        return NOTHING
    choice = label(text_key("setup_choice", at.choice), speak)
    return say("setup.begin_done", speak, choice=choice, answers=at.applied.answers)


def _facts(view: View, speak: str, above: Markup) -> list[Words]:
    asked, onward = view.fact, button("to_try", speak, "next")
    undo = ((button("undo", speak, "undo"),),) if view.setup.applied else ()
    at, of = view.place
    if asked is None:
        filled = sum(one.filled for one in view.wanted)
        body = say("setup.facts_done", speak, filled=filled, of=of) if of else say("setup.facts_none", speak)
        return framed(view, speak, body, ((onward,), *undo), above=above)
    fact = asked.fact
    body = say(
        "setup.fact",
        speak,
        at=at,
        of=of,
        question=fact.question.get(speak) or next(iter(fact.question.values()), fact.key),
        type=label(text_key("fact_type", fact.type), speak),
        uses=asked.uses,
        example=fact.example.get(speak) or next(iter(fact.example.values()), ""),
        value=asked.value,
    )
    skip = button("nofact", speak, "nofact", at - 1)
    return framed(view, speak, body, ((skip, onward), *undo), above=above)


def _score(view: View, speak: str, found: Coverage, above: Markup, *, learning: bool) -> list[Words]:
    body = say(
        "setup.score",
        speak,
        n=found.n,
        tests=found.of_tests,
        answered=found.share(found.answered),
        suggested=found.share(found.suggested),
        people=found.share(found.people),
        learning=learning,
    )
    rows: Keyboard = ((button("score", speak, "score"), button("finish", speak, "finish")),)
    if view.setup.applied is not None:
        rows = (*rows, (button("undo", speak, "undo"),))
    return framed(view, speak, body, rows, above=above)


def held(view: View, speak: str) -> list[Words]:
    """Tell a second admin who is at it."""
    name = view.setup.holder.name if view.setup.holder else ""
    step = step_name(view.setup.step, speak)
    text = say("setup.held", speak, name=name, number=view.number, count=len(STEPS), step=step)
    return [Words(text=text, buttons=((button("over", speak, "over"),),))]


def later(view: View, speak: str) -> list[Words]:
    step = step_name(view.setup.step, speak)
    text = say("setup.later", speak, number=view.number, count=len(STEPS), step=step)
    return [Words(text=text, buttons=((button("go_on", speak, "open"),),))]


def complete(speak: str) -> list[Words]:
    return [Words(text=say("setup.complete", speak))]


def invitation(view: View, speak: str) -> list[Words]:
    """Invite an admin who says /start."""
    if not view.setup.begun:
        return [Words(text=say("setup.invite", speak), buttons=((button("begin", speak, "open"),),))]
    step = step_name(view.setup.step, speak)
    text = say("setup.invite_on", speak, number=view.number, count=len(STEPS), step=step)
    return [Words(text=text, buttons=((button("go_on", speak, "open"),),))]


def why(reason: Reason, speak: str) -> Markup:
    """Return what could not be done, to stand above the page; nothing for what was."""
    return say("setup.vain", speak, why=cut(reason.words(speak), 500)) if reason is not None else Markup()
