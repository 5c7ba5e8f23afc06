"""The list of tickets without a card: what it says, and that it fits."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from services.desk.list_pages import BUTTONS_MOST, Page, Pages, first, fitting, from_text, mark, to_text, words
from services.messages.callbacks import OnTicket, decode
from services.messages.lengths import MESSAGE, units
from services.texts.links import to_message
from storage.ticket_lists import ListedTicket

NOW = datetime(2026, 11, 25, tzinfo=UTC)
GROUP = -1001234567890


def ticket(number: int, **more: Any) -> ListedTicket:
    standing: dict[str, Any] = {
        "id": number,
        "priority": "medium",
        "status": "open",
        "question": "позовите живого человека, мне очень нужна помощь с заказом",
        "first_name": "Анна",
        "last_name": "",
        "external_id": "7",
        "opened_at": NOW,
        "waiting_since": NOW,
        "chat_id": None,
        "topic_id": None,
        "card_id": None,
    }
    return ListedTicket(**standing | more)


def test_a_ticket_is_a_line_with_its_mark_number_name_and_first_words() -> None:
    page = words([ticket(12)], GROUP, "ru")
    assert "Ждут карточки: 1" in page.text
    line = page.text.splitlines()[-1]
    assert line.startswith("🔵 №12 Анна: позовите живого человека, мне")
    assert line.endswith("…")


def test_who_is_critical_and_has_no_card_is_read_and_taken_on_the_list_itself() -> None:
    said = "у меня мошенники украли все деньги с карты, и банк не отвечает, что мне делать, помогите скорее"
    tickets = [ticket(number, priority="critical", question=said) for number in range(1, 11)]
    page = words(tickets, GROUP, "ru")
    assert page.text.count(said) == 10
    pressed = [[decode(button.press) for button in row] for row in page.buttons]
    assert pressed == [[OnTicket(number, "show"), OnTicket(number, "take")] for number in range(1, 11)]
    shown = words([ticket(1, priority="critical", question=said, chat_id=GROUP, card_id=5)], GROUP, "ru")
    assert said not in shown.text
    assert not shown.buttons


def test_a_ticket_with_a_card_is_a_link_to_it_and_the_last_one_ends_the_list() -> None:
    shown = ticket(1, chat_id=GROUP, card_id=55)
    in_topic = ticket(2, chat_id=GROUP, topic_id=50, card_id=56)
    waiting = words([shown, ticket(3)], GROUP, "en")
    assert '<a href="https://t.me/c/1234567890/55">#1</a>' in waiting.text
    assert "Waiting for their cards: 1" in waiting.text
    over = words([shown, in_topic, ticket(3, status="closed")], GROUP, "en")
    assert '<a href="https://t.me/c/1234567890/50/56">#2</a>' in over.text
    assert "All cards are shown" in over.text
    assert not over.buttons


def test_a_card_in_the_group_that_has_moved_is_no_card() -> None:
    assert "Ждут карточки: 1" in words([ticket(1, chat_id=-5, card_id=55)], GROUP, "ru").text


def test_an_old_style_group_has_no_links() -> None:
    assert to_message(-4_000_001, 5) is None
    text = words([ticket(1, chat_id=-4_000_001, card_id=55), ticket(2)], -4_000_001, "ru").text
    assert "<a" not in text
    assert "✓" in text


def test_the_most_urgent_come_first_and_have_the_buttons() -> None:
    tickets = [ticket(number) for number in range(1, 20)] + [ticket(20, priority="critical")]
    page = words(tickets, GROUP, "ru")
    pressed = [decode(button.press) for row in page.buttons for button in row]
    others = (OnTicket(number, "show") for number in range(1, BUTTONS_MOST))
    assert pressed == [OnTicket(20, "show"), OnTicket(20, "take"), *others]
    assert "№20" in page.text.splitlines()[1]


def test_a_hundred_tickets_take_two_pages() -> None:
    waiting = [ticket(number) for number in range(1000, 1100)]
    pages = 0
    while waiting:
        fits = fitting((), waiting, "ru")
        waiting = waiting[len(fits) :]
        pages += 1
    assert pages == 2


texts = st.text(min_size=1, max_size=80)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts, st.booleans(), st.booleans()), min_size=1, max_size=120))
def test_a_page_always_fits_whatever_people_are_called_and_write(
    people: list[tuple[str, str, bool, bool]],
) -> None:
    tickets = [
        ticket(
            10**9 + number,
            first_name=name,
            question=said * 3,
            priority="critical" if critical else "medium",
            **({"chat_id": GROUP, "card_id": 10**9} if shown else {}),
        )
        for number, (name, said, shown, critical) in enumerate(people)
    ]
    standing = fitting((), first(tickets), "ru")
    page = words(standing, GROUP, "ru")
    seen = Markup(page.text).striptags()  # noqa: S704  # on the contrary: it loses its markup
    assert standing
    assert units(seen) <= MESSAGE
    assert page.text.count("\n") == len(standing)


def test_pages_come_back_as_they_went() -> None:
    pages = Pages(edition=3, written_at=NOW, pages=(Page(tickets=(1, 2), telegram_id=9, said="x", begun_at=NOW),))
    assert from_text(to_text(pages)) == pages
    assert from_text(None) == Pages()
    json.loads(to_text(pages))


def test_a_page_that_is_over_is_forgotten_and_others_stay() -> None:
    one, two = (Page(tickets=(number,), begun_at=NOW) for number in (1, 2))
    pages = Pages(pages=(one, two))
    assert pages.with_page(0, None, NOW).pages == (two,)
    assert pages.with_page(2, one, NOW).pages == (one, two, one)
    assert pages.with_page(0, None, NOW).edition == 1


def test_a_page_is_known_by_its_words_and_buttons() -> None:
    before, after = words([ticket(1)], GROUP, "ru"), words([ticket(1, chat_id=GROUP, card_id=2)], GROUP, "ru")
    assert mark(before) == mark(words([ticket(1)], GROUP, "ru")) != mark(after)
