"""Ask the independent verifier, a package of its own, before anything is published."""

import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

PATIENCE = 120


def verify(bundle: bytes) -> str:
    """same, different, or none while no verifier is installed.

    It is run as another process on the bundle's bytes alone. Exit code 0 means that it came to
    the same answer; anything else, a crash or a wait without end included, is not a confirmation.
    """
    script = Path(settings.ROOT) / "verifier" / "jangteo_verify.py"
    if not script.is_file():
        return "none"
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(bundle)
        file.flush()
        try:
            done = subprocess.run(
                [sys.executable, str(script), file.name],
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "different"
    return "same" if done.returncode == 0 else "different"
