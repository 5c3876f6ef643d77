"""How long the verifier takes for one opening: its arithmetic and its cryptography apart."""

import random
import time

import jangteo_verify as verify
from jangteo.interfaces.rehearsal.engines import openings

#: the last check of reading, and of keys, signatures and envelopes; the rest is arithmetic
READ, OPENED = 2, 10


def sample(bids: int = 60, seed: int = 1) -> bytes:
    """The bundle of an open competition with so many bids."""
    _, data = openings.bundle(random.Random(f"timing {seed}"), "open", bids)
    return data


def seconds(data: bytes) -> dict[str, float]:
    """Processor seconds that a bundle takes: reading, cryptography, arithmetic, whole: all three.

    ValueError if the bundle is not accepted, so that nothing is measured that stops half way.
    """
    took = {"reading": 0.0, "cryptography": 0.0, "arithmetic": 0.0}
    began = at = time.process_time()
    verifier = verify.Verifier(data)
    for number, (title, act, drawn) in enumerate(verify.CHECKS, 1):
        check = verify.Check(number, title)
        if not drawn or verifier.drawing(check):
            act(verifier, check)
        if check.differences:
            raise ValueError(f"V{number} differs: {check.differences[0]}")
        now = time.process_time()
        part = "reading" if number <= READ else "cryptography"
        took[part if number <= OPENED else "arithmetic"] += now - at
        at = now
    return took | {"whole": at - began}


def fastest(data: bytes, times: int = 5) -> dict[str, float]:
    """The shortest of several runs, part by part: what the work itself takes on this machine."""
    runs = [seconds(data) for _ in range(times)]
    return {name: min(run[name] for run in runs) for name in runs[0]}
