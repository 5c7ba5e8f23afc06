"""Looking for tickets, customers and lines."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.http.desk import serializers
from handlers.http.desk.customers import client
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import SearchQuery
from handlers.http.desk.search_responses import Hit, Piece, SearchPage
from services.dashboard import searches
from services.dashboard.searches import Searches


class Search:
    """Reads."""

    def __init__(self, *, searches: Searches) -> None:
        self._searches = searches

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/search",
            summary="Lines that have all these words, in any form; on the first page customers and a ticket too",
            does=self.find,
            query=SearchQuery,
            answer=SearchPage,
        )

    async def find(self, ask: Ask) -> SearchPage:
        query: SearchQuery = ask.query
        found = await self._searches.find(query.words, filters=query.filters, page=query.page)
        return SearchPage(
            tickets=[serializers.ticket(one) for one in found.tickets],
            customers=[client(one) for one in found.clients],
            hits=[_hit(one) for one in found.hits],
            more=found.more,
            now=found.now,
        )


def _hit(one: searches.Hit) -> Hit:
    return Hit(
        line_id=one.line_id,
        ticket_id=one.ticket_id,
        customer_id=one.customer_id,
        customer=one.customer,
        author=one.author,
        author_name=one.author_name,
        created_at=one.created_at,
        pieces=[Piece(text=text, hit=hit) for text, hit in one.pieces],
    )
