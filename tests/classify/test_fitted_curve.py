"""The curves of the benchmarks: how much to believe what speaks for a verdict."""

import numpy as np
import pytest

from benchmarks.classifier.blend import fitted_curve
from services.classify.local.calibration import sigmoid


@pytest.mark.parametrize("offset", [0.0, 3.0, 10.0])
def test_a_curve_is_right_on_average_however_alike_its_signs_are(offset: float) -> None:
    dice = np.random.default_rng(0)
    near = dice.uniform(0.3, 0.9, 4000)
    signs = np.column_stack((near, near - dice.uniform(0, 0.3, 4000), dice.uniform(0.3, 0.8, 4000)))
    right = dice.random(4000) < sigmoid(-4 + signs @ np.array([30.0, -24.0, -2.0]))
    found = fitted_curve((sign + offset, bool(one), 1.0) for sign, one in zip(signs, right, strict=True))
    assert abs(sigmoid(found[0] + (signs + offset) @ found[1:]).mean() - right.mean()) < 0.01
