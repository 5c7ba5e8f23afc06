"""Which answer of a scenario: a head of its own for each scenario, which has read its phrases and no others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.classify.local.calibration import Doubles, Sharpness
from services.classify.local.features import Vector
from services.classify.local.rows import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Scores the answers of one scenario; the class after the last answer is the scenario without one of them."""

    columns: Ints
    """The features that the scenario's phrases have, in order: most others never occur in them."""
    weights: Floats
    """One row for each of those features, one column per class."""
    bias: Floats
    sharpness: Sharpness

    def chances(self, vector: Vector) -> Doubles:
        """Return the chances of the classes, given that the scenario is right."""
        if not len(self.columns):
            return self.sharpness.chances(self.bias.astype(float))
        places = np.minimum(np.searchsorted(self.columns, vector.columns), len(self.columns) - 1)
        here = self.columns[places] == vector.columns
        scores = vector.values[here] @ self.weights[places[here]] + self.bias
        return self.sharpness.chances(scores.astype(float))
