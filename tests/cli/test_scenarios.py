import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import call
from services.scenarios.knowledge import load
from services.scenarios.packs import read_pack, write_pack
from storage.records import Template
from storage.store import Store
from tests.packs import SHOP
from tests.walk.conftest import home, opened

__all__ = ["home"]
STARTER = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("pack", [STARTER, SHOP], ids=["starter", "shop"])
@pytest.mark.long
def test_a_pack_without_mistakes_is_fine(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["scenarios", "check", str(pack)]) == 0
    assert f"{len(read_pack(pack).scenarios)} scenarios" in capsys.readouterr().out


def test_a_mistake_is_told_with_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mine").mkdir()
    text = (SHOP / "referral.toml").read_text(encoding="utf-8").replace('priority = "low"', 'priority = "lowest"')
    (folder / "mine" / "referral.toml").write_text(text, encoding="utf-8")
    (folder / "config.toml").write_text('[scenarios]\npath = "mine"\n')
    line = text.splitlines().index('priority = "lowest"') + 1
    assert call(["scenarios", "check"]) == 1
    out = capsys.readouterr().out
    assert f"mine/referral.toml:{line}: error: " in out
    assert out.splitlines()[-1] == "mine: 1 error"


@pytest.mark.parametrize("command", ["check", "import", "diff"])
def test_a_folder_that_is_not_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["scenarios", command, "gone"]) == 2
    assert "gone: no such folder; name " in capsys.readouterr().err


class Bench:
    """A database and a folder of files beside it."""

    def __init__(self, url: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self.files = folder / "mine"
        shutil.copytree(SHOP, self.files)
        self._capsys = capsys

    async def run(self, *args: str) -> tuple[int, str]:
        code = await asyncio.to_thread(call, ["scenarios", *args])
        return code, self._capsys.readouterr().out

    def change(self, name: str, old: str, new: str) -> None:
        file = self.files / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def bench(
    database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Bench:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SUPPORT_SCENARIOS__PATH", "mine")
    return Bench(database_url, folder, capsys)


@pytest.mark.long
async def test_import_diff_and_export_agree(bench: Bench, folder: Path) -> None:
    code, out = await bench.run("export", "out")
    assert (code, "no scenarios yet" in out) == (1, True)
    code, out = await bench.run("import")
    assert code == 0
    assert "+ REFERRAL" in out
    assert "12 scenarios" in out
    assert await bench.run("import") == (0, "nothing to change\n")
    assert await bench.run("diff") == (0, "no difference\n")

    bench.change("referral.toml", 'priority = "low"', 'priority = "high"')
    (bench.files / "thanks.toml").unlink()
    code, out = await bench.run("diff")
    assert code == 1
    assert "~ REFERRAL: priority low → high" in out
    assert "- THANKS" in out
    code, out = await bench.run("import")
    assert code == 0
    assert "~ REFERRAL: priority low → high" in out
    [kept] = (folder / "data").glob("scenarios-*")
    assert "THANKS" in {scenario.key for scenario in read_pack(kept).scenarios}

    code, out = await bench.run("export", "out")
    assert code == 0
    assert await bench.run("diff", "out") == (0, "no difference\n")
    assert read_pack(folder / "out").version == read_pack(bench.files).version


@pytest.mark.long
async def test_the_starter_pack_goes_in_and_comes_out_the_same(bench: Bench, folder: Path) -> None:
    assert (await bench.run("import", str(STARTER)))[0] == 0
    assert (await bench.run("export", "out"))[0] == 0
    assert await bench.run("diff", str(STARTER)) == (0, "no difference\n")
    assert read_pack(folder / "out").version == read_pack(STARTER).version


@pytest.mark.long
async def test_facts_go_with_the_pack(bench: Bench, folder: Path) -> None:
    await bench.run("import")
    bench.change("facts.toml", 'type = "phone"', 'type = "text"')
    code, out = await bench.run("diff")
    assert (code, "~ facts +1 -1" in out) == (1, True)
    assert "    + phone (text): " in out
    assert "~ facts +1 -1" in (await bench.run("import"))[1]
    await bench.run("export", "out")
    assert (folder / "out" / "facts.toml").read_bytes() == (bench.files / "facts.toml").read_bytes()
    assert "48 facts" in (await bench.run("check", "out"))[1]


async def test_an_import_with_a_mistake_changes_nothing(bench: Bench) -> None:
    await bench.run("import")
    bench.change("referral.toml", 'priority = "low"', 'priority = "lowest"')
    code, out = await bench.run("import")
    assert code == 1
    assert "referral.toml:" in out
    async with Store(bench.url) as store:
        referral = next(one for one in (await load(store)).scenarios if one.key == "REFERRAL")
    assert referral.priority == "low"


async def test_a_template_keeps_its_history(bench: Bench) -> None:
    await bench.run("import")
    bench.change("thanks.toml", "[[templates]]", '[[templates]]\nlanguage = "en"\ntext = "Any time."\n\n[[templates]]')
    code, out = await bench.run("diff")
    assert (code, "+ en: Any time." in out) == (1, True)
    assert (await bench.run("import"))[0] == 0


async def test_a_running_bot_learns_it_within_seconds(bench: Bench, home: Path) -> None:
    async with opened(bench.url) as house:
        house.john.send("how do I invite a friend and get the referral bonus?")
        await house.answer(house.john)
        pack = read_pack(bench.files)
        fresh = (Template(language="en", text="Fresh words of ours."),)
        scenarios = tuple(replace(one, templates=fresh) if one.key == "REFERRAL" else one for one in pack.scenarios)
        write_pack(replace(pack, scenarios=scenarios), bench.files)
        assert (await bench.run("import"))[0] == 0
        async with asyncio.timeout(90):
            while True:  # each asks once: who asks again is given to people
                somebody = house.playground.add_customer("Sam", language_code="en")
                somebody.send("how do I invite a friend and get the referral bonus?")
                if "Fresh words of ours" in (await house.answer(somebody)).text:
                    break
                await asyncio.sleep(0.5)
