"""The rooms of `services/` are told of in three places: the contract, the package, the page for newcomers."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from typing import Final

import services
from tests.house.papers import REPOSITORY

_ROW: Final = re.compile(r"^\| `(\w+)` \| \S", re.MULTILINE)
_SENTENCE: Final = re.compile(r"^(\w+)  +\S", re.MULTILINE)


def layers() -> list[str]:
    """Return the rooms as the import contract has them, from the bottom up."""
    linter = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (rooms,) = [one for one in linter["contracts"] if one.get("containers") == ["services"]]
    return list(reversed(rooms["layers"]))


def test_the_package_names_its_rooms_in_their_order() -> None:
    assert _SENTENCE.findall(services.__doc__ or "") == layers()


def test_the_page_for_newcomers_names_them_in_the_same_order() -> None:
    page = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    rooms = page.partition("## The rooms of `services/`")[2].partition("\n## ")[0]
    assert _ROW.findall(rooms) == layers()


def test_each_room_says_what_it_is() -> None:
    assert [room for room in layers() if not import_module(f"services.{room}").__doc__] == []
