"""Renew the lists of exact Python packages from requirements.in (needs the network)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from jangteo.config.machine import ROOT, Trouble

LISTS = {"requirements.in": "requirements.lock", "requirements-node.in": "requirements-node.lock"}


def run(arguments: list[str]) -> int:
    """Resolve with a tool of the moment's own; other arguments go to it (e.g. --upgrade)."""
    with tempfile.TemporaryDirectory() as folder:
        tool = ["-m", "pip", "install", "--quiet", "--target", folder, "uv"]
        if subprocess.run([sys.executable, *tool], check=False).returncode:
            raise Trouble("The resolver could not be downloaded; look whether you are online.")
        for source, target in LISTS.items():
            _resolve(Path(folder), source, target, arguments)
    return 0


def _resolve(folder: Path, source: str, target: str, arguments: list[str]) -> None:
    command = [
        *(str(folder / "bin" / "uv"), "pip", "compile", source, "--output-file", target),
        *("--generate-hashes", "--universal", "--python-version", "3.11", "--no-header"),
        *("--no-emit-index-url", "--quiet", *arguments),
    ]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        raise Trouble(f"{source} could not be resolved; mend what is said above.")
