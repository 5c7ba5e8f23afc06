"""Scenario files: read with every mistake named at once, written back as people would write them."""

from services.packs.problems import PackInvalid, Problem
from services.packs.reading import PackReading, inspect_pack, read_pack
from services.packs.versions import pack_version
from services.packs.writing import write_pack

__all__ = ["PackInvalid", "PackReading", "Problem", "inspect_pack", "pack_version", "read_pack", "write_pack"]
