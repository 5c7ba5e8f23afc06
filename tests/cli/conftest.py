import os
import shutil
from pathlib import Path

import pytest

from bot.settings import keys
from bot.trained import MODEL
from tests.learned import learned_once
from tests.packs import SHOP
from tests.shared import lend_encoder


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the developer has set, the tests start from the defaults."""
    for name in [name for name in os.environ if name.startswith(keys.PREFIX) or name in keys.ALIASES]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, trained_model: Path) -> Path:
    """Give a folder with a pack where the shipped one would be, and the engine trained on it."""
    folder = tmp_path_factory.mktemp("trained")
    shutil.copytree(SHOP, folder / "scenarios")
    (folder / MODEL.parent).mkdir()
    (folder / MODEL).symlink_to(trained_model)
    lend_encoder(trained_model, folder / MODEL.parent)
    return folder


@pytest.fixture
def starter(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of that folder."""
    shutil.copytree(trained, tmp_path, symlinks=True, dirs_exist_ok=True)
    learned_once(monkeypatch)
    monkeypatch.chdir(tmp_path)
    return tmp_path
