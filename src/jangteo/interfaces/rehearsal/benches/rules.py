"""Openings of 60 bids a second: the rules alone, the verifier's arithmetic and its cryptography.

The rules compute 15 prices, draw, reserve and floor price, rank all bids, score every ranked one
and say how the opening came out; reasons are built when somebody reads them. Processor time is
measured, on all cores at once for the rules, on one for the verifier. `ratio` is how many times
faster than aimed a year of 500,000 openings is computed here: 4 minutes divided by its time.
"""

import os
import random
import time
from collections.abc import Iterable
from datetime import date
from typing import Any

from jangteo.interfaces.rehearsal.engines import timing, work
from jangteo.rules.award.outcome import outcome
from jangteo.rules.award.ranking import Bid
from jangteo.rules.award.whole import Tender, decide

BIDS = 60
YEAR, AIM = 500_000, 240
ON = date(2026, 3, 2)


def measure(database: str, var: Any, count: int) -> dict[str, Any]:
    """Three figures; neither database nor folder is used."""
    cores = os.cpu_count() or 1
    rules = count * cores / sum(work.shared(rules_alone, count, 1))
    verifier = timing.fastest(timing.sample(BIDS))
    arithmetic, cryptography = (cores / verifier[part] for part in ("arithmetic", "cryptography"))
    return {
        "rows": [
            (f"rules alone, {cores} cores", round(rules), "openings/s"),
            (f"verifier's arithmetic, {cores} cores", round(arithmetic), "openings/s"),
            (f"verifier's cryptography, {cores} cores", round(cryptography), "openings/s"),
            ("a year of 500,000 openings, rules", round(YEAR / rules), "s"),
            ("the aim of 240 s, divided by it", f"{AIM * rules / YEAR:.2f}", ""),
        ],
        "ratio": round(AIM * rules / YEAR, 3), "rules": round(rules),
        "arithmetic": round(arithmetic), "cryptography": round(cryptography),
        "bids": BIDS, "cores": cores,
    }  # fmt: skip


def rules_alone(numbers: Iterable[int], seed: int) -> float:
    """Processor seconds for these openings; their inputs are made outside the time."""
    cases = [_tender(random.Random(f"bench {seed} {number}")) for number in numbers]
    began = time.process_time()
    for case in cases:
        _one(case)
    return time.process_time() - began


def _tender(chance: random.Random) -> Tender:
    base = chance.randrange(100_000_000, 290_000_000)
    amounts = [base * chance.randint(88_000, 101_000) // 100_000 for _ in range(BIDS)]
    return Tender(
        on=ON, regime="national", category="works", base_amount=base,
        estimated_price=base * 10 // 11, a_value=base // 50, floor_rate="89.745", range_low="-2",
        range_high="2", seeds=(chance.randbytes(32), chance.randbytes(32)), unit=100,
        price_rounding="up", mean_of="displayed", mean_rounding="up",
        bids=[Bid(f"{place:064x}", amount) for place, amount in enumerate(amounts)],
        picks=[tuple(chance.sample(range(1, 16), 2)) for _ in range(BIDS)],
    )  # fmt: skip


def _one(tender: Tender) -> None:
    found = decide(tender)
    outcome(BIDS, found.ranked, regime=tender.regime, on=ON, estimated_price=tender.estimated_price)
