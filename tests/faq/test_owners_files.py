"""Forms that owners' own files have: each small, with what must be found in it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from tests.faq.documents import found, workbook

Pairs = dict[str, str]


def pairs(name: str, text: str | bytes) -> Pairs:
    return {" | ".join(pair.questions): pair.answer for pair in found(name, text).pairs}


def topics(name: str, text: str | bytes) -> dict[str, str]:
    return {pair.questions[0]: pair.topic for pair in found(name, text).pairs}


TABLES: dict[str, tuple[bytes, Pairs]] = {
    "a title above the names": (
        workbook(["Вопросы магазина"], [], [None, "№", "Вопрос", "Ответ"], [None, 1, "Где чек?", "На почте."]),
        {"Где чек?": "На почте."},
    ),
    "names of several words": (
        workbook(["Раздел", "Частый вопрос", "Что отвечаем", "Ответственный"], ["Оплата", "Счёт", "Пришлите.", "Лена"]),
        {"Счёт": "Пришлите."},
    ),
    "a column of people who ask": (
        workbook(["Date", "Customer", "Question", "Answer"], ["1 May", "Ann", "where is it", "On its way."]),
        {"where is it": "On its way."},
    ),
    "ways of asking in columns": (
        workbook(["Question 1", "Question 2", "Answer"], ["Where is it?", "When will it come?", "See the app."]),
        {"Where is it? | When will it come?": "See the app."},
    ),
    "a help desk's articles": (
        workbook(["id", "title", "body", "updated"], [1, "Reset password", "Use the link.", "2026-01-01"]),
        {"Reset password": "Use the link."},
    ),
    "names that every part repeats": (
        workbook(
            ["Delivery"], ["Question", "Answer"], ["Price", "$5"], ["Money"], ["Question", "Answer"], ["Card", "Yes."]
        ),
        {"Price": "$5", "Card": "Yes."},
    ),
    "one column": (
        workbook(["Where is it?"], ["Here."], [], ["Is it open?"], ["Till 6."]),
        {"Where is it?": "Here.", "Is it open?": "Till 6."},
    ),
    "cells of HTML": (
        workbook(["question", "answer"], ["How to install", "<p>Run <b>setup</b>.</p><p>Restart.</p>"]),
        {"How to install": "Run <b>setup</b>.\n\nRestart."},
    ),
    "two languages side by side": (
        workbook(["Вопрос (RU)", "Ответ (RU)", "Question", "Answer"], ["Где?", "Тут.", "Where?", "Here."]),
        {"Где?": "Тут.", "Where?": "Here."},
    ),
}


@pytest.mark.parametrize(("data", "told"), TABLES.values(), ids=TABLES)
def test_a_table_is_read_by_its_names(data: bytes, told: Pairs) -> None:
    assert pairs("a.xlsx", data) == told


def test_a_row_of_one_text_is_the_topic_of_those_below() -> None:
    rows = workbook(["№", "Вопрос", "Ответ"], ["Оплата"], [1, "Чек", "Да."], ["Доставка"], [2, "Срок", "2 дня."])
    assert topics("a.xlsx", rows) == {"Чек": "Оплата", "Срок": "Доставка"}


def test_merged_rows_of_a_word_table_are_topics() -> None:
    from docx import Document

    document: Any = Document()
    table = document.add_table(rows=4, cols=2)
    for row, (left, right) in zip(
        table.rows, [("Вопрос", "Ответ"), ("", ""), ("Чек", "Да."), ("Срок", "2 дня.")], strict=True
    ):
        row.cells[0].text, row.cells[1].text = left, right
    table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "Оплата"
    data = BytesIO()
    document.save(data)
    assert topics("a.docx", data.getvalue()) == {"Чек": "Оплата", "Срок": "Оплата"}


def test_a_table_that_asks_nothing_is_part_of_the_answer() -> None:
    table = "<table><tr><td>Rome</td><td>1 day</td></tr><tr><td>Oslo</td><td>3</td></tr></table>"
    assert pairs("a.html", f"<h3>How long?</h3><p>It depends:</p>{table}") == {
        "How long?": "It depends:\n\nRome — 1 day\nOslo — 3"
    }


CHAT: Pairs = {"Do you ship to Bath?": "Yes, $5.", "Are you open today?": "Till 6.\nCome in!"}
CHATS = {
    "Telegram": """
        Ann, [12.03.2026 10:15]
        Hello! Do you ship to Bath?

        Shop, [12.03.2026 10:16]
        Yes, $5.

        Ann, [12.03.2026 10:17]
        Thank you

        Shop, [12.03.2026 10:18]
        Welcome.

        Bob, [12.03.2026 11:00]
        Are you open today?

        Shop, [12.03.2026 11:02]
        Till 6.

        Shop, [12.03.2026 11:02]
        Come in!
        """,
    "WhatsApp": """
        12/03/2026, 10:15 - Ann: Hello! Do you ship to Bath?
        12/03/2026, 10:16 - Shop: Yes, $5.
        12/03/2026, 11:00 - Bob: Are you open today?
        12/03/2026, 11:02 - Shop: Till 6.
        Come in!
        """,
    "Slack": """
        Ann  10:15 AM
        Hello! Do you ship to Bath?
        Shop  10:16 AM
        Yes, $5.
        Bob  11:00 AM
        Are you open today?
        Shop  11:02 AM
        Till 6.
        Come in!
        """,
    "times in brackets": """
        [10:15] Ann: Hello! Do you ship to Bath?
        [10:16] Shop: Yes, $5.
        [11:00] Bob: Are you open today?
        [11:02] Shop: Till 6.
        [11:02] Shop: Come in!
        """,
}


@pytest.mark.parametrize("text", CHATS.values(), ids=CHATS)
def test_a_chat_gives_what_was_asked_and_answered(text: str) -> None:
    assert pairs("a.txt", text) == CHAT


def test_a_chat_that_telegram_exported_is_read() -> None:
    said = [("Ann", "Do you ship to Bath?"), ("Shop", "Yes, $5."), ("Bob", "Are you open today?"), ("Shop", "Till 6.")]
    page = "".join(
        f'<div class="message default clearfix"><div class="body"><div class="date">10:15</div>'
        f'<div class="from_name">{name}</div><div class="text">{text}</div></div></div>'
        for name, text in said
    )
    page += (
        '<div class="message default clearfix joined"><div class="body"><div class="text">Come in!</div></div></div>'
    )
    assert pairs("messages.html", page) == CHAT


def test_a_chat_without_a_question_in_it_says_what_was_left_out() -> None:
    assert [one.text for one in found("a.txt", CHATS["Telegram"]).unused] == ["Thank you"]


SHIP: Pairs = {"Do you ship?": "Yes.", "Opening hours": "9 to 18.", "Where are you?": "Here."}
FORMS: dict[str, tuple[str, str, Pairs]] = {
    "a table copied from a sheet": (
        "a.txt",
        "Question\tAnswer\nDo you ship?\tYes.\nOpening hours\t9 to 18.\nWhere are you?\tHere.\n",
        SHIP,
    ),
    "customer and operator": (
        "a.txt",
        "Клиент: Хочу вернуть\nОператор: Хорошо.\n\nКлиент: Где заказ?\nОператор: В пути.\n",
        {"Хочу вернуть": "Хорошо.", "Где заказ?": "В пути."},
    ),
    "only answers have a label": (
        "a.txt",
        "1) «а скока стоит»\nОтвет - 300 р\n2) «есть размер 46?»\nОтвет - да, до 52\n",
        {"а скока стоит": "300 р", "есть размер 46?": "да, до 52"},
    ),
    "paragraphs with a first line like a title": (
        "a.txt",
        "Delivery\nTwo days.\n\nReturns\n14 days.\nKeep the receipt.\n",
        {"Delivery": "Two days.", "Returns": "14 days.\nKeep the receipt."},
    ),
    "signs for question and answer": (
        "a.txt",
        "❓ Do you ship?\n✅ Yes.\n\n❓ Opening hours\n✅ 9 to 18.\n\n❓ Where are you?\n✅ Here.\n",
        SHIP,
    ),
    "a dash between them": (
        "a.txt",
        "1. Do you ship? – Yes.\n2. Where are you? – Here.\n",
        {"Do you ship?": "Yes.", "Where are you?": "Here."},
    ),
    "a dialogue": (
        "a.txt",
        "— Do you ship?\n— Yes.\n\n— Where are you?\n— Here.\n",
        {"Do you ship?": "Yes.", "Where are you?": "Here."},
    ),
    "an answer that asks in a line of its own": (
        "a.txt",
        "Which size?\nMeasure.\nNot sure?\nWrite to us.\n\nDo you ship?\nYes.\n",
        {"Which size?": "Measure.\nNot sure?\nWrite to us.", "Do you ship?": "Yes."},
    ),
    "a heading among those that ask": (
        "a.md",
        "# Help\n## Do you ship?\nYes.\n## Opening hours\n9 to 18.\n## Where are you?\nHere.\n",
        SHIP,
    ),
    "a bold line among those that ask": (
        "a.md",
        "**Do you ship?**\n\nYes.\n\n**Opening hours**\n\n9 to 18.\n\n**Where are you?**\n\nHere.\n",
        SHIP,
    ),
    "bold beginnings where nothing asks": (
        "a.html",
        "<h1>Terms</h1><p><b>Return.</b> 14 days.</p><p><b>Warranty:</b> one year.</p>",
        {"Return": "14 days.", "Warranty": "one year."},
    ),
    "a class that asks, and signs to open it": (
        "a.html",
        "".join(f'<div class="c1"><span>{q}</span><b>+</b></div><div class="c2">{a}</div>' for q, a in SHIP.items()),
        SHIP,
    ),
    "an accordion that asks nowhere": (
        "a.html",
        "".join(
            f'<div class="t5__accordion"><div><div class="t5__title">{q}</div><div></div></div>'
            f'<div class="t5__text">{a}</div></div>'
            for q, a in {"Hours": "9 to 18.", "Sizes": "S<br>M", "Care": "<p>Cold.</p><p>No iron.</p>"}.items()
        ),
        {"Hours": "9 to 18.", "Sizes": "S\nM", "Care": "Cold.\n\nNo iron."},
    ),
    "items one of which is open": (
        "a.html",
        "".join(
            f'<li class="faq-item delay-{number}{" open" if number else ""}"><strong class="faq-q">{q}</strong><br>'
            f'<div class="faq-answer">{a}</div></li>'
            for number, (q, a) in enumerate({"Hours": "9 to 18.", "Sizes": "S, M"}.items())
        ),
        {"Hours": "9 to 18.", "Sizes": "S, M"},
    ),
    "an invitation to ask": (
        "a.html",
        "<h3>Do you ship?</h3><p>Yes.</p><h3>Where are you?</h3><p>Here.</p><h3>Need help?</h3><p>Write!</p>",
        {"Do you ship?": "Yes.", "Where are you?": "Here."},
    ),
    "items below topics": (
        "a.html",
        "".join(
            f'<section class="faq-part"><h3>{topic}</h3>'
            f'<div class="faq-item"><p class="q">{topic} one</p><div class="faq-text"><p>1</p><p>2</p></div></div>'
            f'<div class="faq-item"><p class="q">{topic} two</p><div class="faq-text">3</div></div></section>'
            for topic in ("Orders", "Money")
        ),
        {"Orders one": "1\n\n2", "Orders two": "3", "Money one": "1\n\n2", "Money two": "3"},
    ),
    "buttons that say nothing of what they open": (
        "a.html",
        "".join(f'<button class="accordion">{q}</button><div class="panel">{a}</div>' for q, a in SHIP.items())
        + "<button>Buy now</button>",
        SHIP,
    ),
    "a header and a menu that are none": (
        "a.html",
        "<header>Shop</header><nav><a>Home</a></nav>"
        + "".join(f"<section><header>{q}</header><nav><p>{a}</p></nav></section>" for q, a in SHIP.items()),
        SHIP,
    ),
    "links that open": (
        "a.html",
        "".join(f'<h5><a data-toggle="collapse" href="#c">{q}</a></h5><div id="c">{a}</div>' for q, a in SHIP.items()),
        SHIP,
    ),
    "definitions, one without a question mark": (
        "a.html",
        "<dl>" + "".join(f"<dt>{q}</dt><dd>{a}</dd>" for q, a in SHIP.items()) + "</dl>",
        SHIP,
    ),
    "contents above and links to the top": (
        "a.html",
        (
            '<ul><li><a href="#a">Do you ship?</a></li></ul><h3>Do you ship?</h3><p>Yes.</p>'
            '<p><a href="#top">Top</a></p><h3>Where are you?</h3><p>Here.</p>'
        ),
        {"Do you ship?": "Yes.", "Where are you?": "Here."},
    ),
    "a page laid out by a table": (
        "a.html",
        (
            "<table><tr><td>Menu</td><td><h2>Help</h2><p><b>Do you ship?</b></p><p>Yes.</p>"
            "<p><b>Where are you?</b></p><p>Here.</p></td></tr></table>"
        ),
        {"Do you ship?": "Yes.", "Where are you?": "Here."},
    ),
    "line ends within the page's JSON": (
        "a.html",
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Question", "name": "Do you\nship?", '
            '"acceptedAnswer": {"text": "Yes."}}]}</script>'
        ),
        {"Do you ship?": "Yes."},
    ),
}


@pytest.mark.parametrize(("name", "text", "told"), FORMS.values(), ids=FORMS)
def test_a_form_of_owners_is_understood(name: str, text: str, told: Pairs) -> None:
    assert pairs(name, text) == told


def test_measures_in_an_answer_are_no_questions() -> None:
    page = "<h3>Which wool?</h3><dl><dt>Outer</dt><dd>Merino</dd></dl><h3>Where?</h3><p>Here.</p>"
    assert pairs("a.html", page) == {"Which wool?": "Outer\n\nMerino", "Where?": "Here."}


def test_a_page_that_does_not_say_its_encoding_is_read() -> None:
    first = "<h3>Как связаться с вами?</h3><p>По телефону или в чате на сайте.</p>"
    page = f"{first}<h3>Где ваш офис?</h3><p>В центре города.</p>"
    assert list(pairs("a.html", page.encode("cp1251"))) == ["Как связаться с вами?", "Где ваш офис?"]


TOPICS = {
    "capitals": "ORDERS\n\nMay I change it?\nYes.\n\nMONEY\n\nHow do I pay?\nBy card.\n",
    "a colon": "ORDERS:\n\nMay I change it?\nYes.\n\nMONEY:\n\nHow do I pay?\nBy card.\n",
    "a sign": "📦 ORDERS\n\nMay I change it?\nYes.\n\n💳 MONEY\n\nHow do I pay?\nBy card.\n",
    "bold": "**ORDERS**\n\n**May I change it?**\nYes.\n\n**MONEY**\n\n**How do I pay?**\nBy card.\n",
}


@pytest.mark.parametrize("text", TOPICS.values(), ids=TOPICS)
def test_a_line_right_above_a_question_is_its_topic(text: str) -> None:
    told = topics("a.txt", text)
    assert {question: topic.split()[-1] for question, topic in told.items()} == {
        "May I change it?": "ORDERS",
        "How do I pay?": "MONEY",
    }


def test_a_short_answer_in_capitals_stays_an_answer() -> None:
    assert pairs("a.txt", "May I?\n\nYES\n\nWhen may I?\n\nNOW\n") == {"May I?": "YES", "When may I?": "NOW"}


def test_the_title_of_a_document_that_asks_nowhere_is_no_question() -> None:
    assert list(pairs("a.md", "# Help\nHello.\n## Delivery\nTwo days.\n## Payment\nBy card.\n")) == [
        "Delivery",
        "Payment",
    ]
