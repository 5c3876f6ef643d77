"""Ask the independent verifier: about a frozen bundle, or about cases of award arithmetic."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from jangteo.records.verifier.asking import NoAnswer as NoAnswer
from jangteo.records.verifier.asking import answered

#: seconds until silence about a bundle, or about many cases, is no answer
PATIENCE = 120
#: how many single answers are remembered
REMEMBERED = 1024
#: exit code -> what the verifier says of its comparison
VERDICTS = {0: "same", 1: "different"}
_ANSWER = (
    "import json, sys; from runpy import run_path; answer = run_path(sys.argv[1])['answer'];"
    " print(json.dumps([answer(one) for one in json.load(sys.stdin)]))"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """said: same, different, or none if nothing was asked; report: all that the verifier printed.

    The report holds for each check every value that the verifier computed by itself (`found`).
    """

    said: str = "none"
    report: dict[str, Any] = field(default_factory=dict)


def verify(bundle: bytes) -> Verdict:
    """What the verifier says of the bundle's bytes alone. NoAnswer, to be asked again."""
    key = hashlib.sha256(program() + bundle).hexdigest()
    found: Verdict = answered(key, lambda: _verified(bundle))
    return found


def _verified(bundle: bytes) -> Verdict:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(bundle)
        file.flush()
        done = _run([str(_script()), "--json", file.name])
    report = _read(done.stdout)
    said = report.get("result", "") if isinstance(report, dict) else ""
    if done.returncode not in VERDICTS or said != VERDICTS[done.returncode]:
        raise NoAnswer(f"exit {done.returncode}")
    return Verdict(said, report)


def answers(
    cases: Sequence[dict[str, Any]], *, patience: int | None = None
) -> list[dict[str, Any]]:
    """Its answer to each case, both as docs/figures.md writes them. NoAnswer.

    patience: in seconds, PATIENCE if not given.
    """
    done = _run(["-c", _ANSWER, str(_script())], json.dumps(list(cases)).encode(), patience)
    found = _read(done.stdout)
    if done.returncode or not isinstance(found, list) or len(found) != len(cases):
        raise NoAnswer(f"exit {done.returncode}")
    return found


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """Its answer to one case, for which somebody waits. NoAnswer.

    An answer hangs on nothing but the case and the program: the same case put to the same program
    again is answered from memory. Silence is not remembered.
    """
    text = json.dumps(case, sort_keys=True)
    key = hashlib.sha256(program() + text.encode()).hexdigest()
    with _memory_lock:
        said = _memory.get(key)
    if said is None:
        said = answered(key, lambda: _said(case))
        with _memory_lock:
            _memory[key] = said
            while len(_memory) > REMEMBERED:
                del _memory[next(iter(_memory))]
    found: dict[str, Any] = json.loads(said)
    return found


_memory: dict[str, str] = {}
_memory_lock = Lock()


def _said(case: dict[str, Any]) -> str:
    return json.dumps(answers([case], patience=settings.SCORE_PATIENCE)[0])


def program() -> bytes:
    """The source of the verifier, byte for byte the one that is asked. NoAnswer if it is gone."""
    try:
        return _script().read_bytes()
    except OSError as error:
        raise NoAnswer("missing") from error


def _run(
    words: list[str], said: bytes = b"", patience: int | None = None
) -> "subprocess.CompletedProcess[bytes]":
    if not _script().is_file():
        raise NoAnswer("missing")
    try:
        return subprocess.run(
            [sys.executable, *words], input=said, capture_output=True, check=False,
            timeout=PATIENCE if patience is None else patience,
        )  # fmt: skip
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
