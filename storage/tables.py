"""Every table, in SQLAlchemy Core. Migrations are tested against this file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts rows only in a column that is exactly INTEGER PRIMARY KEY."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC time. SQLite has no zones and keeps text: there it is written and read here, at a third of the cost.

    What stands in the file is what SQLAlchemy's own type writes: `2026-01-31 09:05:00.000000`, in UTC.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        return _of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


_WITHOUT_ZONE: Final = len("2026-01-31 09:05:00.000000")


_written: tuple[datetime | None, str | None] = (None, None)
"""The moment that was written last: the rows of one unit mostly have the same one."""


def _as_text(value: datetime | None) -> str | None:
    global _written  # noqa: PLW0603  # read and replaced as a whole, whichever thread comes first
    last, text = _written
    if value is last:
        return text
    utc = value if value is None or value.tzinfo is UTC else value.astimezone(UTC)
    text = None if utc is None else utc.isoformat(" ", "microseconds")[:_WITHOUT_ZONE]
    if value is not None:
        _written = (value, text)
    return text


def _of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


GOES_WITH_IT: Final = {"goes_with_it": True}
"""Of a link that may be empty: when what it names is deleted, the row is deleted with it and does not stay behind."""


def _queue(name: str, *more: Column[Any]) -> Table:
    """Inbox and outbox are the same mechanism, so they are the same table twice, but for `more` columns."""
    return Table(
        name,
        metadata,
        Column("id", BigId, primary_key=True),
        Column("key", String(200), nullable=False, unique=True),
        Column("lane", String(120), nullable=False),
        Column("rank", SmallInteger, nullable=False),
        Column("payload", Text, nullable=False),
        Column("state", SmallInteger, nullable=False),
        Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
        Column("error", Text),
        Column("created_at", Moment, nullable=False),
        Column("settled_at", Moment),
        *more,
        Index(f"ix_{name}_waiting", "lane", "id", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
        Index(f"ix_{name}_quarantined", "id", sqlite_where=text("state = 2"), postgresql_where=text("state = 2")),
    )


NOT_CLOSED: Final = text("tickets.status <> 'closed'")
"""As the index says it: with a parameter SQLite prepares the statement anew each time it runs, or reads all of them."""

inbox = _queue("inbox")
outbox = _queue(
    "outbox",
    # Calls to the messenger begun for this row, noted before each leaves: after a kill it tells what may have arrived.
    Column("calls", SmallInteger, nullable=False, server_default=text("0")),
    Column("called_at", Moment),
)

lanes = Table(
    "lanes",
    metadata,
    Column("queue", String(8), primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("pool", String(40), nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("due_at", Moment),
    CheckConstraint("waiting >= 0", name="waiting"),
    Index(
        "ix_lanes_due",
        "queue",
        "pool",
        "rank",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
)

customers = Table(
    "customers",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(200), nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("username", Text),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("topic_id", BigInteger),
    Column("banned_at", Moment),
    Column("banned_by", Text),
    Column("note", Text),
    Column("owner_until", Moment),
    UniqueConstraint("channel", "external_id"),
    Index(
        "ix_customers_banned_at",
        "banned_at",
        sqlite_where=text("banned_at IS NOT NULL"),
        postgresql_where=text("banned_at IS NOT NULL"),
    ),
    Index(
        "ix_customers_owner_until",
        "owner_until",
        sqlite_where=text("owner_until IS NOT NULL"),
        postgresql_where=text("owner_until IS NOT NULL"),
    ),
)

URGENCY: Final = (
    "CASE priority WHEN 'low' THEN 0 WHEN 'medium' THEN -1 WHEN 'high' THEN -2 WHEN 'critical' THEN -3 ELSE 0 END"
)
IDLE: Final = "CASE WHEN waiting_since IS NOT NULL AND snoozed_at IS NULL THEN 0 ELSE 1 END"
SINCE: Final = "coalesce(waiting_since, opened_at)"
"""The order of the inbox. An index holds it, which is only found by who asks in these very words."""

tickets = Table(
    "tickets",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("customer_id", BigId, ForeignKey("customers.id"), nullable=False),
    Column("status", String(8), nullable=False),
    Column("reason", String(80), nullable=False),
    Column("scenario", String(80)),
    Column("answer", String(80)),
    Column("confidence", Float),
    Column("reasoning", Text),
    Column("priority", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Column("operator_id", BigInteger),
    Column("operator_name", Text),
    Column("opened_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("closed_at", Moment),
    Column("reminded_at", Moment),
    Column("chat_id", BigInteger),
    Column("topic_id", BigInteger),
    Column("card_id", BigInteger),
    Column("waiting_since", Moment),
    Column("answered_at", Moment),
    Column("replied_at", Moment),
    Column("followed_up_at", Moment),
    Column("snoozed_at", Moment),
    Column("snoozed_until", Moment),
    Column("face", String(8)),
    Column("ending", String(8)),
    Column("awaited_since", Moment),
    Column("warned_at", Moment),
    Column("reminders", SmallInteger, nullable=False, server_default=text("0")),
    Column("due_at", Moment),
    Column("group_id", BigInteger),
    Column("thread_id", BigInteger),
    Column("menu", String(24)),
    Column("topic_icon", String(8)),
    Column("question_looks", Text),
    Column("grounds", Text),
    CheckConstraint("status IN ('open', 'taken', 'closed')", name="status"),
    Index(
        "uq_tickets_one_open",
        "customer_id",
        unique=True,
        sqlite_where=text("status <> 'closed'"),
        postgresql_where=text("status <> 'closed'"),
    ),
    Index("ix_tickets_place", "chat_id", "topic_id"),
    Index(
        "ix_tickets_inbox",
        text(f"({URGENCY})"),
        text(f"({IDLE})"),
        text(f"({SINCE})"),
        "id",
        "priority",
        "waiting_since",
        "snoozed_at",
        "opened_at",
        "operator_id",
        "status",
        sqlite_where=text("status <> 'closed'"),
        postgresql_where=text("status <> 'closed'"),
    ),
    Index(
        "ix_tickets_waiting",
        "waiting_since",
        sqlite_where=text("status <> 'closed' AND waiting_since IS NOT NULL"),
        postgresql_where=text("status <> 'closed' AND waiting_since IS NOT NULL"),
    ),
    Index(
        "ix_tickets_due",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index("ix_tickets_customer_id", "customer_id"),
    Index(
        "ix_tickets_icon_left",
        "id",
        sqlite_where=text("status = 'closed' AND topic_icon <> 'closed'"),
        postgresql_where=text("status = 'closed' AND topic_icon <> 'closed'"),
    ),
)

messages = Table(
    "messages",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("public_id", Uuid, nullable=False, unique=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("customer_id", BigId, ForeignKey("customers.id"), nullable=False),
    Column("ticket_id", BigId, ForeignKey("tickets.id")),
    Column("author", String(8), nullable=False),
    Column("author_name", Text),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("scenario", String(80)),
    Column("question_id", BigId, ForeignKey("messages.id")),
    Column("feedback", String(8)),
    Column("telegram_id", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("entities", Text),
    Column("forwarded_from", Text),
    Column("album", String(64)),
    Column("media", Text),
    Column("answer", String(80)),
    Column("quoted", Text),
    Column("signed", Text),
    Column("told", Text),
    Column("reply_to_id", BigInteger),  # of a message that may be gone: nothing hangs on it
    Column("reaction", String(16)),
    Column("topic_id", BigInteger),
    Column("gone_at", Moment),
    CheckConstraint("author IN ('customer', 'bot', 'operator')", name="author"),
    Index("ix_messages_conversation", "customer_id", "id"),
    Index("ix_messages_lately", "customer_id", "created_at"),
    Index("ix_messages_telegram", "customer_id", "telegram_id"),
    Index("ix_messages_ticket_id", "ticket_id"),
    Index("ix_messages_question_id", "question_id"),
    Index(
        "ix_messages_answers",
        "scenario",
        "answer",
        "id",
        sqlite_where=text("kind = 'answer'"),
        postgresql_where=text("kind = 'answer'"),
    ),
)

attachments = Table(
    "attachments",
    metadata,
    Column("message_id", BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("file_id", Text, nullable=False),
    Column("thumb_id", Text),
    Column("name", Text),
    Column("mime", Text),
    Column("size", BigInteger),
    Column("seconds", Integer),
)

uploads = Table(
    "uploads",
    metadata,
    Column("message_id", BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_uploads_created_at", "created_at"),
)

offers = Table(
    "offers",
    metadata,
    Column("message_id", BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("choices", Text, nullable=False),
)

site_visitors = Table(
    "site_visitors",
    metadata,
    Column("customer_id", BigId, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("page_url", Text, nullable=False),
    Column("page_title", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

earlier_wordings = Table(
    "earlier_wordings",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("message_id", BigId, ForeignKey("messages.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("entities", Text),
    Column("media", Text),
    Column("changed_at", Moment, nullable=False),
    Index("ix_earlier_wordings_message_id", "message_id"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("message_id", BigId, ForeignKey("messages.id"), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("reasoning", Text, nullable=False),
    Column("engine", String(16), nullable=False),
    Column("version", String(200), nullable=False),
    Column("latency_ms", Float, nullable=False),
    Column("cost_usd", Float, nullable=False),
    Column("tokens_in", Integer, nullable=False, server_default="0"),
    Column("tokens_out", Integer, nullable=False, server_default="0"),
    Column("answer", String(80)),
    Column("grounds", Text),
    Column("answer_confidence", Float),
    Column("created_at", Moment, nullable=False),
    Index("ix_verdicts_message_id", "message_id"),
    Index("ix_verdicts_created_at", "created_at"),
)

spendings = Table(
    "spendings",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("cost_usd", Float, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("purpose IN ('phrasings')", name="purpose"),
    Index("ix_spendings_created_at", "created_at"),
)
"""What a model has cost beside its verdicts, which carry their own cost."""

search = Table(
    "search",
    metadata,
    Column("message_id", BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("stems", Text, nullable=False),
)
"""What messages are found by. The index over it, `search_index`, is each database's own: the migration makes it."""

