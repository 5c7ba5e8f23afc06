"""A unit of work: what one use case reads or writes, in one transaction. Leaving it commits; an error undoes it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from storage.admins import Admins
from storage.answers_of_unit import AnswersOfUnit
from storage.api_tokens import ApiTokens
from storage.attachments import Attachments
from storage.audit import AuditLog
from storage.business import BusinessConnections
from storage.canned import CannedReplies
from storage.conversations import Conversations
from storage.customers import Customers
from storage.database_info import DatabaseInfo
from storage.direct import DirectChats
from storage.group_calls import GroupCalls
from storage.key_values import KeyValues
from storage.leadership import Terms
from storage.lines import Lines
from storage.messages import Messages
from storage.news import News
from storage.notifications import LINES, Stir
from storage.offers import Offers
from storage.operators import Operators
from storage.outbox import Outbox
from storage.personal_data import PersonalData
from storage.placements import Placements
from storage.question_groups import QuestionGroups
from storage.question_pages import QuestionPages
from storage.queue_probe import QueueProbe
from storage.queue_statements import QueueName
from storage.queue_time import QueueMoment
from storage.queues import Queue
from storage.ratings import Ratings
from storage.receipts import Receipts
from storage.retention import Retention
from storage.search import Search
from storage.site_visitors import SiteVisitors
from storage.spans import Spans
from storage.spendings import Spendings
from storage.statistics import Statistics
from storage.tallies import Tallies
from storage.ticket_groups import TicketGroups
from storage.ticket_lists import TicketLists
from storage.ticket_pages import TicketPages
from storage.tickets import Tickets
from storage.timers import Timers
from storage.unanswered import Unanswered
from storage.uploads import Uploads
from storage.verdicts import Verdicts
from storage.web_sessions import WebSessions


class Unit(AnswersOfUnit):
    """What the tables hold, by noun. It lives for one call of `Store.read` or `Store.write`."""

    def __init__(
        self, connection: Connection, now: datetime, moment: QueueMoment, since: datetime | None = None
    ) -> None:
        """`now`: people's time; `moment`: the time of queues; `since`: when what this unit is opened for came in."""
        super().__init__(connection, now)
        self._moment = moment
        self._since = since

    @cached_property
    def inbox(self) -> Queue:
        return Queue(self._connection, "inbox", self.now, self._moment, self._since)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._connection, self.now, self._moment, self._since)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self._connection, self.now)

    @cached_property
    def messages(self) -> Messages:
        return Messages(self._connection, self.now)

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self._connection)

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads(self._connection, self.now)

    @cached_property
    def offers(self) -> Offers:
        return Offers(self._connection)

    @cached_property
    def site_visitors(self) -> SiteVisitors:
        return SiteVisitors(self._connection, self.now)

    @cached_property
    def business(self) -> BusinessConnections:
        return BusinessConnections(self._connection, self.now)

    @cached_property
    def direct(self) -> DirectChats:
        return DirectChats(self._connection)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self._connection)

    @cached_property
    def search(self) -> Search:
        return Search(self._connection)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self._connection, self.now)

    @cached_property
    def tickets(self) -> Tickets:
        return Tickets(self._connection, self.now)

    @cached_property
    def ticket_groups(self) -> TicketGroups:
        return TicketGroups(self._connection)

    @cached_property
    def ticket_lists(self) -> TicketLists:
        return TicketLists(self._connection)

    @cached_property
    def group_calls(self) -> GroupCalls:
        return GroupCalls(self._connection, self.now)

    @cached_property
    def timers(self) -> Timers:
        return Timers(self._connection, self.now)

    @cached_property
    def placements(self) -> Placements:
        return Placements(self._connection)

    @cached_property
    def verdicts(self) -> Verdicts:
        return Verdicts(self._connection, self.now)

    @cached_property
    def spendings(self) -> Spendings:
        return Spendings(self._connection, self.now)

    @cached_property
    def statistics(self) -> Statistics:
        return Statistics(self._connection)

    @cached_property
    def canned(self) -> CannedReplies:
        return CannedReplies(self._connection, self.now)

    @cached_property
    def ratings(self) -> Ratings:
        return Ratings(self._connection, self.now)

    @cached_property
    def operators(self) -> Operators:
        return Operators(self._connection, self.now)

    @cached_property
    def question_groups(self) -> QuestionGroups:
        return QuestionGroups(self._connection, self.now)

    @cached_property
    def question_pages(self) -> QuestionPages:
        return QuestionPages(self._connection)

    @cached_property
    def unanswered(self) -> Unanswered:
        return Unanswered(self._connection, self.now)

    @cached_property
    def spans(self) -> Spans:
        return Spans(self._connection)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self._connection, self.now)

    @cached_property
    def personal_data(self) -> PersonalData:
        return PersonalData(self._connection)

    @cached_property
    def queue_probe(self) -> QueueProbe:
        return QueueProbe(self._connection)

    @cached_property
    def retention(self) -> Retention:
        return Retention(self._connection)

    @cached_property
    def terms(self) -> Terms:
        return Terms(self._connection)

    @cached_property
    def tallies(self) -> Tallies:
        return Tallies(self._connection)

    @cached_property
    def ticket_pages(self) -> TicketPages:
        return TicketPages(self._connection)

    @cached_property
    def news(self) -> News:
        return News(self._connection)

    @cached_property
    def web_sessions(self) -> WebSessions:
        return WebSessions(self._connection, self.now)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        return ApiTokens(self._connection, self.now)

    @cached_property
    def admins(self) -> Admins:
        return Admins(self._connection, self.now)

    @cached_property
    def audit(self) -> AuditLog:
        return AuditLog(self._connection, self.now)

    @cached_property
    def database_info(self) -> DatabaseInfo:
        return DatabaseInfo(self._connection)

    @cached_property
    def key_values(self) -> KeyValues:
        return KeyValues(self._connection)

    def queue(self, name: QueueName) -> Queue:
        """Return the inbox or the outbox, for work that is the same on both."""
        return self.inbox if name == "inbox" else self.outbox

    def queues(self) -> list[Queue]:
        """The queues this unit has touched, in the order their lanes are locked."""
        return [self.__dict__[name] for name in ("inbox", "outbox") if name in self.__dict__]

    def flush(self) -> list[Stir]:
        """Write what the queues hold back, and return what has changed in them, and in conversations."""
        stirs = [queue.flush() for queue in self.queues()]
        told = any(stir.queue == "outbox" and stir.pools for stir in stirs)  # who looks on hears that bell too
        added = "messages" in self.__dict__ and self.messages.added
        return [*stirs, LINES] if added and not told else stirs
