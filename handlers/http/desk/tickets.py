"""What there is to see: pages of tickets, one ticket with its customer, a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handlers.http.desk import line_serializers, serializers
from handlers.http.desk.entering import HERE
from handlers.http.desk.line_responses import Lines
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import InboxQuery, LinesQuery
from handlers.http.desk.responses import Choices, Counts, Ready, ReadyList, Subject, TicketPage
from handlers.http.problems import Problem
from services.classify.sentences import told_of
from services.dashboard.conversations import Conversations
from services.dashboard.inbox import Inbox, NoSuchPlace
from services.dashboard.places import places
from services.dashboard.ready import ReadyTexts
from services.desk.reasons import reason_words
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team


class Tickets:
    """Reads; nothing here changes anything."""

    def __init__(
        self, *, inbox: Inbox, conversations: Conversations, ready: ReadyTexts, knowledge: Knowledge, team: Team
    ) -> None:
        self._inbox = inbox
        self._conversations = conversations
        self._ready = ready
        self._knowledge = knowledge
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/tickets",
            summary="A page of tickets, the most urgent and longest waiting first; closed ones the newest first",
            does=self.page,
            query=InboxQuery,
            answer=TicketPage,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/tickets/{{ticket}}",
            summary="One ticket with its customer",
            does=self.subject,
            answer=Subject,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/tickets/{{ticket}}/answers",
            summary="Answers that are ready, as the customer of a ticket would read them; what it is about first",
            does=self.ready,
            answer=ReadyList,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/customers/{{customer}}/lines",
            summary="What was said, over all tickets of a customer",
            does=self.lines,
            query=LinesQuery,
            answer=Lines,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/choices",
            summary="What filters and menus offer, in the language of Accept-Language",
            does=self.choices,
            answer=Choices,
        )

    async def page(self, ask: Ask) -> TicketPage:
        query: InboxQuery = ask.query
        mine = ask.visitor.operator.id
        try:
            found = await self._inbox.page(
                query.view, mine=mine, filters=query.filters, after=query.after, most=query.limit
            )
        except NoSuchPlace:
            raise Problem(422, "after: use what `next` of the page before says") from None
        return TicketPage(
            tickets=[serializers.ticket(line) for line in found.tickets],
            next=found.next,
            counts=Counts.model_validate(found.counts),
            now=found.now,
        )

    async def subject(self, ask: Ask) -> Subject:
        found = await self._conversations.subject(ask.number("ticket"))
        if found is None:
            raise Problem(404, "there is no such ticket")
        why = reason_words(found.ticket, self._language(ask), self._knowledge.titles)
        return serializers.subject(found, why or None)

    async def ready(self, ask: Ask) -> ReadyList:
        found = await self._ready.of(ask.number("ticket"))
        if found is None:
            raise Problem(404, "there is no such ticket")
        return ReadyList(answers=[Ready.model_validate(one) for one in found])

    async def lines(self, ask: Ask) -> Lines:
        query: LinesQuery = ask.query
        found = await self._conversations.lines(ask.number("customer"), before=query.before, most=query.limit)
        if found is None:
            raise Problem(404, "there is no such customer")
        retell = partial(told_of, language=self._language(ask), titles=self._knowledge.titles)
        return line_serializers.lines(found, reader=ask.visitor.operator.id, retell=retell)

    async def choices(self, ask: Ask) -> Choices:
        language = self._language(ask)
        return serializers.choices(await self._inbox.choices(), places(self._team, language), language)

    def _language(self, ask: Ask) -> str:
        return ask.language or self._team.language
