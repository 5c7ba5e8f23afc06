"""A model in a file: the same after a round trip, and no file at all when anything is wrong with it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.classify.local import Model, learned, storage
from services.classify.local.batches import AT_ONCE, packed, unpacked
from storage.records import Template
from tests.classify.packs import pack

HELLO = Template(language="en", text="Hello!")
TEXTS = ("верните деньги", "wheres my order", "расскажи анекдот", "", "privet")


def test_a_saved_model_says_the_same(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "new" / "model.npz"
    model.save(path)
    loaded = Model.load(path)
    assert loaded is not None
    assert loaded.version == model.version
    assert loaded.knows(pack())
    assert [loaded.judge(text) for text in TEXTS] == [model.judge(text) for text in TEXTS]
    assert [entry.name for entry in path.parent.iterdir()] == ["model.npz"]


def test_a_model_knows_its_phrases_whatever_else_is_edited(model: Model) -> None:
    taught = pack()
    edited = tuple(replace(scenario, description="new", templates=(HELLO,)) for scenario in taught.scenarios)
    assert model.knows(replace(taught, scenarios=edited, version="another"))
    assert not model.knows(replace(taught, scenarios=taught.scenarios[1:]))
    assert not model.knows(replace(taught, background=taught.background[1:]))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a model", b"\x93NUMPY\x01\x00", b"\x80\x04K\x01."])
def test_another_file_is_no_model(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    assert Model.load(path) is None


def test_no_file_or_a_folder_is_no_model(tmp_path: Path) -> None:
    assert Model.load(tmp_path / "missing.npz") is None
    assert Model.load(tmp_path) is None


@pytest.mark.parametrize("changed", [{"format": 0}, {"format": None}, {"topics": [["a"]]}, {"chosen": [0, 1, 2]}])
def test_a_foreign_header_is_no_model(model: Model, tmp_path: Path, changed: dict[str, Any]) -> None:
    arrays = storage.encode(model.knowledge)
    header = json.loads(arrays["header"].tobytes()) | changed
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(tmp_path / "model.npz", **arrays)
    assert Model.load(tmp_path / "model.npz") is None


@pytest.mark.parametrize("changed", [{"terms0": ["a"]}, {"terms1": [[]]}, {"lessons": [["a"]]}, {"lessons": "a"}])
def test_a_foreign_list_is_no_model(model: Model, tmp_path: Path, changed: dict[str, Any]) -> None:
    arrays = storage.encode(model.knowledge) | {name: packed(entries) for name, entries in changed.items()}
    np.savez(tmp_path / "model.npz", **arrays)
    assert Model.load(tmp_path / "model.npz") is None


def test_long_lists_are_read_a_batch_at_a_time() -> None:
    """JSON is read without letting another thread run: one line for all would hold up whoever asks meanwhile."""
    entries = [f"слово\n{number}\ud83d" for number in range(2 * AT_ONCE + 1)]
    assert unpacked(packed(entries)) == entries
    assert len(packed(entries).tobytes().splitlines()) == 3
    assert unpacked(packed([])) == []


@pytest.mark.parametrize("missing", ["header", "lessons", "terms1", "weights", "values", "trust"])
def test_a_missing_part_is_no_model(model: Model, tmp_path: Path, missing: str) -> None:
    arrays = storage.encode(model.knowledge)
    del arrays[missing]
    np.savez(tmp_path / "model.npz", **arrays)
    assert Model.load(tmp_path / "model.npz") is None


def test_a_pickle_inside_is_never_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / "model.npz", header=np.array([{"format": storage.FORMAT}], dtype=object))
    assert Model.load(tmp_path / "model.npz") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # reading waits for the disk
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_never_raises(model: Model, tmp_path: Path, at: float, byte: int, *, cut: bool) -> None:
    path = tmp_path / "model.npz"
    if not path.exists():
        model.save(path)
        path.with_suffix(".whole").write_bytes(path.read_bytes())
    whole = bytearray(path.with_suffix(".whole").read_bytes())
    place = int(at * len(whole))
    whole[place] = byte
    path.write_bytes(whole[:place] if cut else whole)
    loaded = Model.load(path)
    assert loaded is None or loaded.judge("верните деньги") == model.judge("верните деньги")


async def test_a_pack_is_learned_once_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    first = await learned(pack(), path)
    written = path.stat().st_mtime_ns
    again = await learned(pack(), path)
    assert path.stat().st_mtime_ns == written
    assert first.version == again.version
    less = pack(background={})
    assert (await learned(less, path)).knows(less)
