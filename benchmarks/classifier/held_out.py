"""The starter pack on messages by other hands than its phrases."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.classifier.answers import cross_validated
from benchmarks.classifier.asked import asked
from benchmarks.classifier.kinds import kinds
from benchmarks.classifier.measuring import peak_mb, resident_mb
from benchmarks.classifier.odds import odds, shift_and_stretch
from benchmarks.progress import doing

if TYPE_CHECKING:
    from benchmarks.classifier.floors import Floors
    from services.classify.local import LocalClassifier
    from services.evaluation import Example, Outcome

FOLDER: Final = Path(__file__).with_name("messages")
LOOKED_AT: Final = ("first", "school", "shop", "cloud", "plain")
"""Hands whose misread messages led to phrases in the pack; calibration was set on them too."""
UNSEEN: Final = ("prints", "audit")
"""Hands whose messages led to no phrase: only their figures were looked at."""
SCENARIOS: Final = Path(__file__).parents[2] / "scenarios"
HEAD: Final = f"{'hand':<10} {'lines':>5} {'acc':>6} {'auroc':>6} {'ece':>6} {'auto':>6} {'right':>6} {'p99 ms':>7}"


def messages(hands: Sequence[str] = (*LOOKED_AT, *UNSEEN)) -> tuple[Example, ...]:
    """Return the messages of some hands: 346 by the first, 240 by each other one, a fifth of them out of scope."""
    from services.evaluation import read_examples

    return tuple(example for hand in hands for example in read_examples(FOLDER / f"{hand}.jsonl"))


def held_out(answer_at: float, clarify_at: float, floors: Floors) -> LocalClassifier:
    """Print how the starter pack does; return the engine that has learned it."""
    from services.classify.local import Encoder, LocalClassifier, Model, training
    from services.evaluation import evaluate, report, table
    from services.scenarios.packs import read_pack

    pack = read_pack(SCENARIOS)
    doing("the starter pack is learned")
    before, began = resident_mb(), time.process_time()
    words = Model.train(pack)
    trained, began = time.process_time() - began, time.process_time()
    encoder = Encoder()
    local = LocalClassifier(Model(training.deepened(words.knowledge, encoder), encoder))
    meant = time.process_time() - began
    doing("")
    print(f"Starter pack: words learned in {trained:.2f} s of CPU, the meaning in {meant:.2f} s, ", end="")
    print(f"keeps {resident_mb() - before:.0f} MB, peak {peak_mb() - before:.0f} MB\n\n{HEAD}")
    found: dict[str, tuple[Outcome, ...]] = {}
    for hand in (*LOOKED_AT, *UNSEEN):
        doing(f"messages of {hand}")
        found[hand] = asyncio.run(evaluate(messages([hand]), local))
        doing("")
        print(_line(hand, found[hand], answer_at, clarify_at))
    unseen = [outcome for hand in UNSEEN for outcome in found[hand]]
    print(f"\nThe hands never looked at, together ({', '.join(UNSEEN)}):")
    print(table(report(unseen, answer_at=answer_at, clarify_at=clarify_at)))
    everyone = report(
        [outcome for hand in found for outcome in found[hand]], answer_at=answer_at, clarify_at=clarify_at
    )
    asks = np.mean([not local.model.settled(local.read(message.text)) for message in messages()])
    print(f"All hands: accuracy {everyone.accuracy or 0:.3f}, answered {everyone.auto_share or 0:.3f}, ", end="")
    print(f"right {everyone.auto_precision or 0:.3f}; {asks:.3f} ask the encoder")
    floors.hold(
        "hands",
        accuracy=everyone.accuracy or 0.0,
        sent=everyone.auto_share or 0.0,
        right=everyone.auto_precision or 0.0,
        ece=everyone.ece or 0.0,
        asked=float(asks),
    )
    print("\nWhat would set the odds right now (0 and 1: nothing), each time from the other hands:")
    print("\n".join(_odds({hand: found[hand] for hand in LOOKED_AT})))
    asked(pack, local, answer_at, clarify_at)
    kinds(pack, local, answer_at, clarify_at, floors)
    cross_validated(pack)
    return local


def _line(hand: str, outcomes: Sequence[Outcome], answer_at: float, clarify_at: float) -> str:
    from services.evaluation import report

    of = report(outcomes, answer_at=answer_at, clarify_at=clarify_at)
    figures = (of.accuracy, of.oos_auroc, of.ece, of.auto_share, of.auto_precision)
    cells = " ".join("     –" if figure is None else f"{figure:>6.3f}" for figure in figures)
    return f"{hand:<10} {of.n:>5} {cells} {of.p99_ms:>7.2f}"


def _odds(found: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    for hand in found:
        others = [outcome for other, outcomes in found.items() if other != hand for outcome in outcomes]
        scores = np.array([outcome.score for outcome in others])
        shift, stretch = shift_and_stretch(odds(scores), np.array([outcome.right for outcome in others]))
        yield f"without {hand:<10} shift {shift:+.2f} stretch {stretch:.2f}"
