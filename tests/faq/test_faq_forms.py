"""Documents of every format, and what must be found in them. Each is a form that people's own files have."""

from __future__ import annotations

import json
from datetime import datetime, time
from io import BytesIO
from typing import Any, get_args

import pytest

from services.faq.blocks import Unreadable
from services.faq.places import place_of, place_words
from services.texts.keys import FaqPlaceKey
from tests.faq.documents import found, workbook

Table = dict[tuple[str, ...], str]


def pairs(name: str, text: str | bytes) -> Table:
    return {pair.questions: pair.answer for pair in found(name, text).pairs}


DELIVERY = "How much is delivery?"
HOURS = "When are you open?"
BOTH: Table = {(DELIVERY,): "$5, free from $50.", (HOURS,): "9 to 18."}


def questions_in_json() -> str:
    told = [("How much is delivery?", "<p>$5, free from $50.</p>"), ("When are you open?", "9 to 18.")]
    listed = [{"@type": "Question", "name": asked, "acceptedAnswer": {"text": answer}} for asked, answer in told]
    return json.dumps({"@type": "FAQPage", "mainEntity": listed})


FORMS = {
    "named columns": (
        "a.csv",
        f'Topic,Question,Answer\nShipping,{DELIVERY},"$5, free from $50."\n,{HOURS},9 to 18.\n',
    ),
    "semicolons and no names": ("a.csv", f"{DELIVERY};$5, free from $50.\n{HOURS};9 to 18.\n"),
    "tabs": ("a.tsv", f"answer\tquestion\n$5, free from $50.\t{DELIVERY}\n9 to 18.\t{HOURS}\n"),
    "labels": ("a.txt", f"FAQ\n\nQ: {DELIVERY}\nA: $5, free from $50.\n\nQ: {HOURS}\nA: 9 to 18.\n"),
    "numbered lines": ("a.txt", f"1. {DELIVERY}\n$5, free from $50.\n2) {HOURS}\n9 to 18.\n"),
    "question and answer in one line": ("a.txt", f"{DELIVERY} $5, free from $50.\n{HOURS} 9 to 18.\n"),
    "headings": ("a.md", f"# FAQ\n\n## {DELIVERY}\n\n$5, free from $50.\n\n## {HOURS}\n\n9 to 18.\n"),
    "bold below topics": (
        "a.md",
        f"# Help\n## Shipping\n**{DELIVERY}**\n\n$5, free from $50.\n\n## Shop\n**{HOURS}**\n9 to 18.\n",
    ),
    "details": (
        "a.html",
        (
            f"<body><nav>Home</nav><details><summary>{DELIVERY}</summary><p>$5, free from $50.</p></details>"
            f"<details><summary>{HOURS}</summary>9 to 18.</details><footer>© Shop</footer></body>"
        ),
    ),
    "an accordion": (
        "a.html",
        (
            f'<div><h3><button aria-expanded="false">{DELIVERY}</button></h3><div hidden>$5, free from $50.</div>'
            f'<h3><button aria-expanded="false">{HOURS}</button></h3><div hidden>9 to 18.</div></div>'
        ),
    ),
    "definitions": (
        "a.html",
        f"<dl><dt>{DELIVERY}</dt><dd>$5, free from $50.</dd><dt>{HOURS}</dt><dd>9 to 18.</dd></dl>",
    ),
    "a table of a page": (
        "a.html",
        (
            f"<table><tr><th>Question</th><th>Answer</th></tr><tr><td>{DELIVERY}</td><td>$5, free from $50.</td></tr>"
            f"<tr><td>{HOURS}</td><td>9 to 18.</td></tr></table>"
        ),
    ),
    "schema.org in JSON": (
        "a.html",
        f'<script type="application/ld+json">{questions_in_json()}</script><p>What else? A lot.</p>',
    ),
}


@pytest.mark.parametrize(("name", "text"), FORMS.values(), ids=FORMS)
def test_the_same_questions_are_found_in_every_form(name: str, text: str) -> None:
    assert pairs(name, text) == BOTH


