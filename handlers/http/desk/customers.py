"""Customers: looked up by whatever somebody has of them, and one of them on a page."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.http.desk import serializers
from handlers.http.desk.customer_requests import ClientQuery
from handlers.http.desk.customer_responses import Client, ClientList, Profile
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.problems import Problem
from services.dashboard import clients
from services.dashboard.clients import Clients


class Customers:
    """Reads them."""

    def __init__(self, *, clients: Clients) -> None:
        self._clients = clients

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/customers",
            summary="Customers by id, @name, #ticket or a part of the name; without words those who are banned",
            does=self.found,
            query=ClientQuery,
            answer=ClientList,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/customers/{{customer}}",
            summary="One customer: who, since when, tickets, satisfaction, note, ban",
            does=self.profile,
            answer=Profile,
        )

    async def found(self, ask: Ask) -> ClientList:
        query: ClientQuery = ask.query
        found = await (self._clients.meant(query.who) if query.who.strip() else self._clients.banned())
        return ClientList(customers=[client(one) for one in found])

    async def profile(self, ask: Ask) -> Profile:
        found = await self._clients.profile(ask.number("customer"))
        if found is None:
            raise Problem(404, "there is no such customer")
        customer, summary = found.customer, found.summary
        return Profile(
            customer=serializers.customer(customer, found.name, tickets=summary.tickets, site=found.site),
            messages=summary.messages,
            last_at=summary.last_at,
            rated=summary.rated,
            average=summary.average,
            banned_at=customer.banned_at,
            banned_by=customer.banned_by,
            tickets=[serializers.past(one) for one in found.tickets],
            now=found.now,
        )


def client(one: clients.Client) -> Client:
    return Client(
        customer=serializers.customer(one.customer, one.name),
        ticket=serializers.past(one.ticket) if one.ticket else None,
    )
