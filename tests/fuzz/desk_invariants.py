"""What must hold of the desk whatever people have done: nothing lost, nobody reads what is not theirs, one of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from services.messages.callbacks import decode
from storage.records import Customer, Message, Ticket
from storage.units import Unit
from tests.fuzz.desk_crowd import CARD, OPERATORS, TOKEN, Crowd
from tests.lines.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is stored in the end."""

    customers: Sequence[Customer]
    lines: Sequence[Message]
    tickets: Sequence[Ticket]

    def who(self, line: Message) -> int:
        return next(int(one.external_id) for one in self.customers if one.id == line.customer_id)


def kept(unit: Unit) -> Kept:
    customers: list[Customer] = []
    while (customer := unit.customers.get(len(customers) + 1)) is not None:
        customers.append(customer)
    tickets: list[Ticket] = []
    while (ticket := unit.tickets.get(len(tickets) + 1)) is not None:
        tickets.append(ticket)
    lines = [line for one in customers for line in unit.messages.history(one.id, most=1000)]
    return Kept(customers=customers, lines=lines, tickets=tickets)


def all_hold(crowd: Crowd, found: Kept) -> None:
    assert len(found.customers) == len(crowd.customers)
    nothing_is_lost(crowd, found)
    pictures_reach_people(crowd, found)
    nothing_reaches_the_wrong_person(crowd, found)
    one_owner_and_one_card(crowd.world, found)
    order_is_kept(crowd, found)


def nothing_is_lost(crowd: Crowd, found: Kept) -> None:
    """Every line is stored once, under who wrote it; what has a ticket stands before people."""
    stored = Counter(token for line in found.lines if line.author == "customer" for token in TOKEN.findall(line.text))
    assert stored.keys() == crowd.written.keys()
    twice = {token for token, count in stored.items() if count > 1} - crowd.edited  # an edit may be a line of its own
    assert not twice, f"stored twice: {twice}"
    groups = "\n".join(text for chat, text in crowd.world.screen.everything if chat < 0)
    for line in found.lines:
        for token in TOKEN.findall(line.text) if line.author == "customer" else ():
            assert found.who(line) == crowd.written[token]
            if line.ticket_id is not None:
                assert token in groups, f"people never saw {line.text}"


def pictures_reach_people(crowd: Crowd, found: Kept) -> None:
    """What is more than words, and has a ticket, stands in the group as well."""
    copied = {number for target, number, _ in crowd.world.screen.copies if target.chat_id < 0}
    for line in found.lines:
        place = found.who(line), line.telegram_id or 0
        if line.author == "customer" and place in crowd.pictures and line.ticket_id is not None:
            assert place[1] in copied, f"people never saw picture {place}"


def nothing_reaches_the_wrong_person(crowd: Crowd, found: Kept) -> None:
    """A customer reads what was written to them, where it stands once, and no note."""
    meant = {
        token: found.who(line)
        for line in found.lines
        if line.author == "operator"
        for token in TOKEN.findall(line.text)
    }
    everything = {
        (token, chat) for chat, text in crowd.world.screen.everything if chat > 0 for token in TOKEN.findall(text)
    }
    assert not any(token.startswith("э") for token, _ in everything), "a note was read by a customer"
    theirs = {one for one in everything if one[0].startswith("ц") and one[0] not in crowd.deleted}
    assert theirs <= set(meant.items()), f"not meant: {theirs - set(meant.items())}"
    missed = {token for token in meant if token.startswith("ц")} - {token for token, _ in everything} - crowd.deleted
    assert not missed, f"never arrived: {missed}"
    standing = Counter(
        token for one in crowd.world.screen.shown.values() if one.chat_id > 0 for token in TOKEN.findall(one.words.text)
    )
    twice = [token for token, count in standing.items() if count > 1]
    assert not twice, f"read twice: {twice}"


def one_owner_and_one_card(world: World, found: Kept) -> None:
    open_of = Counter(ticket.customer_id for ticket in found.tickets if ticket.status != "closed")
    assert set(open_of.values()) <= {1}
    standing = Counter(
        int(card[1])
        for one in world.screen.shown.values()
        if one.chat_id < 0 and any(_is_of_card(button.press) for row in one.words.buttons for button in row)
        if (card := CARD.match(one.words.text)) is not None
    )
    for ticket in found.tickets:
        assert (ticket.status == "taken") <= (ticket.operator_id in OPERATORS), ticket
        assert (ticket.status == "open") <= (ticket.operator_id is None), ticket
        assert standing[ticket.id] <= 1, f"two cards of {ticket.id}"
        if ticket.status != "closed":
            assert standing[ticket.id] == 1, f"no card of {ticket.id}"


def _is_of_card(data: str) -> bool:
    return decode(data) is not None and data.startswith("t:")


def order_is_kept(crowd: Crowd, found: Kept) -> None:
    """Customers read operators' lines in the order in which they were written."""
    written: dict[int, list[str]] = defaultdict(list)
    for line in sorted(found.lines, key=lambda one: one.id):
        if line.author == "operator" and line.id not in crowd.sent_later:
            written[found.who(line)] += [token for token in TOKEN.findall(line.text) if token.startswith("ц")]
    read: dict[int, list[str]] = defaultdict(list)
    for chat, text in crowd.world.screen.everything:
        if chat > 0:
            read[chat] += [token for token in TOKEN.findall(text) if token.startswith("ц") and token not in read[chat]]
    for who, tokens in read.items():
        known = [token for token in tokens if token in written[who] and token not in crowd.deleted]
        assert known == [token for token in written[who] if token in known], (
            f"out of order for {who}: {known}",
            [(one.id, one.kind, one.key, one.text) for one in found.lines if set(TOKEN.findall(one.text)) & set(known)],
        )