def test_a_word_document_is_read_in_its_order() -> None:
    from docx import Document

    document: Any = Document()
    document.add_heading("Shipping", 1)
    document.add_heading(DELIVERY, 2)
    document.add_paragraph("$5, free from $50.")
    table = document.add_table(rows=2, cols=2)
    for row, (question, answer) in zip(table.rows, [("Question", "Answer"), (HOURS, "9 to 18.")], strict=True):
        row.cells[0].text, row.cells[1].text = question, answer
    data = BytesIO()
    document.save(data)
    assert pairs("a.docx", data.getvalue()) == BOTH
    assert found("a.docx", data.getvalue()).pairs[0].topic == "Shipping"


def test_a_workbook_gives_the_sheets_that_are_shown() -> None:
    from openpyxl import Workbook

    book: Any = Workbook()
    book.active.append(["Вопрос", "Ответ"])
    book.active.append(["Сколько стоит доставка?", 300])
    hidden = book.create_sheet("old")
    hidden.append(["Вопрос", "Ответ"])
    hidden.append(["Когда вы открыты?", "никогда"])
    hidden.sheet_state = "hidden"
    data = BytesIO()
    book.save(data)
    (pair,) = found("a.xlsx", data.getvalue()).pairs
    assert (pair.questions, pair.answer, pair.language) == (("Сколько стоит доставка?",), "300", "ru")


def test_a_cell_of_a_workbook_says_what_people_see_there() -> None:
    from openpyxl import Workbook

    seen = {
        "Скидка?": (0.1, "0%", "10%"),
        "Вес?": (1.5, "0.##", "1.5"),
        "Доставка?": (300, '#,##0.00 "₽"', "300.00 ₽"),
        "Примерка?": (150, '#,##0 "₽"', "150 ₽"),
        "Возврат?": (-5, '0;"минус "0', "минус 5"),
        "Курьер?": (60, "_-[$£-809]* #,##0_-", "£60"),
        "Срок?": (3, '0" дня"', "3 дня"),
        "Телефон?": (88001234567, "General", "88001234567"),
        "До какого часа?": (time(18), "h:mm", "18:00"),
        "До какого дня?": (datetime(2026, 12, 25), "dd.mm.yyyy", "25.12.2026"),  # noqa: DTZ001  # a sheet knows no zone
        "Когда начало?": (datetime(2026, 12, 25, 18, 30), "yyyy-mm-dd h:mm", "2026-12-25 18:30"),  # noqa: DTZ001
    }
    book: Any = Workbook()
    book.active.append(["Вопрос", "Ответ"])
    for question, (value, number_format, _) in seen.items():
        book.active.append([question, value])
        book.active.cell(book.active.max_row, 2).number_format = number_format
    data = BytesIO()
    book.save(data)
    told = {pair.questions[0]: pair.answer for pair in found("a.xlsx", data.getvalue()).pairs}
    assert told == {question: words for question, (_, _, words) in seen.items()}


def test_formatting_and_links_stay() -> None:
    text = "## Can I return it?\nYes, **always** & everywhere, see [terms](https://shop.example/x).\n\n- today\n- later"
    told = 'Yes, <b>always</b> &amp; everywhere, see <a href="https://shop.example/x">terms</a>.\n• today\n• later'
    assert pairs("a.md", text) == {("Can I return it?",): told}


def test_ways_of_asking_are_one_answer() -> None:
    rows = 'question,answer\n"Where are you?\nWhat is the address?",5 Quiet Street\nHow do I find you?,5 Quiet Street\n'
    asked = ("Where are you?", "What is the address?", "How do I find you?")
    assert pairs("a.csv", rows) == {asked: "5 Quiet Street"}


def test_an_answer_may_ask() -> None:
    text = "1. How much is it?\nFrom $5. Not sure? Ask us.\n\n2. Do you ship?\nYes.\n"
    assert pairs("a.txt", text) == {("How much is it?",): "From $5. Not sure? Ask us.", ("Do you ship?",): "Yes."}


