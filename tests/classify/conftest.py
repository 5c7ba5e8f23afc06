from __future__ import annotations

import pytest

from services.classify.local import Encoder, Model
from tests.classify.packs import pack


@pytest.fixture(scope="session")
def model() -> Model:
    return Model.train(pack())


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()
