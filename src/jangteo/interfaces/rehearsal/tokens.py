"""The tokens of a practice world's people, kept for its owner's own commands."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jangteo.ground.errors import N_, Fault, Refusal
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.offices import OFFICES
from jangteo.interfaces.rehearsal.play import Agency, Supplier

PEOPLE = ("contract", *OFFICES)
#: of the file; one more when it changes
FORM = 2


def operator_of(var: Path) -> str:
    """A fresh operator's token of the Jangteo that runs from a folder."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "jangteo.config.commands", "operator"],
        env=kept | {"JANGTEO_VAR": str(var), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Fault(f"no operator could be entered: {done.stderr[-1000:]}")
    return done.stdout.strip().splitlines()[-1]


def _token(person: Any) -> str:
    return str(person.headers["Authorization"]).removeprefix("Bearer ")


def keep(path: Path, agencies: list[Agency], suppliers: list[Supplier]) -> None:
    """Write the people's tokens, readable by the owner alone."""
    facts = {
        "form": FORM,
        "agencies": [
            [one.regime, {office: _token(getattr(one, office)) for office in PEOPLE}]
            for one in agencies
        ],
        "suppliers": [[one.identifier, one.name, _token(one.agent)] for one in suppliers],
    }
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(facts, file, ensure_ascii=False)


def kept(path: Path, doors: Doors) -> tuple[list[Agency], list[Supplier]]:
    """The people of the practice world; Refusal `rehearsal.no_world` where there is none."""
    if not path.exists():
        raise Refusal(
            "rehearsal.no_world",
            N_("This Jangteo has no practice world."),
            repair=N_("Start one with ./jangteo up in an empty folder."),
        )
    facts = json.loads(path.read_text())
    if facts.get("form") != FORM:
        raise Refusal(
            "rehearsal.old_world",
            N_("This practice world was made by another version of Jangteo."),
            repair=N_("Start ./jangteo up in an empty folder, or remove var and start again."),
        )
    agencies = [
        Agency(regime, **{office: doors.as_(token) for office, token in people.items()})
        for regime, people in facts["agencies"]
    ]
    suppliers = [Supplier(i, name, doors.as_(token)) for i, name, token in facts["suppliers"]]
    return agencies, suppliers