def test_a_document_that_asks_nowhere_is_read_by_its_headings() -> None:
    text = "# Доставка\nПо всей стране.\n# Оплата\nКартой.\n"
    assert pairs("a.md", text) == {("Доставка",): "По всей стране.", ("Оплата",): "Картой."}


def test_what_is_not_taken_is_told_with_its_place() -> None:
    text = f"question,answer\n{DELIVERY},$5\n{DELIVERY},$7\n{HOURS},\n,no question\nLong?,{'x' * 4000}\n"
    told = {one.place: one.why.split(";")[0] for one in found("a.csv", text).unused}
    assert told == {
        "line 3": "the same question has another answer at line 2",
        "line 4": "no answer stands below it",
        "line 5": "nothing asks for it",
        "line 6": "the answer has 4000 characters, a message has room for 3500",
    }


SIGNED = f"## {DELIVERY}\n\n$5, free from $50.\n\n## {HOURS}\n\n9 to 18.\n\n---\n© 2026 Shop. All rights reserved.\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", SIGNED),
        ("a.md", SIGNED.replace("\n\n## When", "\n\n---\n\n## When")),
        (
            "a.html",
            f"<h2>{DELIVERY}</h2><p>$5, free from $50.</p><h2>{HOURS}</h2><p>9 to 18.</p><hr><p>© 2026 Shop.</p>",
        ),
    ],
)
def test_what_a_document_is_signed_with_is_no_part_of_the_last_answer(name: str, text: str) -> None:
    assert pairs(name, text) == BOTH
    [left] = found(name, text).unused
    assert left.text.startswith("© 2026 Shop")
    assert "take the line out" in left.why


@pytest.mark.parametrize("line", ["---\n\n", "---\n\n## When are you open?\n\n"])
def test_a_line_across_the_page_before_a_question_or_its_answer_ends_nothing(line: str) -> None:
    text = f"## {DELIVERY}\n\n$5, free from $50.\n\n## {HOURS}\n\n{line}9 to 18.\n"
    assert pairs("a.md", text) == BOTH if line == "---\n\n" else "9 to 18." in pairs("a.md", text).values()


def test_a_place_is_told_in_the_reader_s_language() -> None:
    again = found("a.csv", f"question,answer\n{DELIVERY},$5\n{DELIVERY},$7\n").unused[0]
    assert "(строка 2)" in again.words("ru")
    assert "at line 2" in again.words("en")
    sheet = found("a.xlsx", workbook(("question", "answer"), (DELIVERY, "$5"), (DELIVERY, "$7"))).unused[0]
    assert (sheet.place, place_words(sheet.place, "ru")) == ("row 3 of Sheet", "лист «Sheet», строка 3")
    assert place_words(place_of("row", 2, place_of("table", 1)), "ru") == "таблица 1, строка 2"
    kinds: tuple[FaqPlaceKey, ...] = get_args(FaqPlaceKey)
    for kind in kinds:
        place = place_of(kind, 7, place_of("table", 1) if kind == "row" else "")
        assert place_words(place, "en") == place
        assert kind not in place_words(place, "ru")
    assert place_words(place_of("row", 7, "Цены of 2026"), "en") == "row 7 of sheet “Цены of 2026”"
    assert place_words("somewhere", "ru") == "somewhere"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Q: Сколько стоит доставка?\nA: 5 €\n", "Q: What does delivery cost?\nA: $5\n"])
