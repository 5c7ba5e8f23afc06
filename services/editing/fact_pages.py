"""What an admin sees of facts, as messages that fit: pure functions of what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.editing.history import steps
from services.editing.hours_page import how_to_write, understood
from services.editing.pages import Block, cancel, sheets
from services.messages.callbacks import encode
from services.messages.effects import Button, Keyboard, Words
from services.messages.fact_presses import FactAction, OfFacts, OnFact, OnFacts, OnFactValue, OnFactVersion
from services.messages.lengths import cut
from services.scenarios.facts import HOURS, Facts, waiting
from services.texts import LANGUAGES, label, language_name, say, text_key
from services.texts.keys import FactButtonKey
from services.texts.titles import full_title
from storage.closed_sets import Language
from storage.facts import EVERY, FactVersion
from storage.records import Fact, Scenario

A_PAGE: Final = 10
WAITS_MOST: Final = 25
_QUESTION_MOST: Final = 60


def name_of(language: Language, speak: str) -> str:
    return label("facts.every", speak) if language == EVERY else language_name(language, speak)


def listing(facts: Facts, page: int, speak: str, scenarios: Iterable[Scenario] = ()) -> list[Words]:
    """Return one page of the list: a button a fact, with a mark where it is filled in for all customers.

    Below stand the answers of `scenarios` that wait for facts.
    """
    keys = sorted(facts.definitions)
    if not keys:
        return [Words(text=say("facts.list_empty", speak))]
    pages = -(-len(keys) // A_PAGE)
    page = min(page, pages - 1)
    rows = tuple(
        (
            _button(
                "fact", speak, OnFact(key), mark=_mark(facts, key, speak), question=_short(facts.question(key, speak))
            ),
        )
        for key in keys[page * A_PAGE : (page + 1) * A_PAGE]
    )
    ways: tuple[tuple[FactButtonKey, int], ...] = (("earlier", page - 1), ("later", page + 1))
    turn = tuple(_button(name, speak, OnFacts(to), page=to + 1, pages=pages) for name, to in ways if 0 <= to < pages)
    filled = sum(_is_whole(facts, key) for key in keys)
    text = say("facts.list", speak, filled=filled, count=len(keys), page=page + 1, pages=pages)
    return [Words(text=f"{text}{_waits(scenarios, facts, speak)}", buttons=(*rows, turn) if turn else rows)]


def _waits(scenarios: Iterable[Scenario], facts: Facts, speak: str) -> str:
    """Return which answers wait for which facts; nothing where none does."""
    known = {scenario.key: scenario for scenario in scenarios}
    lacking: dict[tuple[str, str | None], dict[str, None]] = {}
    for one in waiting(known.values(), facts, LANGUAGES):
        lacking.setdefault((one.scenario, one.answer), {}).update(dict.fromkeys(one.facts))
    if not lacking:
        return ""
    lines = [
        say(
            "facts.waits_line",
            speak,
            title=cut(full_title(known[key], known[key].answer(answer), speak), _QUESTION_MOST),
            facts=", ".join(keys),
        )
        for (key, answer), keys in lacking.items()
    ]
    shown, more = Markup("\n").join(lines[:WAITS_MOST]), max(len(lines) - WAITS_MOST, 0)
    return say("facts.waits", speak, count=len(lines), lines=shown, more=more)


def fact(
    asked: Fact,
    facts: Facts,
    versions: Sequence[FactVersion],
    speak: str,
    zone: ZoneInfo,
    *,
    now: datetime,
    saved: bool = False,
) -> list[Words]:
    """Return one fact: the question, an example, and the value in each language with what can be done to it."""
    head = say(
        "facts.fact",
        speak,
        saved=saved,
        question=facts.question(asked.key, speak),
        key=asked.key,
        type=label(text_key("fact_type", asked.type), speak),
        example=asked.example.get(speak) or next(iter(asked.example.values()), ""),
    )
    blocks = [Block(html=head)]
    said = facts.settings.get(asked.key)
    standing = [one for one in versions if one.retired_at is None]
    if not standing:
        blocks.append(Block(html=say("facts.by_setting" if said else "facts.none", speak, value=said)))
    if asked.key == HOURS and (hours := understood(facts, speak, zone, now)) is not None:
        blocks.append(Block(html=hours))
    languages = dict.fromkeys((EVERY, *LANGUAGES, *(one.language for one in versions)))
    blocks += [
        _value(asked.key, language, [one for one in versions if one.language == language], speak, zone)
        for language in languages
    ]
    place = sorted(facts.definitions).index(asked.key) // A_PAGE if asked.key in facts.definitions else 0
    blocks.append(Block(html="", buttons=((_button("back", speak, OnFacts(place)),),)))
    return sheets(list(_joined(blocks)))


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give the buttons of blocks without words to the words before them: no message consists of buttons alone."""
    held: Block | None = None
    for block in blocks:
        if held is not None and not block.html:
            held = Block(html=held.html, buttons=(*held.buttons, *block.buttons))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _value(key: str, language: Language, versions: Sequence[FactVersion], speak: str, zone: tzinfo) -> Block:
    """Return the value in one language, or only the button that asks for it."""
    name = name_of(language, speak)
    stands = next((one for one in versions if one.retired_at is None), None)
    change = _button("change" if stands else "fill", speak, OnFactValue(key, language), language=name)
    alone = None if language == EVERY else name
    others = tuple(
        _button(action, speak, OnFactVersion(version_id, action), language=alone)
        for version_id, action in possible_actions(versions)
    )
    if stands is None:
        return Block(html="", buttons=((change, *others),))
    date = stands.created_at.astimezone(zone).strftime("%d.%m.%Y %H:%M")
    html = say("facts.value", speak, language=name, author=stands.author, date=date, value=stands.value)
    return Block(html=html, buttons=((change,), others))


