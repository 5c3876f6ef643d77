"""Ask the independent verifier: about a frozen bundle, or about cases of award arithmetic."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

#: seconds until silence is no answer
PATIENCE = 120
#: exit code -> what the verifier says of its comparison
VERDICTS = {0: "same", 1: "different"}
_ANSWER = (
    "import json, sys; from runpy import run_path; answer = run_path(sys.argv[1])['answer'];"
    " print(json.dumps([answer(one) for one in json.load(sys.stdin)]))"
)


class NoAnswer(Exception):
    """The verifier is missing, crashed, was silent or could not read; why says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Verdict:
    """said: same, different, or none if nothing was asked; report: all that the verifier printed.

    The report holds for each check every value that the verifier computed by itself (`found`).
    """

    said: str = "none"
    report: dict[str, Any] = field(default_factory=dict)


def verify(bundle: bytes) -> Verdict:
    """What the verifier says of the bundle's bytes alone. NoAnswer, to be asked again."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(bundle)
        file.flush()
        done = _run([str(_script()), "--json", file.name])
    report = _read(done.stdout)
    said = report.get("result", "") if isinstance(report, dict) else ""
    if done.returncode not in VERDICTS or said != VERDICTS[done.returncode]:
        raise NoAnswer(f"exit {done.returncode}")
    return Verdict(said, report)


def answers(cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Its answer to each case, both as docs/figures.md writes them. NoAnswer."""
    done = _run(["-c", _ANSWER, str(_script())], json.dumps(list(cases)).encode())
    found = _read(done.stdout)
    if done.returncode or not isinstance(found, list) or len(found) != len(cases):
        raise NoAnswer(f"exit {done.returncode}")
    return found


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """Its answer to one case. NoAnswer.

    An answer hangs on nothing but the case and the program: the same case put to the same program
    again is answered from memory.
    """
    made = hashlib.sha256(program()).hexdigest()
    found: dict[str, Any] = json.loads(_said(made, json.dumps(case, sort_keys=True)))
    return found


@lru_cache(maxsize=1024)
def _said(program: str, case: str) -> str:
    """Silence is not remembered."""
    return json.dumps(answers([json.loads(case)])[0])


def program() -> bytes:
    """The source of the verifier, byte for byte the one that is asked. NoAnswer if it is gone."""
    try:
        return _script().read_bytes()
    except OSError as error:
        raise NoAnswer("missing") from error


def _run(words: list[str], said: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    if not _script().is_file():
        raise NoAnswer("missing")
    try:
        return subprocess.run(
            [sys.executable, *words], input=said, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoAnswer("timeout") from None
    except (OSError, MemoryError) as error:
        raise NoAnswer(type(error).__name__) from error


def _read(printed: bytes) -> Any:
    """What was printed, None if it is no JSON; Python leaves a crash with exit code 1 as well."""
    try:
        return json.loads(printed)
    except ValueError:
        return None


def _script() -> Path:
    return Path(settings.ROOT) / "verifier" / "jangteo_verify.py"
