"""`python -m benchmarks.classifier.blend [DATA]`: the numbers of `services/classify/local/blending.py`, fitted anew.

Each set is judged by numbers that were fitted on the others: messages by other hands than the phrases, and real ones of
other businesses. The pack's own phrases take no part, nor do sets of which nearly nothing is ours: no business has such
customers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np

from benchmarks.classifier import asked, public
from benchmarks.classifier.held_out import LOOKED_AT, SCENARIOS, UNSEEN, messages
from benchmarks.classifier.strangers import REAL, UNKNOWN, Line, strangers
from benchmarks.shipped import ANSWER_AT
from services.classify.local import Encoder, LocalClassifier, Model, blending, opinions
from services.classify.local.calibration import Doubles, sigmoid
from services.classify.local.knowledge import Knowledge
from services.classify.local.meaning import Meant
from services.classify.local.reading import Chosen, Reading
from services.classify.local.wordings import wordings
from services.evaluation import measures
from services.scenarios.packs import read_pack

HANDS: Final = 4.0
"""Weight of a hand: what it writes is nearer to what a business sees that keeps its pack."""
LEAN: Final = 1.0
ROUNDS: Final = 60
HALVINGS: Final = 30
TRADES: Final = "trades"
Curve = Literal["SCENARIO", "SCENARIO_BY_WORDS", "ANSWER", "ANSWER_BY_WORDS"]
Curves = Mapping[Curve, Doubles]
Weighted = tuple[Doubles, bool, float]
"""What speaks for something, whether it is so, and how much that counts."""
HEAD: Final = (
    f"{'set':<12} {'lines':>5} {'asked':>6}  {'auroc':>6} {'ece':>6} {'sent':>6} {'right':>6}"
    f"  {'auroc':>6} {'ece':>6} {'sent':>6} {'right':>6}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message, and what the engine would say about its scenario and answer before it knows how sure to be."""

    settled: bool
    scenario: Doubles
    scenario_right: bool
    answer: Doubles | None
    """None where the scenario has no answers."""
    answer_right: bool | None
    """None where any text of the scenario would do, or none."""
    text_right: bool
    named: bool
    """Whether a single text is named, and the scenario not less likely than none of them."""
    ours: bool
    none: bool

    def sure(self, curves: Curves) -> tuple[float, float]:
        """Return the confidence in the scenario, and in the text."""
        how: tuple[Curve, Curve] = ("SCENARIO_BY_WORDS", "ANSWER_BY_WORDS") if self.settled else ("SCENARIO", "ANSWER")
        scenario = _chance(curves[how[0]], self.scenario)
        text = scenario if self.answer is None else scenario * _chance(curves[how[1]], self.answer)
        return scenario, text if self.named else min(text, 0.5)


def blend(data: Path | None = None) -> None:
    model = Model.train(read_pack(SCENARIOS), Encoder())
    hands = {
        hand: tuple(Line(text=one.text, fits=(one.scenario,)) for one in messages([hand]))
        for hand in (*LOOKED_AT, *UNSEEN)
    }
    real = strangers(public.folder(data))
    sets = hands | {name: real[name] for name in REAL} | {TRADES: tuple(_line(one) for one in asked.lines())}
    cases = {name: cases_of(model, lines) for name, lines in sets.items()}
    weights = {name: HANDS if name in hands else 1.0 for name in cases}
    sure = {name: _judged(cases[name], fitted(cases, weights, without=name)) for name in cases}
    print(f"Each by numbers fitted on the others. First the scenario, then the text that would be sent:\n{HEAD}")
    groups = {name: (name,) for name in cases} | {"strangers": (*REAL, TRADES), "hands": tuple(hands)}
    for name, members in groups.items():
        print(_row(name, [case for one in members for case in cases[one]], np.vstack([sure[one] for one in members])))
    for curve, numbers in fitted(cases, weights).items():
        print(f"{curve}: {numbers.round(2).tolist()}, in use {getattr(blending, curve).weights.tolist()}")


def fitted(cases: Mapping[str, Sequence[Case]], weights: Mapping[str, float], without: str | None = None) -> Curves:
    """Fit all curves; a set counts by the root of its size: a large one says more, but not all."""
    some = [
        (case, weights[name] / max(len(those), 1) ** 0.5)
        for name, those in cases.items()
        if name != without
        for case in those
    ]
    answered = [(case, weight) for case, weight in some if case.answer_right is not None]
    return {
        "SCENARIO": fitted_curve(
            (case.scenario, case.scenario_right, weight) for case, weight in some if not case.settled
        ),
        "SCENARIO_BY_WORDS": fitted_curve(
            (case.scenario, case.scenario_right, weight) for case, weight in some if case.settled
        ),
        "ANSWER": fitted_curve(_answers(answered, settled=False)),
        "ANSWER_BY_WORDS": fitted_curve(_answers(answered, settled=True)),
    }


