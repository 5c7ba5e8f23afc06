"""The encoder's numbers in files: they say the same as its package, and anything wrong with them is made good."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from services.classify.local import Encoder
from services.classify.local.files import DAMAGE
from services.classify.local.rows import Floats
from services.classify.local.weights import REST, TABLE, kept, opened

TEXTS = [
    "",
    "Where is my order?",
    "Верните деньги, пожалуйста",
    "ich möchte mein Geld zurück",
    "注文はどこですか",
    "🙂",
]


@pytest.fixture(scope="module")
def right(encoder: Encoder) -> Floats:
    found = encoder.vectors(TEXTS)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("encoder")
    assert not kept(made)
    Encoder(made).vectors([""])
    return made


def said(folder: Path) -> Floats:
    found = Encoder(folder).vectors(TEXTS)
    assert found is not None
    return found


@pytest.mark.long
def test_from_files_it_says_the_same(folder: Path, right: Floats) -> None:
    assert kept(folder)
    np.testing.assert_array_equal(said(folder), right)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.fixture
def harmed(folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the files, to be harmed."""
    return Path(shutil.copytree(folder, tmp_path / "harmed"))


@pytest.mark.parametrize("name", [TABLE, REST])
@pytest.mark.parametrize("harm", [cut, changed, emptied, Path.unlink])
@pytest.mark.long
def test_damage_is_seen(harmed: Path, name: str, harm: Callable[[Path], None]) -> None:
    harm(harmed / name)
    with pytest.raises(DAMAGE):
        opened(harmed)


@pytest.mark.parametrize("name", [TABLE, REST])
@pytest.mark.long
def test_what_is_damaged_is_written_anew(folder: Path, harmed: Path, right: Floats, name: str) -> None:
    changed(harmed / name)
    np.testing.assert_array_equal(said(harmed), right)
    assert (harmed / TABLE).read_bytes() == (folder / TABLE).read_bytes()


def test_where_nothing_can_be_written_it_works_all_the_same(tmp_path: Path, right: Floats) -> None:
    (tmp_path / "a file").write_text("no folder")
    np.testing.assert_array_equal(said(tmp_path / "a file"), right)


def test_what_fails_while_encoding_is_not_asked_again() -> None:
    calls = []

    def fails(texts: object) -> object:
        calls.append(texts)
        raise ValueError("a table cut short")

    encoder = Encoder(load=lambda: fails)
    assert encoder.vectors(["one"]) is None
    assert encoder.vectors(["two"]) is None
    assert encoder.broken
    assert len(calls) == 1
