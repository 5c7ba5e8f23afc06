"""Scenario files: read with every mistake named at once, written back as people would write them."""

from services.scenarios.packs.problems import PackInvalid, Problem
from services.scenarios.packs.reading import PackReading, inspect_pack, read_pack, scenario_files
from services.scenarios.packs.versions import pack_version
from services.scenarios.packs.writing import write_pack

__all__ = [
    "PackInvalid",
    "PackReading",
    "Problem",
    "inspect_pack",
    "pack_version",
    "read_pack",
    "scenario_files",
    "write_pack",
]