def _answers(cases: Iterable[tuple[Case, float]], *, settled: bool) -> Iterator[Weighted]:
    for case, weight in cases:
        if case.settled is settled and case.answer is not None and case.answer_right is not None:
            yield case.answer, case.answer_right, weight


def fitted_curve(weighted: Iterable[Weighted]) -> Doubles:
    """Fit a logistic curve by Newton's method: the constant, and a weight for each sign."""
    signs, right, weights = (np.array(part, float) for part in zip(*weighted, strict=True))
    weights = weights / weights.mean()
    inputs, found = np.column_stack((np.ones(len(signs)), signs)), np.zeros(signs.shape[1] + 1)
    lean = np.diag([LEAN / 100] + [LEAN] * signs.shape[1])

    def loss(curve: Doubles) -> float:
        logits = inputs @ curve
        return float(weights @ (np.logaddexp(0, logits) - right * logits) + curve @ lean @ curve / 2)

    for _ in range(ROUNDS):
        chance = sigmoid(inputs @ found)
        slope = inputs.T @ (weights * (chance - right)) + lean @ found
        bend = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + lean
        step = np.linalg.solve(bend, slope)
        found = found - _downhill(loss, found, step)
    return found


def _downhill(loss: Callable[[Doubles], float], found: Doubles, step: Doubles) -> Doubles:
    """Halve a step until it leads down: a whole one goes too far where the signs are much alike."""
    here = loss(found)
    for _ in range(HALVINGS):
        if loss(found - step) <= here:
            return step
        step = step / 2
    return np.zeros_like(step)


def _chance(curve: Doubles, signs: Doubles) -> float:
    return float(sigmoid(curve[0] + signs @ curve[1:]))


def cases_of(model: Model, lines: Sequence[Line]) -> list[Case]:
    encoder, meaning = model.encoder, model.knowledge.meaning
    assert encoder is not None
    assert meaning is not None
    readings = [LocalClassifier(model).read(line.text) for line in lines]
    vectors = encoder.vectors([wording for reading in readings for wording in wordings(reading.text)])
    assert vectors is not None
    means = vectors.reshape(len(lines), -1, vectors.shape[1]).mean(axis=1)
    return [
        _case(model.knowledge, line, reading, meaning.of(mean))
        for line, reading, mean in zip(lines, readings, means, strict=True)
    ]


def _case(known: Knowledge, line: Line, reading: Reading, meaning: Meant) -> Case:
    settled = opinions.settled(known, reading)
    signs: Doubles
    if settled:
        chances, signs, choice = reading.chances, blending.scenario_signs_by_words(reading), reading.chosen
        answer = None if choice is None else blending.answer_signs_by_words(choice, reading)
    else:
        chances, signs = blending.scenarios(known, reading, meaning)
        choice, answer = blending.answers(known, reading, meaning, int(chances[:-1].argmax()))
    topic = known.topics[int(chances[:-1].argmax())]
    some = {fits for fits in line.fits if fits.startswith(f"{topic.key}/")}
    best = f"{topic.key}/{topic.answers[int(choice.chances[:-1].argmax())]}" if choice else ""
    particular = choice is not None and bool(some) and topic.key not in line.fits
    single = choice is None or _single(choice)
    return Case(
        settled=settled,
        scenario=signs,
        scenario_right=topic.key in line.fits or bool(some),
        answer=answer,
        answer_right=best in line.fits if particular else None,
        text_right=topic.key in line.fits or (best in line.fits if single else bool(some)),
        named=single and bool(chances[-1] < chances[:-1].max()),
        ours=UNKNOWN[0] not in line.fits,
        none=line.fits == UNKNOWN,
    )


def _single(choice: Chosen) -> bool:
    return bool(choice.chances[:-1].max() > choice.chances[-1])


def _line(message: asked.Line) -> Line:
    return Line(text=message.text, fits=tuple(place.replace(".", "/") for place in sorted(message.helps)))


def _judged(cases: Sequence[Case], curves: Curves) -> Doubles:
    return np.array([case.sure(curves) for case in cases])


def _row(name: str, cases: Sequence[Case], sure: Doubles) -> str:
    right = np.array([(case.scenario_right, case.text_right) for case in cases])
    ours, none = (np.array([getattr(case, which) for case in cases]) for which in ("ours", "none"))
    asks = np.mean([not case.settled for case in cases])
    cells = []
    for level in (0, 1):
        auroc = measures.auroc(sure[ours, level], sure[none, level])
        sent = sure[:, level] >= ANSWER_AT
        precision = f"{right[sent, level].mean():>6.3f}" if sent.any() else f"{'–':>6}"
        ece = measures.calibration_error(sure[:, level], right[:, level])
        cells.append(f"{'–':>6}" if auroc is None else f"{auroc:>6.3f}")
        cells.append(f"{ece:>6.3f} {sent.mean():>6.3f} {precision} ")
    return f"{name:<12} {len(cases):>5} {asks:>6.3f}  {' '.join(cells)}"


if __name__ == "__main__":
    blend(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
