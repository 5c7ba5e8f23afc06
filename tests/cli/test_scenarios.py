from pathlib import Path

import pytest

from bot.cli import call

STARTER = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_starter_pack_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["scenarios", "check", str(STARTER)]) == 0
    assert "12 scenarios" in capsys.readouterr().out


def test_a_mistake_is_told_with_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mine").mkdir()
    text = (STARTER / "referral.toml").read_text(encoding="utf-8").replace('priority = "low"', 'priority = "lowest"')
    (folder / "mine" / "referral.toml").write_text(text, encoding="utf-8")
    (folder / "config.toml").write_text('[scenarios]\npath = "mine"\n')
    line = text.splitlines().index('priority = "lowest"') + 1
    assert call(["scenarios", "check"]) == 1
    out = capsys.readouterr().out
    assert f"mine/referral.toml:{line}: error: " in out
    assert out.splitlines()[-1] == "mine: 1 error"


def test_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["scenarios", "check", "gone"]) == 1
    assert "no such folder" in capsys.readouterr().out
