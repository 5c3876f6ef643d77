"""Ask the independent verifier, a package of its own, before anything is published."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from jangteo.ground.errors import N_, Refusal

PATIENCE = 120
#: exit code -> what the verifier says of its comparison
VERDICTS = {0: "same", 1: "different"}


def verify(bundle: bytes) -> str:
    """same or different, as the verifier says of the bundle's bytes alone.

    It is another process. A script that is not there, a crash, a wait without end or a bundle that
    it cannot read is no answer: Refusal `opening.hold_opening.not_verified` (503), to be repeated.
    """
    script = Path(settings.ROOT) / "verifier" / "jangteo_verify.py"
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
    said = _result(done.stdout)
    if done.returncode not in VERDICTS or said != VERDICTS[done.returncode]:
        raise _no_answer(f"exit {done.returncode}")
    return said


def _result(printed: bytes) -> Any:
    """What the report names as its result; Python leaves a crash with exit code 1 as well."""
    try:
        return json.loads(printed)["result"]
    except (ValueError, KeyError, TypeError):
        return ""


def _no_answer(why: str) -> Refusal:
    return Refusal(
        "opening.hold_opening.not_verified",
        N_("The independent check of the result could not be run. Nothing was written."),
        repair=N_("Start the opening again in a minute; if it goes on, tell the operator."),
        status=503,
        why=why,
    )
