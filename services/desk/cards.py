"""The card of a ticket: what operators see first, and press."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from services.classify.sentences import Titles
from services.desk.card_buttons import keyboard
from services.desk.menus import Menu
from services.desk.ready_answers import Reading
from services.desk.reasons import is_pressed, reason_words
from services.desk.site_words import page_words
from services.desk.suggesting import Proposed
from services.desk.ticket_words import state_words
from services.messages.effects import Words
from services.messages.incoming import UNREAD
from services.messages.lengths import TOPIC_NAME, cut
from services.messages.marked import marked
from services.messages.plain_text import told
from services.scenarios.answers import name_of
from services.templates import markup
from services.templates.variables import plain_words
from services.texts import find_key, label, language_name, say, text_key
from services.texts.moments import clock, day
from services.texts.team import Team
from storage.changing import as_entities
from storage.closed_sets import MessageKind, Reason
from storage.ratings import Satisfaction
from storage.records import Customer, Message, Ticket
from storage.site_visitors import SiteVisitor
from storage.ticket_lists import Colleague

FOR_A_LOOK: Final[Reason] = "answered_too"
"""Why a ticket was opened in which nobody waits for an answer: the bot has given one."""
QUESTION_MOST: Final = 1500
ASIDE_MOST: Final = 300
"""Most of the question beside an answer that is about to be sent."""
PREVIEW_MOST: Final = 3000
SUGGESTED_MOST: Final = 1000
EARLIER_MOST: Final = 200
EARLIER_LINES: Final = 4
USERNAME_MOST: Final = 64
OPERATOR_MOST: Final = 64
NOTE_MOST: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that a card shows."""

    ticket: Ticket
    customer: Customer
    title: str | None
    """The scenario's title in the team's language."""
    earlier: Sequence[Message]
    """The lines before the question, oldest first."""
    forum: bool
    before: int = 0
    """How many tickets the customer had before."""
    colleagues: Sequence[Colleague] = ()
    """To whom it can be handed."""
    owner_left: bool = False
    """Who has it is no member of the group any more."""
    menu: Menu | None = None
    """The menu that is open."""
    site: SiteVisitor | None = None
    """Where on a site the customer writes."""
    suggestion: Proposed | None = None
    """The answer that waits for somebody to decide on it."""
    satisfaction: Satisfaction | None = None
    """How the customer rates what people did for them."""
    page: str | None = None
    """Where the ticket stands on the dashboard."""


def words(card: Card, team: Team, titles: Titles = ()) -> Words:
    """Return the card as it will stand. `titles`: what scenarios are called, for what is said of them."""
    buttons = keyboard(
        card.ticket,
        card.colleagues,
        team.language,
        card.menu,
        banned=card.customer.banned_at is not None,
        movable=len(team.destinations) > 1,
        suggestion=card.suggestion,
    )
    return Words(text="\n".join(_lines(card, team, titles)), buttons=buttons)


def topic_name(ticket: Ticket, customer: Customer, language: str) -> str:
    """Return number, customer and priority as the ticket has them when its topic opens."""
    mark = label(text_key("priority", ticket.priority), language)
    return cut(label("desk.topic", language, mark=mark, ticket=ticket.id, name=name_of(customer)), TOPIC_NAME)


def _lines(card: Card, team: Team, titles: Titles) -> list[str]:
    ticket, language = card.ticket, team.language
    reading = card.menu.reading if card.menu else None
    asked = marked(ticket.question, as_entities(ticket.question_looks), ASIDE_MOST if reading else QUESTION_MOST)
    question = say("card.question", language, question=asked)
    lines = [_title(card, team), _who(card, team)]
    until = card.customer.owner_until
    if until is not None and until > ticket.opened_at and ticket.status != "closed":
        lines.append(say("card.owner_speaks", language, until=clock(until, team.zone, language)))
    if card.customer.note:
        lines.append(say("card.note", language, note=cut(card.customer.note, NOTE_MOST)))
    if card.satisfaction is not None and card.satisfaction.score is not None:
        comment = cut(card.satisfaction.comment or "", NOTE_MOST)
        lines.append(say("card.rating", language, score=card.satisfaction.score, comment=comment))
    lines.append(question)
    if ticket.scenario is not None:
        percent = None if ticket.confidence is None else round(ticket.confidence * 100)
        named = card.title or ticket.scenario
        lines.append(say("card.scenario", language, scenario=named, confidence=percent))
    if reading is not None:
        return [*map(str, lines), *_preview(reading, language)]
    told_below = ticket.reason == "suggested" and card.suggestion is not None
    if not told_below and (ticket.reason != FOR_A_LOOK or _is_for_a_look(ticket)):
        lines.append(say("card.reason", language, reason=say(text_key("reason", ticket.reason), language)))
    whole = ticket.face == "details"
    # What has to be filled in before the bot can answer is work for somebody, and what presses is news: neither hides.
    why = reason_words(ticket, language, titles)
    if why and (whole or ticket.reason == "unfilled" or is_pressed(ticket)):
        lines.append(say("card.reasoning", language, reasoning=cut(why, 400)))
    if card.earlier:
        lines.append(say("card.earlier", language, lines=_earlier(card.earlier, language)))
    if whole and ticket.status != "closed":
        lines.append(say("card.hint_topic" if card.forum else "card.hint_plain", language))
    return [*map(str, lines), *_suggested(card.suggestion, language)]


