"""Documents that ask in several ways, with lists in lists and cells of several rows."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from tests.faq.documents import found, workbook

CELLS = [("Question", "Answer"), ("Card?", "Yes."), ("Cash?", ""), ("What to bring?", "The bike."), ("", "A receipt.")]
"""The second and third row have one answer, the last two have one question."""
OF_CELLS = {"Card? | Cash?": "Yes.", "What to bring?": "The bike.\nA receipt."}


def pairs(name: str, text: str | bytes) -> dict[str, str]:
    return {" | ".join(pair.questions): pair.answer for pair in found(name, text).pairs}


def topics(name: str, text: str | bytes) -> dict[str, str]:
    return {pair.questions[0]: pair.topic for pair in found(name, text).pairs}


MIXED = """\
# Bikes

Words about us.

## Prices

**How much is a tune-up?**
£45.

**Is a quote free?**

Yes.

## How long does it take?

Two days.

### Can I wait?

No.

## More

- **Do you sell bikes?** Yes, used ones.
- **Do you buy bikes?**
  - Yes, with an ID
  - Never stolen ones
- Do you lend bikes?
  - On weekdays
  - Never on Sunday
"""


def test_each_part_of_a_document_may_ask_in_a_way_of_its_own() -> None:
    assert pairs("a.md", MIXED) == {
        "How much is a tune-up?": "£45.",
        "Is a quote free?": "Yes.",
        "How long does it take?": "Two days.",
        "Can I wait?": "No.",
        "Do you sell bikes?": "Yes, used ones.",
        "Do you buy bikes?": "• Yes, with an ID\n• Never stolen ones",
        "Do you lend bikes?": "• On weekdays\n• Never on Sunday",
    }


def test_a_heading_that_asks_ends_the_topic_above_it() -> None:
    told = topics("a.md", MIXED)
    assert told["How much is a tune-up?"] == "Prices"
    assert told["How long does it take?"] == told["Can I wait?"] == "Bikes"
    assert told["Do you lend bikes?"] == "More"


def test_what_is_not_taken_of_markdown_is_told_with_its_line() -> None:
    assert [(one.place, one.text) for one in found("a.md", MIXED).unused] == [("line 3", "Words about us.")]


def test_what_programs_read_above_a_text_is_no_part_of_it() -> None:
    document = found("a.md", "---\ntitle: FAQ\n---\n# Help\n## Where?\nHere.\n## When?\nNow.\n")
    assert [(pair.questions[0], pair.topic, pair.place) for pair in document.pairs] == [
        ("Where?", "Help", "line 5"),
        ("When?", "Help", "line 7"),
    ]


def test_a_heading_over_a_list_of_questions_is_their_topic_however_it_begins() -> None:
    asked = "## How is it made?\nBy hand.\n## Where is it made?\nHere.\n"
    text = f"{asked}## What else\n- May I come? — Yes.\n- And when? — Now.\n"
    assert topics("a.md", text) == {
        "How is it made?": "",
        "Where is it made?": "",
        "May I come?": "What else",
        "And when?": "What else",
    }


LISTS = {
    "Markdown": (
        "a.md",
        "## How?\n1. Open it:\n   - the lid\n     - and the box\n2. Close it.\n\n## Where?\nHere.\n",
    ),
    "room between the items": (
        "a.md",
        "## How?\n\n1. Open it:\n\n   - the lid\n\n     - and the box\n\n2. Close it.\n\n## Where?\n\nHere.\n",
    ),
    "a page": (
        "a.html",
        "<h2>How?</h2><ol><li>Open it:<ul><li>the lid<ul><li>and the box</ul></ul><li>Close it.</ol><h2>Where?</h2>-",
    ),
}


@pytest.mark.parametrize(("name", "text"), LISTS.values(), ids=LISTS)
def test_a_list_in_a_list_stays_one(name: str, text: str) -> None:
    assert pairs(name, text)["How?"] == "1. Open it:\n   ◦ the lid\n      ▪ and the box\n2. Close it."


def test_indented_lines_of_pasted_text_are_lists_in_lists() -> None:
    text = "How?\n- Open it:\n    - the lid\n- Close it.\n\nWhere?\nHere.\n"
    assert pairs("a.txt", text)["How?"] == "• Open it:\n   ◦ the lid\n• Close it."


def test_line_ends_that_a_writer_made_in_markdown_are_kept_and_those_of_a_window_are_not() -> None:
    made = "## Where?\nHigh Street 3\nSecond floor\n\n## When?\nNow.\n"
    assert pairs("a.md", made)["Where?"] == "High Street 3\nSecond floor"
    line = "The shop stands in the middle of the street, right behind the old"
    assert pairs("a.md", f"## Where?\n{line}\nstation.\n\n## When?\nNow.\n")["Where?"] == f"{line} station."


def test_labelled_lines_of_one_paragraph_are_told_apart() -> None:
    assert pairs("a.md", "Q: Where?\nA: Here.\nQ: When?\nA: Now.\n") == {"Where?": "Here.", "When?": "Now."}


def test_a_line_with_room_around_it_is_a_topic_where_answers_have_none() -> None:
    text = "Where?\nHere.\n\nWhen?\nNow.\n\nPayment\n\nHow do I pay?\nBy card.\n"
    assert pairs("a.txt", text)["When?"] == "Now."
    assert topics("a.txt", text)["How do I pay?"] == "Payment"
    assert pairs("a.txt", "Where?\n\nHere.\n\nCall us\n\nWhen?\n\nNow.\n")["Where?"] == "Here.\n\nCall us"


def test_cells_of_several_rows_of_a_workbook() -> None:
    from openpyxl import Workbook

    book: Any = Workbook()
    for row in CELLS:
        book.active.append([cell or None for cell in row])
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("A4:A5")
    data = BytesIO()
    book.save(data)
    assert pairs("a.xlsx", data.getvalue()) == OF_CELLS


def test_lists_of_a_word_document_keep_their_depth_and_numbers() -> None:
    from docx import Document

    document: Any = Document()
    document.add_heading("How?", 1)
    for words, style in [
        ("Open it:", "List Number"),
        ("the lid", "List Bullet 2"),
        ("and the box", "List Bullet 3"),
        ("Close it.", "List Number"),
    ]:
        document.add_paragraph(words, style=style)
    document.add_heading("Where?", 1)
    document.add_paragraph("Here.", style="List Number")
    document.add_paragraph("And there.", style="List Number")
    data = BytesIO()
    document.save(data)
    assert pairs("a.docx", data.getvalue()) == {
        "How?": "1. Open it:\n   ◦ the lid\n      ▪ and the box\n2. Close it.",
        "Where?": "1. Here.\n2. And there.",
    }


def test_cells_of_several_rows_of_a_word_table() -> None:
    from docx import Document

    document: Any = Document()
    table = document.add_table(rows=len(CELLS), cols=2)
    for row, cells in zip(table.rows, CELLS, strict=True):
        row.cells[0].text, row.cells[1].text = cells
    table.cell(1, 1).merge(table.cell(2, 1)).text = CELLS[1][1]
    table.cell(3, 0).merge(table.cell(4, 0)).text = CELLS[3][0]
    data = BytesIO()
    document.save(data)
    assert pairs("a.docx", data.getvalue()) == OF_CELLS


def test_cells_of_several_rows_of_a_page() -> None:
    page = (
        "<table><tr><th>Question<th>Answer</tr><tr><td>Card?<td rowspan=2>Yes.</tr><tr><td>Cash?</tr>"
        "<tr><td rowspan=2>What to bring?<td>The bike.</tr><tr><td>A receipt.</tr></table>"
    )
    assert pairs("a.html", page) == OF_CELLS


def test_what_a_page_marks_and_does_not_tell_search_engines_is_taken_too() -> None:
    told = '{"@type": ["Question"], "name": "Do you ship?", "acceptedAnswer": {"text": "Yes."}}'
    page = (
        f'<script type="application/ld+json">[{told}]</script><p>Who are we? Bakers.</p>'
        "<details><summary>Do you ship?</summary>Yes, we do.</details><details><summary>Where?</summary>Here.</details>"
    )
    assert pairs("a.html", page) == {"Do you ship?": "Yes.", "Where?": "Here."}


def test_lines_that_begin_with_a_name_and_a_colon_are_read_where_nothing_asks() -> None:
    text = "Delivery: by courier, $5.\nPayment: by card.\n"
    assert pairs("a.txt", text) == {"Delivery": "by courier, $5.", "Payment": "by card."}
    page = "<p>Delivery: by <b>courier</b>.</p><p>Payment: by card.</p>"
    assert pairs("a.html", page) == {"Delivery": "by <b>courier</b>.", "Payment": "by card."}
    hours = "Hours\nMon: 9 to 18\nTue: 10 to 18\n\nAddress\nHigh Street 3\n"
    assert pairs("a.txt", hours) == {"Hours": "Mon: 9 to 18\nTue: 10 to 18", "Address": "High Street 3"}


def test_a_table_without_names_half_of_which_asks_is_one_of_questions() -> None:
    rows = workbook(["How much is a tyre?", "$25"], ["Loan bikes", "$10 a day"])
    assert pairs("a.xlsx", rows) == {"How much is a tyre?": "$25", "Loan bikes": "$10 a day"}
