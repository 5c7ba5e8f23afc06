"""The pages of the owner's questions and answers in Telegram."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from services.faq.answers_text import bare_answer
from services.faq.places import place_words
from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import cut
from services.messages.setup_presses import OnSetup, encode
from services.setup.buttons import button, framed
from services.setup.state import Setup
from services.setup.view import View
from services.texts import label, language_name, say, text_key
from services.texts.keys import SetupFactKey
from storage.setup_pairs import SetupPair

ANSWER_MOST: Final = 2_000
"""Characters of an answer on a page: the whole of it is kept."""
SOURCE_MOST: Final = 3_000
QUESTIONS_MOST: Final = 8
QUOTED: Final = 120
COMPARED_MOST: Final = 1_200
_NAMES: Final[Mapping[str, SetupFactKey]] = {
    "phone": "phone",
    "email": "email",
    "hours": "hours",
    "returns.days": "returns",
}
"""The facts that are found in answers."""


def page(view: View, speak: str, above: Markup) -> list[Words]:
    pair, at = view.pair, view.setup
    if not view.pairs:
        return framed(view, speak, say("setup.source", speak), above=above)
    if pair is None:
        return _summary(view, speak, above)
    if at.asked is not None:
        now = {"question": "\n".join(pair.questions), "answer": pair.answer, "title": pair.title}[at.asked]
        body = say(text_key("setup_ask", at.asked), speak, now=cut(now, SOURCE_MOST))
        return framed(view, speak, body, above=above)
    if at.merging is not None:
        return _merging(view, pair, at.merging, speak, above)
    return _pair(view, pair, speak, above)


def _pair(view: View, pair: SetupPair, speak: str, above: Markup) -> list[Words]:
    number, of = view.place
    questions = [cut(one, QUOTED * 2) for one in pair.questions[:QUESTIONS_MOST]]
    more = len(pair.questions) - len(questions)
    body = say(
        "setup.pair",
        speak,
        at=number,
        of=of,
        topic=cut(pair.topic, QUOTED),
        language=language_name(pair.language, speak),
        state=pair.state,
        decided=label(text_key("setup_state", pair.state), speak),
        questions="\n".join([*questions, *([f"+ {more}"] if more > 0 else [])]),
        answer=_shown(pair.answer, ANSWER_MOST),
        title=pair.title,
    )
    left = sum(one.state == "new" for one in view.pairs)
    rows: Keyboard = (
        (button("keep", speak, "keep", pair.id), button("skip", speak, "skip", pair.id)),
        (
            button("question", speak, "askq", pair.id),
            button("answer", speak, "aska", pair.id),
            button("title", speak, "askt", pair.id),
        ),
        (button("merge", speak, "merge", pair.id), *_ways(view, pair, speak)),
        *_ticks(pair),
    )
    if left > 1:
        rows = (*rows, (button("keepall", speak, "keepall", count=left),))
    return framed(view, speak, body, (*rows, (button("anew", speak, "anew"),)), above=above)


def _ways(view: View, pair: SetupPair, speak: str) -> tuple[Button, ...]:
    return (button("ways", speak, "ways", pair.id),) if view.proposes else ()


def _ticks(pair: SetupPair) -> Keyboard:
    """Return a button for each way of asking that a model proposes: none is used before it is ticked."""
    return tuple(
        (
            Button(
                text=cut(f"{'☑️' if one.ticked else '⬜️'} {one.text}", 64),
                press=encode(OnSetup("way", f"{pair.id}.{at}")),
            ),
        )
        for at, one in enumerate(pair.phrasings)
    )


def _shown(answer: str, most: int) -> Markup:
    """Return an answer as customers read it; a long one without its formatting, which may not be cut."""
    return Markup(answer) if len(answer) <= most else Markup.escape(cut(bare_answer(answer), most))  # noqa: S704  # checked as it was read


def _merging(view: View, pair: SetupPair, number: int, speak: str, above: Markup) -> list[Words]:
    if 0 <= number < len(view.likely):
        other = view.likely[number]
        body = say(
            "setup.compare",
            speak,
            title=other.title,
            mine=_shown(pair.answer, COMPARED_MOST),
            theirs=cut(bare_answer(other.text), COMPARED_MOST) if other.text else label("setup.compare_none", speak),
        )
        which = f"{pair.id}.{number}"
        row: tuple[Button, ...] = (button("mine", speak, "mine", which),)
        if other.text:
            row = (*row, button("theirs", speak, "theirs", which))
        return framed(view, speak, body, (row,), above=above)
    rows = tuple((_candidate(one.title, pair.id, at),) for at, one in enumerate(view.likely))
    body = say("setup.likely", speak, question=cut(pair.questions[0], QUOTED * 2))
    return framed(view, speak, body, rows, above=above)


def _candidate(title: str, pair_id: int, number: int) -> Button:
    return Button(text=cut(title, 64), press=encode(OnSetup("into", f"{pair_id}.{number}")))


def _summary(view: View, speak: str, above: Markup) -> list[Words]:
    counts = {state: sum(one.state == state for one in view.pairs) for state in ("kept", "merged", "skipped", "new")}
    at = view.setup
    alone = sum(
        one.state == "kept" and len(one.questions) == 1 and not any(way.ticked for way in one.phrasings)
        for one in view.pairs
    )
    body = say("setup.summary", speak, **counts, alone=alone, unused=_unused(at, speak), found=bool(view.found))
    rows: Keyboard = ()
    for one in view.found:
        ticked = one.key not in at.unticked
        name = label(text_key("setup_fact", _NAMES[one.key]), speak)
        rows = (
            *rows,
            (button("fact_on" if ticked else "fact_off", speak, "tick", one.key, question=name, value=one.value),),
        )
    if ready := counts["kept"] + counts["merged"]:
        rows = (*rows, (button("apply", speak, "apply", count=ready),))
    return framed(view, speak, body, (*rows, (button("anew", speak, "anew"),)), above=above)


def read(view: View, speak: str) -> list[Words]:
    """Tell what was found in a file that has come, before its first pair."""
    new = sum(one.state == "new" for one in view.pairs)
    return [Words(text=say("setup.read", speak, found=new, unused=_unused(view.setup, speak)))]


def _unused(at: Setup, speak: str) -> Markup:
    """Return the first of what was not taken, with where it stands and why; nothing where all was."""
    if not at.unused_count:
        return Markup()
    lines = Markup("\n").join(
        say(
            "setup.unused_line",
            speak,
            place=place_words(one.place, speak),
            text=cut(" ".join(one.text.split()), QUOTED),
            why=one.words(speak),
        )
        for one in at.unused
    )
    return say("setup.unused", speak, count=at.unused_count, lines=lines, more=at.unused_count - len(at.unused))
