"""./jangteo itself: one clear sentence, exit code 2, nothing half-made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the script needs, without an environment."""
    folder = tmp_path / "a copy"
    folder.mkdir()
    for name in ("jangteo", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def run(folder: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [folder / "jangteo", "help"], env={**os.environ, **env}, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip


def fake_python(folder: Path, script: str) -> str:
    path = folder / "python-fake"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_an_old_python_is_named_with_what_to_do(copy: Path, tmp_path: Path) -> None:
    done = run(copy, JANGTEO_PYTHON=fake_python(tmp_path, "exit 1"))
    assert done.returncode == 2
    assert done.stderr.startswith("jangteo: Python 3.11 or newer is needed")
    assert len(done.stderr.splitlines()) == 1
    assert not (copy / ".venv").exists()


def test_a_python_without_venv_is_named_with_what_to_do(copy: Path, tmp_path: Path) -> None:
    script = 'case "$2" in *ensurepip*) exit 1;; esac; exit 0'
    done = run(copy, JANGTEO_PYTHON=fake_python(tmp_path, script))
    assert done.returncode == 2
    assert "apt-get install python3-venv" in done.stderr
    assert not (copy / ".venv").exists()


def test_without_network_nothing_half_made_stays(copy: Path) -> None:
    offline = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": "/"}
    offline |= {"PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1", "PIP_CONFIG_FILE": os.devnull}
    done = run(copy, JANGTEO_PYTHON=sys.executable, **offline)
    assert done.returncode == 2
    assert "look whether this machine is online" in done.stderr
    assert not (copy / ".venv").exists()
    assert not (copy / ".venv.before").exists()


def test_a_failed_renewal_keeps_the_environment_that_was_there(copy: Path) -> None:
    (copy / ".venv").mkdir()
    (copy / ".venv" / "kept").write_text("yes")
    done = run(copy, JANGTEO_PYTHON=sys.executable, PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert done.returncode == 2
    assert (copy / ".venv" / "kept").read_text() == "yes"


def test_help_lists_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jangteo.config.commands", "help"], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=True,
    )  # fmt: skip
    folder = ROOT / "src" / "jangteo" / "config" / "commands"
    for path in folder.glob("[!_]*.py"):
        line = next(row for row in done.stdout.splitlines() if row.split()[:1] == [path.stem])
        assert len(line.split()) > 2, f"{path.stem} does not say what it does"
