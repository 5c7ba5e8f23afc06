"""Working hours: what owners type is read, said in words and reckoned with, also as clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.working_hours.reading import read
from services.working_hours.reckoning import after_work, is_open, next_opening, worked
from services.working_hours.schedule import ALWAYS, Schedule
from services.working_hours.tokens import Unreadable
from services.working_hours.vocabulary import vocabulary
from services.working_hours.writing import back, written

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = "Mo-Fr 9:00-13:00 14:00-18:00; Sa 10-15; 2026-12-31 9-12; 01-01 closed"


def hours(text: str) -> Schedule:
    found = read(text)
    assert isinstance(found, Schedule), found
    return found


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    """Return a moment that people write as `2026-03-02 9:00`; 2 March 2026 is a Monday."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone).astimezone(UTC)


def there(moment: datetime | None, zone: ZoneInfo = MOSCOW) -> str | None:
    return None if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


# --- read and said ---------------------------------------------------------------------------------------------------

WEEKDAYS = "Mon–Fri 9:00–18:00"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            OFFICE,
            "Mon–Fri 9:00–13:00 and 14:00–18:00, Sat 10:00–15:00, 31 December 2026 9:00–12:00, 1 January closed",
        ),
        ("9:00-18:00", "daily 9:00–18:00"),
        ("с 9 до 18", "daily 9:00–18:00"),
        ("9.00–18.30", "daily 9:00–18:30"),
        ("9am-6pm", "daily 9:00–18:00"),
        ("9-6 pm", "daily 9:00–18:00"),
        ("1-5pm", "daily 13:00–17:00"),
        ("12am-12pm", "daily 0:00–12:00"),
        ("24/7", "around the clock"),
        ("круглосуточно, без выходных", "around the clock"),
        ("Mo-Fr 24/7", "Mon–Fri around the clock"),
        ("Пн–Пт 9-18", WEEKDAYS),
        ("пн.-пт. 9-18", WEEKDAYS),
        ("Monday to Friday, 9 to 18", WEEKDAYS),
        ("с понедельника по пятницу с 9:00 до 18:00, суббота и воскресенье — выходной", WEEKDAYS),
        ("Пн-Пт 9-18, Сб-Вс выходные", WEEKDAYS),
        ("9-18 по будням", WEEKDAYS),
        ("9-18 Mon-Fri, 10-15 Sat", f"{WEEKDAYS}, Sat 10:00–15:00"),
        ("будни 9-18, выходные 10-15", f"{WEEKDAYS}, Sat, Sun 10:00–15:00"),
        ("пн, ср, пт 9-18", "Mon, Wed, Fri 9:00–18:00"),
        ("Fr-Mo 18-02", "Mon, Fri–Sun 18:00–2:00"),
        ("Mo-Fr 9-18; Fr 9-17", "Mon–Thu 9:00–18:00, Fri 9:00–17:00"),
        ("Mo-Fr 9-18 break 13-14", "Mon–Fri 9:00–13:00 and 14:00–18:00"),
        ("Пн-Сб 9-18; обед 13-14", "Mon–Sat 9:00–13:00 and 14:00–18:00"),
        ("10-13 14-18", "daily 10:00–13:00 and 14:00–18:00"),
        ("Mo-Fr 9-18\n12-31, 01-01 closed", f"{WEEKDAYS}, 31 December closed, 1 January closed"),
        ("9-18; 12-31..01-08 closed", "daily 9:00–18:00, 31 December – 8 January closed"),
        ("9-18; 1-8 января выходной", "daily 9:00–18:00, 1–8 January closed"),
        ("9-18; 31.12 9-12; 09.05.2026 закрыто", "daily 9:00–18:00, 31 December 9:00–12:00, 9 May 2026 closed"),
        ("9-18; Dec 24, 2026 9am-1pm", "daily 9:00–18:00, 24 December 2026 9:00–13:00"),
        ("9-18; 2026-12-30..2027-01-10 closed", "daily 9:00–18:00, 30 December 2026 – 10 January 2027 closed"),
    ],
)
def test_what_owners_type_is_understood(typed: str, said: str) -> None:
    assert written(hours(typed), "en") == said


def test_hours_are_said_in_russian_too() -> None:
    said = "пн–пт 9:00–13:00 и 14:00–18:00, сб 10:00–15:00, 31 декабря 2026 года 9:00–12:00, 1 января не работаем"
    assert written(hours(OFFICE), "ru") == said
    assert written(hours("24/7"), "ru") == "круглосуточно"


