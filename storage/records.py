"""What the memory holds, as frozen values; std only, so that reading them costs no import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from storage.address import Address
from storage.closed_sets import Action, AnswerMode, Author, Channel, FactType, Feedback, Language, MessageKind, Priority
from storage.learned import LearnedPhrase
from storage.ticket_record import Ticket
from storage.verdict_record import StoredVerdict

__all__ = [
    "Answer",
    "BackgroundLine",
    "Cause",
    "Customer",
    "Entry",
    "Fact",
    "Message",
    "Pack",
    "Scenario",
    "StoredVerdict",
    "Task",
    "Template",
    "Ticket",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One wording of an answer: Jinja2 source, checked before it is stored."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One of the answers of a scenario: to one question, where a scenario is a topic with several."""

    key: str
    """Unique within its scenario."""
    title: Mapping[Language, str]
    examples: Mapping[Language, tuple[str, ...]]
    templates: tuple[Template, ...]
    priority: Priority | None = None
    """None: the scenario's."""
    action: Action | None = None
    """None: the scenario's."""
    mode: AnswerMode | None = None
    """None: not said, as in files; what the memory returns always says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One kind of question, as `scenarios/*.toml` describes it."""

    key: str
    title: Mapping[Language, str]
    description: str
    priority: Priority
    action: Action
    examples: Mapping[Language, tuple[str, ...]]
    """Phrases that name the scenario and no single answer of it."""
    templates: tuple[Template, ...]
    """Of a scenario that has one text; empty where it has answers."""
    answers: tuple[Answer, ...] = ()
    mode: AnswerMode | None = None
    """Of its one text; in a file that has answers: of those that do not say their own."""

    def answer(self, key: str | None) -> Answer | None:
        return next((answer for answer in self.answers if answer.key == key), None)

    def texts(self, answer: Answer | None) -> tuple[Template, ...]:
        """Return the wordings of one of its answers, or of a scenario that has one text."""
        return answer.templates if answer else self.templates

    @property
    def parts(self) -> tuple[tuple[str | None, Scenario | Answer], ...]:
        """All that has phrases and texts of its own: the scenario itself under None, then its answers by key."""
        return ((None, self), *((answer.key, answer) for answer in self.answers))

    @property
    def phrases(self) -> Mapping[Language, tuple[str, ...]]:
        """All examples by language: the scenario's own, then those of its answers."""
        found: dict[Language, list[str]] = {}
        for language, lines in (said for _, part in self.parts for said in part.examples.items()):
            found.setdefault(language, []).extend(lines)
        return {language: tuple(lines) for language, lines in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundLine:
    """A line that belongs to no scenario: it teaches the classifier what it does not know."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What answers need to know from the business: a dotted key that templates name, and the question to its owner."""

    key: str
    type: FactType
    question: Mapping[Language, str]
    example: Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that the classifier and the responder know; the same pack always has the same version."""

    scenarios: tuple[Scenario, ...]
    background: tuple[BackgroundLine, ...]
    version: str
    """Hex digest of the contents: two packs with one version teach the same."""
    facts: tuple[Fact, ...] = ()
    learned: tuple[LearnedPhrase, ...] = ()  # from labels: no part of the version


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Somebody who writes to the business. `external_id`: what their channel knows them by (`addresses.py`)."""

    id: int
    channel: Channel
    external_id: str
    first_name: str
    last_name: str
    username: str | None
    language: Language
    language_chosen: bool
    """True once the customer has picked it; until then it follows what they write."""
    reachable: bool
    created_at: datetime
    topic_id: int | None = None
    """The topic of their private chat that they wrote in last, where it has topics."""
    banned_at: datetime | None = None
    """Since when nobody reads what they write; None: they are heard."""
    banned_by: str | None = None  # which operator said so
    note: str | None = None  # what the team keeps in mind about them; they never see it
    owner_until: datetime | None = None  # so long the owner of the account or channel answers by themselves

    @property
    def address(self) -> Address:
        return Address(self.channel, self.external_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One line of a conversation, whoever wrote it."""

    id: int
    public_id: UUID
    key: str
    """What caused it (`tg:811`, `tg:811/0`, `api:…`): the same cause never writes twice."""
    customer_id: int
    ticket_id: int | None
    author: Author
    author_name: str | None
    kind: MessageKind
    text: str
    scenario: str | None
    """Which scenario an automatic answer came from."""
    question_id: int | None
    """In a line of the bot: the message it answers. In a customer's: the last line of the question it is part of."""
    feedback: Feedback | None
    telegram_id: int | None
    """Where it stands in the customer's private chat; None until it is delivered there."""
    created_at: datetime
    entities: str | None = None
    """Telegram's formatting of a person's line, as JSON: links may hide behind words."""
    forwarded_from: str | None = None
    """Whose words they are, where a person has passed on somebody else's."""
    album: str | None = None
    """The media group it came with."""
    media: str | None = None
    """Which file it shows, by the name that Telegram never changes: an edit may replace it."""
    edited_at: datetime | None = None
    """When its author last changed it."""
    answer: str | None = None
    """Of an automatic answer: which of the scenario's answers it is."""
    quoted: str | None = None
    """What the author has marked in another message, as what the line is about."""
    signed: str | None = None
    """Of an operator's line: what the customer reads below it as its author."""
    told: str | None = None
    """What it says beside its words: the question of a poll, a name and a number, an address."""
    reply_to_id: int | None = None  # that line may be deleted
    reaction: str | None = None
    """The sign that the other side has put on it."""
    topic_id: int | None = None  # of a customer's line: the topic of their private chat that they wrote it in
    gone_at: datetime | None = None
    """When it was deleted in the customer's chat by somebody else than the bot, where Telegram tells: in accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Work to put into a queue. `rank`: what goes first when not all can go, the lowest first."""

    key: str
    lane: str
    payload: str
    rank: int = 0
    pool: str = ""
    """Lanes that share a budget are claimed together (`group`, `private`); empty for the inbox."""
    since: datetime | None = None
    """When it came in, which is its place in the line; None: when its cause did, or now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The head of a lane, claimed."""

    id: int
    key: str
    lane: str
    payload: str
    attempts: int
    created_at: datetime
    rank: int = 0
    lane_rank: int = 0
    """Rank of the most urgent task in its lane: the head of the lane is claimed so that this one gets its turn."""
    calls: int = 0
    """In the outbox: how many calls to the messenger were begun for it without their outcome being noted."""
    place: datetime | None = None
    """Where its lane stood in the line."""
    leased_until: datetime | None = None
    """From then on another process may take its lane; None where there is no other."""


@dataclass(slots=True, kw_only=True)
class Cause:
    """Why a unit writes. A unit opened for a cause settles its inbox row in the same commit.

    The one value here that changes: the worker reads `settled` to learn whether a use case has done so.
    """

    key: str
    task: Task | None = None
    settled: bool = False