def test_unicode_text_of_a_spreadsheet_is_read_with_and_without_a_mark(encoding: str, text: str) -> None:
    [pair] = found("a.txt", text.encode(encoding)).pairs
    assert pair.answer in {"5 €", "$5"}


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(64) + b"\xff\xd8" * 90])
def test_what_is_no_text_is_not_taken_for_one(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no text"):
        found("a.txt", data)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
def test_a_few_words_of_an_older_program_are_not_taken_for_another_script(encoding: str) -> None:
    assert pairs("a.txt", "Есть парковка?\nДа, у входа.\n".encode(encoding)) == {("Есть парковка?",): "Да, у входа."}


@pytest.mark.parametrize("name", ["faq", "faq.csv", "faq.docx", "faq.zip"])
def test_a_workbook_is_read_whatever_its_name_is(name: str) -> None:
    assert pairs(name, workbook(["Question", "Answer"], ["Where is it?", "On its way."])) == {
        ("Where is it?",): "On its way."
    }


def test_a_workbook_whose_sheet_is_damaged_says_what_to_do_without_names_of_programs() -> None:
    import zipfile

    whole, harmed = BytesIO(workbook(["Question", "Answer"], ["Where is it?", "On its way."])), BytesIO()
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(harmed, "w") as others:
        for part in parts.infolist():
            content = parts.read(part)
            others.writestr(part, content[: len(content) // 2] if "sheet1" in part.filename else content)
    with pytest.raises(Unreadable) as told:
        found("a.xlsx", harmed.getvalue())
    assert told.value.words("en").startswith("this is no XLSX")
    assert "Error" not in told.value.words("en")
    assert "BadZip" not in told.value.words("ru")


def test_a_table_whose_quote_is_never_closed_is_told_in_words() -> None:
    with pytest.raises(Unreadable, match="a quote above it is not closed"):
        found("a.csv", 'question,answer\nWhere?,"' + "x" * 200_000)


def test_a_file_of_an_older_program_is_read() -> None:
    text = "Вопрос;Ответ\nСколько стоит доставка по городу?;Триста рублей, а от трёх тысяч бесплатно\n"
    assert list(pairs("a.csv", text.encode("cp1251"))) == [("Сколько стоит доставка по городу?",)]


UNREADABLE = {
    "a format of others": ("a.pdf", b"%PDF-1.7", "save it as DOCX"),
    "a format of others under a name of text": ("a.txt", b"%PDF-1.7 (words)", "save it as DOCX"),
    "no format at all": ("a.exe", b"MZ", "send CSV"),
    "nothing in it": ("a.csv", b"\n\n", "nothing to read"),
    "no text": ("a.txt", bytes(range(256)) * 4, "save it as UTF-8"),
    "a damaged workbook": ("a.xlsx", b"PK\x03\x04 damaged", "save it again"),
    "an older document under a new name": ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1"), "without a password"),
    "a damaged document": ("a.docx", b"PK\x03\x04 damaged", "save it again"),
    "too large": ("a.txt", b"a" * 5_000_001, "only its questions"),
}


@pytest.mark.parametrize(("name", "data", "fix"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_says_what_to_do(name: str, data: bytes, fix: str) -> None:
    with pytest.raises(Unreadable, match=fix):
        found(name, data)


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    import zipfile

    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 100_000_001)
    with pytest.raises(Unreadable, match="unpacks"):
        found("a.xlsx", data.getvalue())


NUMBERED = "1. How much is it?\n$5.\n2. Do you ship?\nYes.\n3) Do you work with companies\nWe do.\n"


def test_a_numbered_line_goes_on_with_numbered_questions() -> None:
    found_ = {("How much is it?",): "$5.", ("Do you ship?",): "Yes.", ("Do you work with companies",): "We do."}
    assert pairs("a.txt", NUMBERED) == found_
    assert pairs("a.txt", f"{NUMBERED}4. Where are you?\nHere.\n") == found_ | {("Where are you?",): "Here."}


@pytest.mark.parametrize(
    "steps", ["1. Fill the form\n2. Hand it over\n3. Wait\n4. Sign", "2. Fill the form\nin ink", "3. Fill the form"]
)
def test_the_steps_of_an_answer_are_no_questions(steps: str) -> None:
    text = f"1. How much is it?\n$5.\n2. How do I return it?\nLike this:\n{steps}\n"
    assert pairs("a.txt", f"{text}3. Do you ship?\nYes.\n")["How do I return it?",] == f"Like this:\n{steps}"
