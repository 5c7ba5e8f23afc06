"""How fast the bot may talk, as tables of moments in seconds."""

from __future__ import annotations

from typing import Final

import pytest

from services.delivery.rate_limits import IN_ALL, IN_PRIVATE, TOGETHER, album_rest, counts_late
from services.delivery.windows import Window, rest

NOW: Final = 100.0


@pytest.mark.parametrize(
    ("ends", "most", "seconds"),
    [
        pytest.param([], 1, 0.0, id="nothing was sent: at once"),
        pytest.param([100.4], 2, 0.0, id="there is room for one more: at once"),
        pytest.param([100.4], 1, 0.4, id="the only place is taken: when it is free"),
        pytest.param([100.4, 100.9], 2, 0.4, id="two places: when the first of them is free"),
        pytest.param([100.9, 100.4], 2, 0.4, id="in whatever order they were answered"),
        pytest.param([100.2, 100.4, 100.9], 2, 0.4, id="one too many: when two have gone"),
        pytest.param([99.0], 1, 0.0, id="its time is over: at once"),
    ],
)
def test_a_call_waits_until_it_fits(ends: list[float], most: int, seconds: float) -> None:
    assert rest(ends, most, NOW) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("messages", "seconds"),
    [
        pytest.param(1, 0, id="one message: no more than its own second"),
        pytest.param(2, 1, id="an album of two counts as two"),
        pytest.param(5, 4, id="of five as five"),
        pytest.param(10, 5, id="but after a few seconds it is forgotten"),
    ],
)
def test_an_album_counts_as_its_pictures(messages: int, seconds: float) -> None:
    assert album_rest(messages) == seconds


@pytest.mark.parametrize(("seconds", "late"), [(0.0, False), (0.9, False), (1.0, True), (30.0, True)])
def test_a_slow_call_counts_from_its_answer(seconds: float, late: bool) -> None:  # noqa: FBT001  # a table
    assert counts_late(seconds) == late


@pytest.mark.parametrize(
    ("limit", "sent", "waits"),
    [
        pytest.param(IN_PRIVATE, 1, True, id="one a second to one person"),
        pytest.param(IN_ALL, 27, False, id="27 messages in a second: one more goes"),
        pytest.param(IN_ALL, 28, True, id="28 messages in a second: the next waits"),
        pytest.param(TOGETHER, 5, False, id="5 that begin together: one more may"),
        pytest.param(TOGETHER, 6, True, id="6 that begin together: the next begins a fifth of a second later"),
    ],
)
def test_each_window_is_as_wide_as_its_limit(limit: tuple[int, float], sent: int, waits: bool) -> None:  # noqa: FBT001  # a table
    window = Window(limit, lambda: NOW)
    for _ in range(sent):
        window.answered(window.take())
    assert window.rest() == pytest.approx(limit[1] if waits else 0.0)
