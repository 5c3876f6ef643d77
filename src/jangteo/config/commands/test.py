"""Run all that CI runs: checks, tests, journeys in a browser; or only what is named."""

import os
import shutil
import subprocess
import sys

from jangteo.config import machine, secrets, start
from jangteo.config.commands import check
from jangteo.config.machine import ROOT, Trouble

BROWSER = ("chromium", "chromium-browser")
#: the whole suite in so many workers; what shares a running system stays in one of them
MOST_WORKERS = 4
PACKAGES = ("chromium", "fonts-noto-cjk")


def run(arguments: list[str]) -> int:
    """Checks first unless tests are named; other arguments go to pytest: -k, paths, -x, -n."""
    looked = 0 if arguments else check.run([])
    if not arguments or any("journey" in word for word in arguments):
        _get_browser()
    secrets.make(machine.var() / "secrets")
    start.make_korean()  # before Django reads it: a catalogue that is missing stays missing
    command = [sys.executable, "-m", "pytest", *(arguments or _side_by_side())]
    tested = subprocess.run(command, cwd=ROOT, env=dict(os.environ), check=False).returncode
    return looked or tested


def _side_by_side() -> list[str]:
    """As many workers as there are cores, where there are several."""
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    return ["-n", str(workers), "--dist", "loadscope"] if workers > 1 else []


def _get_browser() -> None:
    """Debian's Chromium with Korean fonts; installed when we may, else said."""
    if any(shutil.which(name) for name in BROWSER):
        return
    wanted = " ".join(PACKAGES)
    if os.geteuid() or not shutil.which("apt-get"):
        raise Trouble(f"The journeys need Chromium; install it (Debian: apt-get install {wanted}).")
    print(f"Installing {wanted} …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(["apt-get", *words], env=env, capture_output=True, check=False)
        if done.returncode:
            raise Trouble(f"apt-get {words[0]} failed; install {wanted} by hand and start again.")
