"""The independent verifier, a package of its own: what it says of a bundle, and its source."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from jangteo.ground.errors import N_, Refusal

PATIENCE = 120
#: exit code -> what the verifier says of its comparison
VERDICTS = {0: "same", 1: "different"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """said: same, different, or none if nothing was asked; report: all that the verifier printed.

    The report holds for each check every value that the verifier computed by itself (`found`).
    """

    said: str = "none"
    report: dict[str, Any] = field(default_factory=dict)


def verify(bundle: bytes) -> Verdict:
    """What the verifier says of the bundle's bytes alone.

    It is another process. A script that is not there, a crash, a wait without end or a bundle that
    it cannot read is no answer: Refusal `opening.hold_opening.not_verified` (503), to be repeated.
    """
    script = _script()
    if not script.is_file():
        raise _no_answer("missing")
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(bundle)
        file.flush()
        try:
            done = subprocess.run(
                [sys.executable, str(script), "--json", file.name],
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _no_answer("timeout") from None
        except (OSError, MemoryError) as error:
            raise _no_answer(type(error).__name__) from error
    report = _report(done.stdout)
    said = report.get("result", "")
    if done.returncode not in VERDICTS or said != VERDICTS[done.returncode]:
        raise _no_answer(f"exit {done.returncode}")
    return Verdict(said, report)


def _report(printed: bytes) -> dict[str, Any]:
    """The report, {} if there is none; Python leaves a crash with exit code 1 as well."""
    try:
        found = json.loads(printed)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _no_answer(why: str) -> Refusal:
    return Refusal(
        "opening.hold_opening.not_verified",
        N_("The independent check of the result could not be run. Nothing was written."),
        repair=N_("Start the opening again in a minute; if it goes on, tell the operator."),
        status=503,
        why=why,
    )


def verifier_program() -> bytes:
    """The source of the verifier, byte for byte the one that every opening is checked with."""
    return _script().read_bytes()


def _script() -> Path:
    return Path(settings.ROOT) / "verifier" / "jangteo_verify.py"