@pytest.mark.parametrize(
    ("typed", "code", "part"),
    [
        ("когда получится", "unknown", "когда"),
        ("Mo-Fr 9-18 (MSK)", "unknown", "MSK"),
        ("Mo-Fr 9-18, Sut 10-15", "unknown", "Sut"),
        ("Mo-Fr 9-25", "time", "9-25"),
        ("Mo-Fr 9:75-18", "time", "9:75-18"),
        ("9-13pm", "time", "9-13pm"),
        ("9-18; 31.02 closed", "date", "31.02"),
        ("9-18; 2026-13-01 closed", "date", "2026-13-01"),
        ("9-18; 2026-12-31..2026-01-08 closed", "date", "2026-12-31..2026-01-08"),
        ("Mo 9-9", "same", "9-9"),
        ("Mo 9-13 12-18", "overlap", "Mo 9-13 12-18"),
        ("Mo-Fr 9-13; 14-18", "days", "14-18"),
        ("Mo-Fr", "hours", "Mo-Fr"),
        ("Mo closed 9-18", "hours", "closed 9-18"),
        ("01-01 closed", "week", ""),
        ("", "week", ""),
        ("Mo-Fr 9-18 lunch", "break", "9-18 lunch"),
        ("Mo-Fr 9-18 lunch 19-20", "break", "Mo-Fr 9-18 lunch 19-20"),
    ],
)
def test_what_is_wrong_is_named(typed: str, code: str, part: str) -> None:
    found = read(typed)
    assert isinstance(found, Unreadable)
    assert (found.code, found.part) == (code, part)


def test_each_word_has_one_meaning() -> None:
    words = vocabulary()
    kinds = [words.days, words.groups, words.months, words.signs]
    known = [word for kind in kinds for word in kind]
    assert sorted(known) == sorted(set(known))
    assert all(words.pattern.fullmatch(word.upper()) for word in known)


# --- reckoned with ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "works", "next_at"),
    [
        ("2026-03-02 8:59", False, "2026-03-02 09:00"),
        ("2026-03-02 9:00", True, "2026-03-02 14:00"),
        ("2026-03-02 13:00", False, "2026-03-02 14:00"),
        ("2026-03-02 18:00", False, "2026-03-03 09:00"),
        ("2026-03-07 12:00", True, "2026-03-09 09:00"),
        ("2026-03-08 12:00", False, "2026-03-09 09:00"),
        ("2026-12-31 13:00", False, "2027-01-02 10:00"),
        ("2027-12-31 13:30", False, "2027-12-31 14:00"),
    ],
)
def test_whether_people_work_and_when_they_do_next(when: str, works: bool, next_at: str) -> None:  # noqa: FBT001
    office = hours(OFFICE)
    assert is_open(office, MOSCOW, at(when)) == works
    assert there(next_opening(office, MOSCOW, at(when))) == next_at


@pytest.mark.parametrize(
    ("typed", "when", "works", "next_at"),
    [
        ("Fr 22-6", "2026-03-06 23:00", True, "2026-03-13 22:00"),
        ("Fr 22-6", "2026-03-07 5:59", True, "2026-03-13 22:00"),
        ("Fr 22-6", "2026-03-07 6:00", False, "2026-03-13 22:00"),
        ("9-18; 01-01 closed; Dec 31 22-06", "2027-01-01 5:00", True, "2027-01-02 09:00"),
        ("9-18; 2026-03-02 closed; 03-02 10-12", "2026-03-02 11:00", False, "2026-03-03 09:00"),
        ("Mo-Su 0-24", "2026-03-02 0:00", True, None),
        ("Mo-Su closed", "2026-03-02 12:00", False, None),
    ],
)
def test_nights_dates_and_days_without_end(typed: str, when: str, works: bool, next_at: str | None) -> None:  # noqa: FBT001
    assert is_open(hours(typed), MOSCOW, at(when)) == works
    assert there(next_opening(hours(typed), MOSCOW, at(when))) == next_at


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02 9:00", 30, "2026-03-02 09:30"),
        ("2026-03-02 12:50", 30, "2026-03-02 14:20"),
        ("2026-03-02 3:00", 30, "2026-03-02 09:30"),
        ("2026-03-02 17:50", 30, "2026-03-03 09:20"),
        ("2026-03-06 17:50", 30, "2026-03-07 10:20"),
        ("2026-03-08 12:00", 8 * 60, "2026-03-09 18:00"),
        ("2026-03-02 9:00", 0, "2026-03-02 09:00"),
    ],
)
def test_working_time_passes_only_while_people_work(start: str, minutes: int, end: str) -> None:
    office, span = hours(OFFICE), timedelta(minutes=minutes)
    found = after_work(office, MOSCOW, at(start), span)
    assert there(found) == end
    assert found is not None
    assert worked(office, MOSCOW, at(start), found) == span


