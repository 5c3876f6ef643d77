"""The import contracts hold, and each catches a violation planted in a copy of the house."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import HOUSE, ROOT

#: contract -> (file the violation is planted in, the line that breaks the contract)
PLANTED = {
    "floors": ("ground/errors.py", "import jangteo.rules"),
    "process": ("stages/tender/queries.py", "import jangteo.stages.opening.queries"),
    "rooms": ("stages/tender/queries.py", "import jangteo.stages.tender.actions"),
    "forms": ("stages/tender/forms.py", "import jangteo.stages.tender.models"),
    "counter": ("stages/tender/views.py", "import jangteo.stages.tender.models"),
    "machines": ("stages/tender/api.py", "import jangteo.stages.tender.forms"),
    "tables": ("stages/tender/models.py", "import jangteo.rules"),
    "states": ("stages/tender/states.py", "import jangteo.records.party"),
    "unseal": ("stages/bid/actions/planted.py", "import jangteo.records.vault.unseal"),
    "shares": ("interfaces/site/planted.py", "import jangteo.records.vault.opened"),
    "custody": ("interfaces/site/planted.py", "import jangteo.records.vault.custody"),
    "intake": ("interfaces/intake/app.py", "import django"),
    "links": (
        "interfaces/links/systems/bank/translate.py",
        "import jangteo.interfaces.links.systems.budget",
    ),
}


def lint(source: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the import contracts on a source folder."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", "--config", str(ROOT / ".importlinter"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=source)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the Python of the house to plant violations in."""
    shutil.copytree(
        HOUSE,
        tmp_path / "jangteo",
        ignore=lambda folder, names: [
            name for name in names if "." in name and not name.endswith(".py")
        ],
    )
    return tmp_path


def test_the_house_keeps_every_contract() -> None:
    done = lint(ROOT / "src")
    assert done.returncode == 0, done.stdout


def test_every_contract_has_a_planted_violation() -> None:
    lines = (ROOT / ".importlinter").read_text().splitlines()
    names = {line.split(":")[2].rstrip("]") for line in lines if line.startswith("[importlinter:c")}
    assert names == set(PLANTED)


@pytest.mark.parametrize("contract", sorted(PLANTED))
def test_a_planted_violation_is_caught(contract: str, copy: Path) -> None:
    name, line = PLANTED[contract]
    place = copy / "jangteo" / name
    place.write_text((place.read_text() if place.exists() else "") + f"\n{line}\n")
    done = lint(copy, "--contract", contract)
    assert done.returncode == 1, f"{line} in {name} was not caught:\n{done.stdout}"
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize("folder", ["stages/tender/utils.py", "stages/planning/__init__.py"])
def test_a_room_that_is_not_in_the_plan_is_caught(folder: str, copy: Path) -> None:
    place = copy / "jangteo" / folder
    place.parent.mkdir(exist_ok=True)
    place.write_text('"""A room nobody planned."""\n')
    done = lint(copy)
    assert done.returncode == 1, done.stdout


def test_every_system_is_named_by_its_contract() -> None:
    contract = (ROOT / ".importlinter").read_text().partition("contract:links]")[2]
    listed = {line.strip() for line in contract.splitlines() if line.startswith("    ")}
    assert listed == {"jangteo.interfaces.links.systems.*"}
