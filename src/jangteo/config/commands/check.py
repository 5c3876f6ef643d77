"""Look the source over without running it: style, types, imports, migrations, translations."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jangteo.config.machine import ROOT

BIN = Path(sys.executable).parent
DJANGO = [sys.executable, "-W", "ignore", "-m", "django"]
CHECKS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy")],
    "style": [str(BIN / "ruff"), "check", "--quiet"],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet"],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "settings": [*DJANGO, "check"],
    "migrations": [*DJANGO, "makemigrations", "--check", "--dry-run"],
    "translations": [sys.executable, "-m", "jangteo.config.commands", "translate", "--check"],
}


def run(arguments: list[str]) -> int:
    """Run all, print what failed; exit code 1 if any did."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_check, CHECKS.values()))
    failed = 0
    for name, result in zip(CHECKS, results, strict=True):
        failed += bool(result.returncode)
        print(f"{'FAILED' if result.returncode else 'ok':<7}{name}")
        if result.returncode:
            print(result.stdout + result.stderr)
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} in {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def _check(command: list[str]) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "jangteo.config.settings"}
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
