"""What waits in one lane: lines that travel together, corrections, and what overtakes them."""

from __future__ import annotations

from services.delivery.batches import joined
from services.messages.addresses import on_telegram
from services.messages.effects import Copy, PrivateChat, Say, ShowCard, StripButtons, TicketPlace, Words
from services.queues.outbox import CARD, LINE, PRESSED, Outgoing
from services.queues.overtaking import Overtaking
from storage.queues import ANY_RANK
from storage.records import Task
from storage.store import Store
from storage.units import Unit

TICKET = TicketPlace(ticket_id=7)
BOLD = {"type": "bold", "offset": 0, "length": 3}


def line(text: str, number: int, *, head: str = "👤 Анна", edition: str | None = None) -> Say:
    words = Words(text=text, html=False, entities=(BOLD,))
    return Say(to=TICKET, words=words, message_id=number, head=head, edition=edition)


def correction(text: str, number: int, edition: str) -> Say:
    return line(text, number, head="✏️ Анна:", edition=edition)


def test_lines_and_corrections_travel_together_each_under_its_head() -> None:
    words = joined([line("раз", 1), line("два", 2), correction("три", 1, "tg:3"), line("кто", 4)])
    assert words.text == "👤 Анна\nраз\nдва\n✏️ Анна:\nтри\n👤 Анна\nкто"
    raw = words.text.encode("utf-16-le")  # Telegram counts its units
    bold = [raw[2 * one["offset"] :][: 2 * one["length"]].decode("utf-16-le") for one in words.entities]
    assert bold == ["👤 Анна", "раз", "два", "✏️ Анна:", "три", "👤 Анна", "кто"]


def test_of_several_corrections_of_one_message_the_last_is_said() -> None:
    said = [correction("12", 1, "tg:2"), correction("другое", 9, "tg:3"), correction("21", 1, "tg:4")]
    assert joined(said).text == "✏️ Анна:\nдругое\n21"


def test_all_pieces_of_the_last_correction_are_said() -> None:
    said = [correction("a", 1, "tg:2"), correction("b", 1, "tg:4"), correction("c", 1, "tg:4")]
    assert joined(said).text == "✏️ Анна:\nb\nc"


async def _head(store: Store) -> Task:
    [head] = await store.write(lambda unit: unit.outbox.claim(pool="group", most=5, busy=(), rank_most=ANY_RANK))
    return await Overtaking(store=store).pick(head)


async def test_a_pressed_card_goes_before_the_lines_that_wait_and_their_lane_goes_on(store: Store) -> None:
    def act(unit: Unit) -> None:
        outgoing = Outgoing(unit, "tg:1")
        outgoing.put(line("раз", 1), rank=LINE)
        outgoing.put(Copy(to=TICKET, origin=on_telegram(5), telegram_id=6, message_id=7), rank=LINE)
        outgoing.put(ShowCard(ticket_id=7), rank=PRESSED)

    await store.write(act)
    card = await _head(store)
    assert card.key == "tg:1/2"
    await store.write(lambda unit: unit.outbox.settle(card))
    head = await _head(store)
    assert (head.key, head.lane_rank) == ("tg:1/0", LINE)


async def test_a_lane_is_left_alone_while_only_more_urgent_ranks_may_go(store: Store) -> None:
    await store.write(lambda unit: Outgoing(unit, "tg:1").put(ShowCard(ticket_id=7), rank=CARD))

    def act_2(unit: Unit) -> None:
        assert unit.outbox.claim(pool="group", most=5, busy=(), rank_most=CARD - 1) == []
        assert len(unit.outbox.claim(pool="group", most=5, busy=(), rank_most=CARD)) == 1

    await store.write(act_2)


async def test_an_answer_goes_before_the_end_of_old_buttons(store: Store) -> None:
    def act(unit: Unit) -> None:
        outgoing = Outgoing(unit, "tg:1")
        outgoing.put(StripButtons(to=PrivateChat(address=on_telegram(5)), message_id=6))
        outgoing.put(Say(to=PrivateChat(address=on_telegram(5)), words=Words(text="ответ"), message_id=8))

    await store.write(act)
    [head] = await store.write(lambda unit: unit.outbox.claim(pool="private", most=5, busy=(), rank_most=ANY_RANK))
    assert (await Overtaking(store=store).pick(head)).key == "tg:1/1"