def test_who_never_works_lets_no_time_pass_and_who_always_does_all_of_it() -> None:
    start = at("2026-03-02 3:00")
    assert after_work(hours("Mo-Su closed"), MOSCOW, start, timedelta(minutes=1)) is None
    assert after_work(ALWAYS, MOSCOW, start, timedelta(days=3)) == start + timedelta(days=3)
    assert worked(ALWAYS, MOSCOW, start, start + timedelta(days=3)) == timedelta(days=3)


@pytest.mark.parametrize(
    ("typed", "day", "worked_hours"),
    [
        ("9-18", "2026-03-29", 9),
        ("0-24", "2026-03-29", 23),
        ("0-24", "2026-10-25", 25),
        ("2:30-3:30", "2026-10-25", 2),
        ("2:15-2:45", "2026-03-29", 0.5),
        ("22-6", "2026-10-24", 9),
        ("22-6", "2026-03-28", 7),
    ],
    ids=[
        "by day",
        "put forward",
        "put back",
        "twice the hour",
        "never that hour",
        "night put back",
        "night put forward",
    ],
)
def test_clocks_that_are_put_forward_and_back(typed: str, day: str, worked_hours: float) -> None:
    """In Berlin, on the nights to 29 March and 25 October 2026."""
    start = at(f"{day} 12:00" if typed == "22-6" else f"{day} 0:00", BERLIN)
    end = at(f"{date.fromisoformat(day) + timedelta(days=1)} {'12:00' if typed == '22-6' else '0:00'}", BERLIN)
    assert worked(hours(typed), BERLIN, start, end) == timedelta(hours=worked_hours)


def test_the_morning_after_the_clock_was_changed_begins_when_the_clock_says_so() -> None:
    office = hours("9-18")
    for evening, morning in (("2026-03-28 20:00", "2026-03-29 09:00"), ("2026-10-24 20:00", "2026-10-25 09:00")):
        assert there(next_opening(office, BERLIN, at(evening, BERLIN)), BERLIN) == morning


# --- when people are back --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "russian", "english"),
    [
        ("2026-03-02 14:00", "сегодня в 14:00 (МСК)", "today at 14:00 (Moscow time)"),
        ("2026-03-03 9:30", "завтра в 9:30 (МСК)", "tomorrow at 9:30 (Moscow time)"),
        ("2026-03-04 9:00", "в среду в 9:00 (МСК)", "on Wednesday at 9:00 (Moscow time)"),
        ("2026-03-08 9:00", "в воскресенье в 9:00 (МСК)", "on Sunday at 9:00 (Moscow time)"),
        ("2026-03-09 9:00", "9 марта в 9:00 (МСК)", "on 9 March at 9:00 (Moscow time)"),
    ],
)
def test_when_people_are_back_is_told_by_the_day(opens: str, russian: str, english: str) -> None:
    now = at("2026-03-02 13:00")
    assert [back(at(opens), now, MOSCOW, language) for language in ("ru", "en")] == [russian, english]


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Asia/Yekaterinburg", "UTC+5"), ("America/New_York", "UTC−5"), ("Asia/Kolkata", "UTC+5:30"), ("UTC", "UTC")],
)
def test_the_zone_is_named(zone: str, name: str) -> None:
    there = ZoneInfo(zone)
    now = at("2026-03-02 13:00", there)
    assert back(now + timedelta(hours=1), now, there, "en") == f"today at 14:00 ({name})"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 12, 20), "пн–пт 9:00–18:00"),
        (date(2026, 12, 26), "пн–пт 9:00–18:00, 31 декабря не работаем"),
        (date(2026, 12, 31), "пн–пт 9:00–18:00, 31 декабря не работаем"),
    ],
)
def test_dates_far_off_are_left_out_where_only_the_coming_days_count(today: date, said: str) -> None:
    hours = read("пн-пт 9-18, 31 декабря выходной, 8 марта выходной")
    assert isinstance(hours, Schedule)
    assert written(hours, "ru", today, days=7) == said