receipts = Table(
    "receipts",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("customer_id", BigId, ForeignKey("customers.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_receipts_customer_id", "customer_id"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("ticket_id", BigId, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("customer_id", BigId, ForeignKey("customers.id"), nullable=False),
    Column("operator_id", BigInteger),
    Column("operator_name", Text),
    Column("scenario", String(80)),
    Column("answer", String(80)),
    Column("asked_at", Moment, nullable=False),
    Column("score", SmallInteger),
    Column("rated_at", Moment),
    Column("comment_until", Moment),
    Column("comment_id", BigId, ForeignKey("messages.id")),
    CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    Index("ix_ratings_customer_id", "customer_id", "asked_at"),
    Index("ix_ratings_rated_at", "rated_at"),
    Index("ix_ratings_comment_id", "comment_id"),
)
"""How satisfied customers were, by ticket. Operator, scenario and answer are the ticket's as it was closed."""

labels = Table(
    "labels",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("ticket_id", BigId, ForeignKey("tickets.id"), info=GOES_WITH_IT),
    Column("message_id", BigId, ForeignKey("messages.id"), info=GOES_WITH_IT),
    Column("source", String(8), nullable=False),
    Column("scenario", String(80)),
    Column("answer", String(80)),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("operator_id", BigInteger),
    Column("operator_name", Text),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
    Column("retired_by", Text),
    Column("confirmed_by", Text),
    CheckConstraint("ticket_id IS NOT NULL OR message_id IS NOT NULL", name="belongs"),
    Index("ix_labels_ticket_id", "ticket_id"),
    Index("ix_labels_message_id", "message_id"),
)
"""What operators and customers say that words are about: learning reads it. The words stand masked.

Each belongs to a line or a ticket, and so to a customer, and goes with it. No operator: the customer said it.
"""

question_groups = Table(
    "question_groups",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("state", String(8), nullable=False),
    Column("scenario", String(80)),
    Column("answer", String(80)),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("undo", Text),
    Column("space", String(80), nullable=False),
    Column("centre", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("typical_id", BigInteger),  # of a question that may be gone: nothing hangs on it
    Column("offered", SmallInteger, nullable=False, server_default=text("0")),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("state IN ('open', 'answered', 'placed', 'foreign', 'hidden')", name="state"),
)
"""What is asked and not answered, by meaning. It holds no words: these stand in its questions, which go with their
tickets. `undo`: what a decision has changed in the pack, as JSON; `offered`: how often asked in vain."""

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("ticket_id", BigId, ForeignKey("tickets.id"), nullable=False),
    Column("message_id", BigId, ForeignKey("messages.id"), info=GOES_WITH_IT),
    Column("first_id", BigInteger),  # of a line that may be gone: nothing hangs on it
    Column("group_id", BigId, ForeignKey("question_groups.id")),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False, server_default=text("''")),
    Column("space", String(80), nullable=False, server_default=text("''")),
    Column("vector", LargeBinary),
    Column("asked_at", Moment, nullable=False),
    Index("ix_unanswered_ticket_id", "ticket_id"),
    Index("ix_unanswered_group_id", "group_id"),
    Index("ix_unanswered_message_id", "message_id"),
)
"""Questions that the bot could not answer, masked: what a ticket was opened for, and what was asked in an open one.

Without a group it waits for one, and holds no words yet. `first_id`: of a question in an open ticket, its first line;
what a ticket was opened for has none, and its words stand in the ticket."""

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("ticket_id", BigId, ForeignKey("tickets.id"), nullable=False),
    Column("message_id", BigId, ForeignKey("messages.id"), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("answer", String(80)),
    Column("edited_by", BigInteger),
    Column("decision", String(8)),
    Column("created_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Index("ix_suggestions_ticket_id", "ticket_id"),
    Index("ix_suggestions_message_id", "message_id"),
    Index("ix_suggestions_scenario", "scenario", "answer", "decided_at"),
)
"""Answers that the bot has proposed to people, and what they have done with them."""

answer_trust = Table(
    "answer_trust",
    metadata,
    Column("place", String(168), primary_key=True),
    Column("since", Moment),
    Column("asked_of", Integer),
)
"""Since when each answer has its mode, and with how many decisions the bot has asked for more trust."""

learnings = Table(
    "learnings",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("state", String(8), nullable=False),
    Column("upto", BigInteger, nullable=False),
    Column("held", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Moment),
)
"""Versions of what was learned: the labels up to one, without those held back. They hold numbers and no words."""

lessons = Table(
    "lessons",
    metadata,
    Column("ticket_id", BigId, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("message_id", BigId, ForeignKey("messages.id"), info=GOES_WITH_IT),
    Column("state", String(8), nullable=False),
    Column("chat_id", BigInteger),
    Column("telegram_id", BigInteger),
    Column("offered_at", Moment, nullable=False),
    Column("undo", Text),
    CheckConstraint("state IN ('offered', 'taught', 'declined', 'ignored', 'passed')", name="state"),
    Index("ix_lessons_message_id", "message_id"),
)
"""First replies to what the bot could not answer: whether they were offered to be learned, and what came of it."""

placements = Table(
    "placements",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("telegram_id", BigInteger, primary_key=True),
    Column("ticket_id", BigId, ForeignKey("tickets.id"), nullable=False),
    Column("message_id", BigId, ForeignKey("messages.id")),
    Column("inside", Boolean, nullable=False, server_default=false()),
    Column("notice", Boolean, nullable=False, server_default=false()),
    Index("ix_placements_message_id", "message_id"),
    Index("ix_placements_ticket_id", "ticket_id"),
)

scenarios = Table(
    "scenarios",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("titles", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("priority", String(8), nullable=False),
    Column("action", String(24), nullable=False),
    Column("mode", String(8), nullable=False, server_default=text("'auto'")),
)

answers = Table(
    "answers",
    metadata,
    Column("scenario", String(80), ForeignKey("scenarios.key", ondelete="CASCADE"), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("titles", Text, nullable=False),
    Column("priority", String(8)),
    Column("action", String(24)),
    Column("mode", String(8), nullable=False, server_default=text("'auto'")),
)
"""The answers of a scenario that has several."""

phrases = Table(
    "phrases",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("scenario", String(80), ForeignKey("scenarios.key", ondelete="CASCADE")),
    Column("answer", String(80)),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_phrases_scenario", "scenario"),
)

templates = Table(
    "templates",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("scenario", String(80), ForeignKey("scenarios.key", ondelete="CASCADE"), nullable=False),
    Column("answer", String(80)),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
    Index("ix_templates_scenario", "scenario", "language"),
)

scenario_versions = Table(
    "scenario_versions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("scenario", String(80), nullable=False),
    Column("content", Text),
    Column("mark", String(16), nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_scenario_versions_scenario", "scenario", "id"),
)
"""Each scenario as a whole after each change, as JSON; without content: it was removed."""

operators = Table(
    "operators",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("alias", Text),
    Column("acted_at", Moment, nullable=False),
)
"""Everybody who has ever acted as one; whether they are still in a group is noted beside."""

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
)
"""Answers that operators send from the card, and the bot by itself never."""

fact_definitions = Table(
    "fact_definitions",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("type", String(8), nullable=False),
    Column("questions", Text, nullable=False),
    Column("examples", Text, nullable=False),
)
"""What the pack asks of the business; the answers are in `facts`, and outlive a pack that does not ask."""

facts = Table(
    "facts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(80), nullable=False),
    Column("language", String(8), nullable=False),
    Column("value", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
    Index("ix_facts_key", "key", "language"),
)

setup_pairs = Table(
    "setup_pairs",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("state", String(8), nullable=False),
    Column("questions", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("place", Text, nullable=False),
    Column("likely", Text, nullable=False),
    Column("scenario", String(80)),
    Column("target", String(80)),
    Column("own_text", Boolean, nullable=False),
    Column("phrasings", Text, nullable=False),
)
"""Questions and answers of the owner's file, while the set-up decides about each; gone when it is over."""

key_values = Table(
    "notebook",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("text", Text, nullable=False),
)

group_calls = Table(
    "group_calls",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("called_at", Moment, nullable=False),
    Index("ix_group_calls_window", "chat_id", "called_at"),
)
"""Calls to a group in the last minute: its limit is shared by replicas and outlives a restart."""

leadership = Table(
    "leadership",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("term", BigInteger, nullable=False),
    Column("holder", String(80), nullable=False),
    Column("beat_at", Moment, nullable=False),
)
"""Who polls, since when, and when that process last showed that it lives."""

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("operator_id", BigInteger),
    Column("operator_name", Text, nullable=False),
    Column("place", String(8), nullable=False),
    Column("deed", String(24), nullable=False),
    Column("ticket_id", BigId, ForeignKey("tickets.id")),
    Column("customer_id", BigId, ForeignKey("customers.id")),
    Column("detail", Text),
    Column("before", Text),
    Index("ix_audit_ticket_id", "ticket_id"),
    Index("ix_audit_customer_id", "customer_id"),
)
"""Who of the team did what. `before`: how a ticket stood, for who takes it back at once. No words of customers."""

web_links = Table(
    "web_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("operator_id", BigInteger, nullable=False),
    Column("operator_name", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_web_links_expires_at", "expires_at"),
)
"""Links into the dashboard that were sent and not used yet; what stands in a link is kept as a hash."""

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("operator_id", BigInteger, nullable=False),
    Column("operator_name", Text, nullable=False),
    Column("entrance", String(16), nullable=False),
    Column("device", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_web_sessions_operator_id", "operator_id"),
    Index("ix_web_sessions_expires_at", "expires_at"),
)
"""Who is signed in to the dashboard, and where; the cookie is kept as a hash."""

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=True),
    Column("revoked_at", Moment, nullable=True),
)
"""Programs that may call the desk; each token is kept as a hash. A revoked one stays: its number is not given again."""

admins = Table(
    "admins",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
)
"""Admins of the bot beside those that the settings name, by their Telegram ids."""

admin_codes = Table(
    "admin_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("first", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=True),
    Column("made_by", Text, nullable=False),
)
"""Codes by which somebody becomes an admin, each once; of a code its hash is kept."""

business_connections = Table(
    "business_connections",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("owner_name", Text, nullable=False),
    Column("username", Text),
    Column("rights", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("ix_business_connections_owner_id", "owner_id"),
)
"""Telegram accounts that the bot is connected to, by Telegram's name of the connection: connecting anew makes another.

`rights`: what the bot may do there, in Telegram's words with a space between.
"""

direct_chats = Table(
    "direct_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger),
    Column("title", Text, nullable=False),
    Column("served", Boolean, nullable=False),
    Column("may_manage", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("ix_direct_chats_channel_id", "channel_id"),
)
"""Direct messages of channels. `served`: somebody of the team is among the channel's administrators.

`may_manage`: the bot has the right for direct messages there.
"""
