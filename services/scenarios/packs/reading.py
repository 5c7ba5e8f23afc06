"""From a folder of scenario files to a pack, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.scenarios.facts import ALWAYS_USED, named_facts
from services.scenarios.packs.backgrounds import BACKGROUND, read_background
from services.scenarios.packs.fact_files import FACTS, LocatedFact, read_facts
from services.scenarios.packs.parsing import Located, read_scenario
from services.scenarios.packs.phrases import Phrase, contradictions
from services.scenarios.packs.problems import Complaints, PackInvalid, Problem, in_order
from services.scenarios.packs.versions import pack_version
from storage.records import BackgroundLine, Pack, Scenario


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
    asked = _read_facts(folder / FACTS, problems)
    scenarios, phrases = _read_scenarios(folder, problems, [each.fact.key for each in asked])
    background, more = _read_background(folder / BACKGROUND, problems)
    problems += contradictions([*phrases, *more])
    problems += _unused(asked, (each.scenario for each in scenarios), str(folder / FACTS))
    if any(problem.severity == "error" for problem in problems):
        return PackReading(pack=None, problems=in_order(problems))
    ordered = tuple(sorted((each.scenario for each in scenarios), key=lambda scenario: scenario.key))
    facts = tuple(each.fact for each in asked)
    version = pack_version(ordered, background, facts)
    pack = Pack(scenarios=ordered, background=background, version=version, facts=facts)
    return PackReading(pack=pack, problems=in_order(problems))


def _read_facts(path: Path, problems: list[Problem]) -> tuple[LocatedFact, ...]:
    if not path.is_file():
        return ()
    complaints = Complaints(str(path))
    text = _text(path, complaints)
    found = () if text is None else read_facts(text, complaints)
    problems += complaints.found
    return found


def _unused(asked: Iterable[LocatedFact], scenarios: Iterable[Scenario], file: str) -> Iterator[Problem]:
    """Report what nobody needs to fill in."""
    used = frozenset().union(*(named_facts(scenario) for scenario in scenarios), ALWAYS_USED)
    for one in asked:
        if one.fact.key not in used:
            message = f"no template uses {one.fact.key}"
            fix = f"write {{{{ facts.{one.fact.key} }}}} into an answer, or remove it"
            yield Problem(file=file, line=one.line, message=message, fix=fix, severity="notice")


def _read_scenarios(folder: Path, problems: list[Problem], facts: Sequence[str]) -> tuple[list[Located], list[Phrase]]:
    files = scenario_files(folder)
    if not files:
        problems.append(_nothing_here(folder))
    scenarios: dict[str, Located] = {}
    phrases: list[Phrase] = []
    for path in files:
        complaints = Complaints(str(path))
        text = _text(path, complaints)
        located = None if text is None else read_scenario(text, complaints, facts=facts)
        if located is not None and located.scenario.key:
            earlier = scenarios.setdefault(located.scenario.key, located)
            if earlier is not located:
                complaints.error(located.line, f"{located.scenario.key} stands already in {earlier.file}", "rename one")
            phrases += located.phrases
        problems += complaints.found
    return list(scenarios.values()), phrases


def scenario_files(folder: Path) -> list[Path]:
    """Return the files of a folder that hold a scenario each, by name; none where there is no folder."""
    files = (path for path in folder.glob("*.toml") if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in files if path.name != FACTS)


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
