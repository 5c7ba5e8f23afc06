"""What is written is what was read; and it is written for people."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scenarios.packs import pack_version, read_pack, write_pack
from services.scenarios.packs.toml_lines import places
from storage.records import BackgroundLine, Pack, Scenario, Template
from tests.packs import SHOP

SHIPPED = Path(__file__).parents[2] / "scenarios"

_CHARACTERS = st.characters(blacklist_categories=["Cs"])
_TEXTS = st.text(_CHARACTERS, min_size=1, max_size=40).filter(str.strip)
_WORDINGS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="{<&") | st.sampled_from('\n\t"\\'),
    max_size=60,
).map(lambda text: f"x{text}")


def _pack(phrases: list[str], wording: str, title: str, background: list[str]) -> Pack:
    scenario = Scenario(
        key="A",
        title={"ru": title, "en": title},
        description=wording,
        priority="low",
        action="answer",
        examples={"ru": tuple(phrases), "en": ("hi",)},
        templates=(Template(language="en", text=wording), Template(language="ru", text=wording)),
    )
    lines = tuple(BackgroundLine(language="en", text=text) for text in background)
    return Pack(scenarios=(scenario,), background=lines, version=pack_version([scenario], lines))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_TEXTS.map(lambda text: f"p {text}"), min_size=1, max_size=5),
    _WORDINGS,
    _TEXTS,
    st.lists(_TEXTS.map(lambda text: f"b {text}"), max_size=4),
)
def test_any_pack_survives_the_way_to_the_files_and_back(
    phrases: list[str], wording: str, title: str, background: list[str]
) -> None:
    pack = _pack(phrases, wording, title, background)
    with TemporaryDirectory() as folder:
        write_pack(pack, Path(folder))
        assert read_pack(Path(folder)) == pack


@pytest.mark.parametrize("pack", [SHIPPED, SHOP], ids=["shipped", "shop"])
def test_files_are_written_as_they_are(pack: Path, tmp_path: Path) -> None:
    written = write_pack(read_pack(pack), tmp_path)
    assert read_pack(tmp_path) == read_pack(pack)
    for path in written:
        assert path.read_bytes() == (pack / path.name).read_bytes()


def test_one_phrase_a_line_and_no_drafts_left(tmp_path: Path) -> None:
    write_pack(_pack(["one", 'say "two"'], "a\nb", "T", []), tmp_path)
    lines = (tmp_path / "a.toml").read_text(encoding="utf-8").splitlines()
    assert '  "one",' in lines
    assert "  'say \"two\"'," in lines
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.toml", "background.jsonl"]


def test_a_scenario_that_is_gone_leaves_no_file_and_strangers_stay(tmp_path: Path) -> None:
    write_pack(read_pack(SHOP), tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    write_pack(_pack(["one"], "x", "T", []), tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.toml")) == ["a.toml", "pyproject.toml"]


def test_places_of_unusual_but_valid_toml() -> None:
    source = '''\
a = [[1, "x"], ["]]"]] # c "
b.c = {d = [1,
 2], "e f" = 'q'}
[[t]]
x = """
l1
l2"""
[[t]]
x = 1979-05-27 07:32:00
y = []
w = [
  # comment "
  "p", # '
  'q',
]
'''
    found = places(source)
    assert found["b", "c", "d", 1].line == 3
    assert found["b", "c", "e f"].line == 3
    assert found["t", 0, "x"] == (5, 6, 7)
    assert found["t", 1, "w", 1].line == 14
    assert found["a", 1, 0].line == 1
