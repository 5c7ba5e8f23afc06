"""From a folder of scenario files to a pack, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.scenarios.packs.backgrounds import BACKGROUND, read_background
from services.scenarios.packs.parsing import Located, read_scenario
from services.scenarios.packs.phrases import Phrase, contradictions
from services.scenarios.packs.problems import Complaints, PackInvalid, Problem, in_order
from services.scenarios.packs.versions import pack_version
from storage.records import BackgroundLine, Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReading:
    """What a folder holds: the pack when nothing is wrong, and every problem, notices included."""

    pack: Pack | None
    problems: tuple[Problem, ...]


def read_pack(folder: Path) -> Pack:
    """Raise PackInvalid when there is an error; notices are for those who `inspect_pack`."""
    reading = inspect_pack(folder)
    if reading.pack is None:
        raise PackInvalid(reading.problems)
    return reading.pack


def inspect_pack(folder: Path) -> PackReading:
    problems: list[Problem] = []
    scenarios, phrases = _read_scenarios(folder, problems)
    background, more = _read_background(folder / BACKGROUND, problems)
    problems += contradictions([*phrases, *more])
    if any(problem.severity == "error" for problem in problems):
        return PackReading(pack=None, problems=in_order(problems))
    ordered = tuple(sorted((each.scenario for each in scenarios), key=lambda scenario: scenario.key))
    pack = Pack(scenarios=ordered, background=background, version=pack_version(ordered, background))
    return PackReading(pack=pack, problems=in_order(problems))


def _read_scenarios(folder: Path, problems: list[Problem]) -> tuple[list[Located], list[Phrase]]:
    files = sorted(path for path in folder.glob("*.toml") if path.is_file() and not path.name.startswith("."))
    if not files:
        problems.append(_nothing_here(folder))
    scenarios: dict[str, Located] = {}
    phrases: list[Phrase] = []
    for path in files:
        complaints = Complaints(str(path))
        text = _text(path, complaints)
        located = None if text is None else read_scenario(text, complaints)
        if located is not None and located.scenario.key:
            earlier = scenarios.setdefault(located.scenario.key, located)
            if earlier is not located:
                complaints.error(located.line, f"{located.scenario.key} stands already in {earlier.file}", "rename one")
            phrases += located.phrases
        problems += complaints.found
    return list(scenarios.values()), phrases


def _nothing_here(folder: Path) -> Problem:
    message = "no scenario files here" if folder.is_dir() else "no such folder"
    return Problem(file=str(folder), line=0, message=message, fix="name a folder with at least one *.toml scenario")


def _read_background(path: Path, problems: list[Problem]) -> tuple[tuple[BackgroundLine, ...], list[Phrase]]:
    complaints = Complaints(str(path))
    text = _text(path, complaints) if path.is_file() else None
    if not path.is_file():
        complaints.notice(0, "no background lines: questions of no scenario are harder to tell", "add off-topic lines")
    lines, phrases = read_background(text or "", complaints)
    problems += complaints.found
    return lines, phrases


def _text(path: Path, complaints: Complaints) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        complaints.error(0, f"cannot be read: {error.strerror}", "check the file and its permissions")
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        complaints.error(raw[: error.start].count(b"\n") + 1, "not UTF-8", "save the file as UTF-8")
        return None
