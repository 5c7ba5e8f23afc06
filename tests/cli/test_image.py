"""The container image holds what the package needs; there may be no engine here to build it with."""

import os
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def packages() -> list[str]:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(document["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def test_every_package_is_copied_and_not_ignored() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name in [*packages(), "scenarios"]:
        assert f"COPY {name}/ {name}/\n" in dockerfile
        assert f"!{name}" in let_in


def test_every_copied_file_is_there_and_let_in() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for path in copied:
        assert (ROOT / path).exists()
        assert f"!{path.partition('/')[0]}" in let_in


def test_the_ci_script_is_a_script_that_can_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["/bin/bash", "-n", str(script)], check=True)
