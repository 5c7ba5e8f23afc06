"""Urgent messages, and calm ones that sound alike, by a hand that saw neither patterns nor phrases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.classifier.floors import Floors
from services.classify.urgency import of_words

if TYPE_CHECKING:
    from services.classify.local import LocalClassifier

FILE: Final = Path(__file__).with_name("messages") / "urgent.jsonl"
HEAD: Final = f"\n{'urgent':<10} {'lines':>5} {'words':>6} {'found':>6}"


def urgent(local: LocalClassifier, floors: Floors) -> None:
    """Print how many of each reason are found, by words alone and with what they mean; of calm ones, how many too."""
    lines = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    words = np.array([of_words(line["text"]) != "low" for line in lines])
    meant = np.array([local.verdict(line["text"]).urgency is not None for line in lines])
    of = np.array([line["reason"] or "calm" for line in lines])
    print(HEAD)
    for name in (*(one for one in dict.fromkeys(of.tolist()) if one != "calm"), "all", "calm"):
        here = of != "calm" if name == "all" else of == name
        print(f"{name:<10} {here.sum():>5} {words[here].mean():>6.3f} {(words | meant)[here].mean():>6.3f}")
    found, raised = (float((words | meant)[here].mean()) for here in (of != "calm", of == "calm"))
    floors.hold("urgent: all", found=found, raised=raised)