def _preview(reading: Reading, language: str) -> Iterator[str]:
    """Yield what the customer would read, formatted as they would see it."""
    facts, gaps = ", ".join(reading.missing), ", ".join(reading.gaps)
    yield "\n" + say("card.preview", language, title=reading.title, facts=facts, gaps=gaps)
    yield markup.cut(reading.html, PREVIEW_MOST)


def _suggested(proposed: Proposed | None, language: str) -> Iterator[str]:
    """Yield what the bot would answer, if people let it."""
    if proposed is None:
        return
    reading = proposed.reading
    facts, gaps = ", ".join(reading.missing), ", ".join(reading.gaps)
    yield "\n" + say("card.suggested", language, title=reading.title, facts=facts, gaps=gaps)
    yield markup.cut(reading.html, SUGGESTED_MOST)


def _title(card: Card, team: Team) -> str:
    ticket, language = card.ticket, team.language
    return say(
        "card.title",
        language,
        mark=say(text_key("priority", ticket.priority), language),
        ticket=ticket.id,
        state=_state(ticket, team),
        operator=cut(ticket.operator_name or "", OPERATOR_MOST) if ticket.status == "taken" else None,
        left=card.owner_left,
        page=card.page,
    )


def _is_for_a_look(ticket: Ticket) -> bool:
    """Whether nobody but the bot has had to do with it; what people have taken or answered is a ticket like others."""
    return ticket.reason == FOR_A_LOOK and ticket.status != "taken" and ticket.answered_at is None


def _state(ticket: Ticket, team: Team) -> str:
    """Return who waits for whom; of a ticket for a look, that the bot has answered."""
    if ticket.status == "open" and _is_for_a_look(ticket) and ticket.waiting_since and ticket.state == "waiting":
        return say("card.look", team.language, since=clock(ticket.waiting_since, team.zone, team.language))
    return state_words(ticket, team.zone, team.language)


def _who(card: Card, team: Team) -> str:
    customer, language = card.customer, team.language
    page = [page_words("card.page", card.site, language)] if card.site is not None else []
    who = say(
        "card.who",
        language,
        name=name_of(customer),
        username=plain_words(customer.username or "", cap=USERNAME_MOST) or None,
        language=language_name(customer.language, language),
        channel=customer.channel,
        reachable=customer.reachable,
        banned=customer.banned_by if customer.banned_at else None,
        since=day(customer.created_at, team.zone, language),
        before=card.before,
        average=_average(card.satisfaction),
        rated=card.satisfaction.count if card.satisfaction else 0,
    )
    return "\n".join([who, *page])


def _average(satisfaction: Satisfaction | None) -> str | None:
    """Return the customer's average score, where they have rated other tickets too."""
    if satisfaction is None or satisfaction.average is None or satisfaction.count < 2:  # noqa: PLR2004  # one is no average
        return None
    return f"{satisfaction.average:.1f}"


def _earlier(lines: Sequence[Message], language: str) -> Markup:
    shown = [
        f"{label(text_key('author', line.author), language)}: {cut(_shown(line, language), EARLIER_MOST)}"
        for line in lines[-EARLIER_LINES:]
    ]
    return Markup("\n").join(shown)


def _shown(line: Message, language: str) -> str:
    return (plain(line) if line.author == "bot" else told(line, language)) or spoken(line.kind, language)


def plain(line: Message) -> str:
    """Return what was said, without markup: our own answers are stored as HTML, people's lines as they wrote them."""
    return Markup(line.text).striptags() if line.author == "bot" else line.text  # noqa: S704  # escaped again above


def spoken(kind: MessageKind, language: str) -> str:
    """Return the name of a kind of message, and whether it could not be read."""
    name = kind.removesuffix(UNREAD)
    known = find_key("kind", name)
    what = label(known or "kind.other", language)
    if name == kind:
        return what
    return label("unread.known", language, what=what) if known else label("unread.new", language, name=name)


def brought(lines: Sequence[Message], language: str) -> str:
    """Return what lines without words bring: each kind, and of an album how many."""
    albums: dict[str, list[MessageKind]] = {}
    for line in [line for line in lines if line.kind != "command"] or lines:
        albums.setdefault(line.album or line.key, []).append(line.kind)
    named = [spoken(kinds[0], language) if len(kinds) == 1 else album(kinds, language) for kinds in albums.values()]
    return "\n".join(named)


def album(kinds: Sequence[MessageKind], language: str) -> str:
    """Return what an album holds: "3 photos, 1 video"."""
    named = [
        label(key, language, count=count) if (key := find_key("album", kind)) else f"{count} × {spoken(kind, language)}"
        for kind, count in Counter(kinds).items()
    ]
    return label("album.album", language, parts=", ".join(named))