def possible_actions(versions: Sequence[FactVersion]) -> list[tuple[int, FactAction]]:
    """Return what can be done to the value in one language; `versions` are all of it, oldest first."""
    stands = next((one for one in versions if one.retired_at is None), None)
    if stands is None:
        return [(versions[-1].id, "restore")] if versions else []
    beside = steps(one.value for one in versions)
    found: list[tuple[int, FactAction]] = []
    if beside.back is not None:
        found.append((stands.id, "undo"))
    if beside.forward is not None:
        found.append((stands.id, "redo"))
    return [*found, (stands.id, "remove")]


def prompt(
    asked: Fact, facts: Facts, language: Language, mark: str, speak: str, *, zone: ZoneInfo, reply: bool
) -> list[Words]:
    """Return the request for a value."""
    example = asked.example.get(language) or asked.example.get(speak) or next(iter(asked.example.values()), "")
    text = say(
        "facts.prompt",
        speak,
        question=facts.question(asked.key, speak),
        language=name_of(language, speak),
        type=label(text_key("fact_type", asked.type), speak),
        example=example,
        reply=reply,
    )
    if asked.key == HOURS:
        text += how_to_write(zone, speak)
    return [Words(text=text, buttons=cancel(mark, speak))]


def _is_whole(facts: Facts, key: str) -> bool:
    return all(facts.value(key, language) for language in LANGUAGES)


def _mark(facts: Facts, key: str, speak: str) -> str:
    return label("facts.mark_filled" if _is_whole(facts, key) else "facts.mark_missing", speak)


def _short(question: str) -> str:
    return cut(question, _QUESTION_MOST)


def _button(key: FactButtonKey, speak: str, press: OfFacts, **values: object) -> Button:
    return Button(text=cut(label(text_key("fact_button", key), speak, **values), 64), press=encode(press))


def one_button(key: FactButtonKey, speak: str, press: OfFacts) -> Keyboard:
    return ((_button(key, speak, press),),)
