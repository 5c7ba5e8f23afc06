"""A new model takes over when nothing proven gets worse: nothing right turns wrong, and answers stay as right."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.classify.examples import Place
from services.classify.local import Model
from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN
from services.evaluation.rehearsal import CANDIDATE, Job, Speaker, rehearse, told
from services.evaluation.replay import Asked, Replay, Tally, compared, tally
from services.learning.evidence import phrases_of
from storage.labels import Label
from tests.classify.packs import pack

A, B = ("A", None), ("B", None)
NUMBERS = itertools.count(1)
POLICY = Policy(answer_at=0.8, clarify_at=0.5)
QUIET = Replay(
    changes=(),
    proven=100,
    lost=0,
    before=Tally(asked=100, sure=50, right=49),
    after=Tally(asked=100, sure=60, right=58),
)


def asked(truth: Place) -> Asked:
    return Asked(text="x", truth=truth)


@pytest.mark.parametrize(
    ("truth", "before", "after", "found"),
    [
        (A, A, A, (0, 1, 0)),
        (A, A, B, (1, 1, 0)),
        (A, A, None, (0, 1, 1)),
        (A, B, A, (0, 0, 0)),
        (A, None, B, (0, 0, 0)),
        (("A", "X"), ("A", "X"), ("A", "Y"), (1, 1, 0)),
        (("A", "X"), ("A", "X"), ("A", None), (1, 1, 0)),
        (A, ("A", "X"), ("A", "Y"), (0, 1, 0)),
    ],
)
def test_what_was_right_and_sure(truth: Place, before: Place | None, after: Place | None, found: Any) -> None:
    changes, proven, lost = compared([asked(truth)], [before], [after])
    assert (len(changes), proven, lost) == found


@pytest.mark.parametrize(
    ("replay", "takes_over"),
    [
        (QUIET, True),
        (replace(QUIET, lost=10), True),
        (replace(QUIET, lost=11), False),
        (replace(QUIET, after=Tally(asked=100, sure=60, right=57)), True),
        (replace(QUIET, after=Tally(asked=100, sure=60, right=50)), False),
        (replace(QUIET, before=Tally(), after=Tally(asked=2, sure=1, right=0)), True),
        (replace(QUIET, before=Tally(), after=Tally(asked=20, sure=11, right=5)), True),
        (replace(QUIET, before=Tally(), after=Tally(asked=20, sure=11, right=2)), False),
        (replace(QUIET, before=Tally(asked=20, sure=11), after=Tally(asked=20, sure=11, right=2)), True),
        (replace(QUIET, after=Tally(asked=100)), True),
    ],
)
def test_who_takes_over(replay: Replay, *, takes_over: bool) -> None:
    assert replay.takes_over is takes_over


def test_one_proven_answer_that_turns_wrong_is_one_too_many() -> None:
    changes, _, _ = compared([asked(A)], [A], [B])
    assert not replace(QUIET, changes=changes).takes_over
    assert told(replace(QUIET, changes=changes))["changes"] == [
        {"phrase": "x", "before": ["A", None], "after": list(B)}
    ]


def test_only_what_is_sent_is_counted() -> None:
    assert tally([asked(A)] * 3, [A, B, None]) == Tally(asked=3, sure=2, right=1)


def label(text: str, scenario: str | None) -> Label:
    return Label(
        id=next(NUMBERS),
        ticket_id=1,
        message_id=1,
        source="correct",
        scenario=scenario,
        answer=None,
        language="en",
        text=text,
        operator_id=7,
        operator_name="Olga",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_a_rehearsal_leaves_a_trained_model_and_holds_back_what_the_pack_denies(tmp_path: Path) -> None:
    known = pack()
    scenario = known.scenarios[0]
    phrase = next(iter(scenario.examples.values()))[0]
    fresh = (label("zebra stripes on my parcel", scenario.key), label(phrase, known.scenarios[1].key))
    job = Job(pack=known, counted=(), fresh=fresh, policy=POLICY, saved=tmp_path / "m.npz", meanings=False)
    outcome = rehearse(job)
    assert (outcome.held, outcome.learned) == ((fresh[1].id,), 1)
    assert outcome.replay is not None
    assert outcome.replay.takes_over
    assert outcome.replay.proven > 0
    assert (tmp_path / CANDIDATE).exists()


def test_what_one_operator_calls_not_ours_is_not_answered_from_the_next_training_on(tmp_path: Path) -> None:
    known, text = pack(), "please where is my order with the piano"
    saved = tmp_path / "m.npz"
    old = Speaker.of(known, Model.train(known), POLICY).says(text)
    assert old is not None
    assert old[0] == "DELIVERY"
    fresh = (label(text, None),)
    outcome = rehearse(Job(pack=known, counted=(), fresh=fresh, policy=POLICY, saved=saved, meanings=False))
    assert outcome.held == ()
    assert outcome.replay is not None
    assert outcome.replay.takes_over
    assert outcome.against == {fresh[0].id: "DELIVERY"}
    model = Model.load(tmp_path / CANDIDATE)
    assert model is not None
    assert Speaker.of(replace(known, learned=phrases_of(fresh)), model, POLICY).says(text) == (UNKNOWN, None)


def test_where_all_is_held_back_nothing_is_trained(tmp_path: Path) -> None:
    known = pack()
    phrase = next(iter(known.scenarios[0].examples.values()))[0]
    fresh = (label(phrase, known.scenarios[1].key),)
    outcome = rehearse(
        Job(pack=known, counted=(), fresh=fresh, policy=POLICY, saved=tmp_path / "m.npz", meanings=False)
    )
    assert (outcome.held, outcome.replay) == ((fresh[0].id,), None)
    assert not (tmp_path / CANDIDATE).exists()
