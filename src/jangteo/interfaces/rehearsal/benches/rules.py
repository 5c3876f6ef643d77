"""Openings of 60 bids a second: the rules alone, the verifier's arithmetic and its cryptography.

The rules compute 15 prices, draw, reserve and floor price, rank all bids, say how the opening came
out and score the first; reasons are built when somebody reads them. Processor time is measured, on
all cores at once for the rules, on one for the verifier. `ratio` is how many times faster than
aimed a year of 500,000 openings is computed here: 4 minutes divided by the time it takes.
"""

import os
import random
import time
from collections.abc import Iterable
from datetime import date
from typing import Any

from jangteo.interfaces.rehearsal.engines import timing, work
from jangteo.rules.award.outcome import outcome
from jangteo.rules.award.ranking import Bid, rank
from jangteo.rules.award.screening import provisional
from jangteo.rules.price.draw import draw
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.preliminary import derive_rates, preliminary_prices, strata
from jangteo.rules.price.reserve import reserve_price

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
    cases = [_inputs(random.Random(f"bench {seed} {number}")) for number in numbers]
    began = time.process_time()
    for case in cases:
        _one(*case)
    return time.process_time() - began


def _inputs(chance: random.Random) -> tuple[Any, ...]:
    base = chance.randrange(100_000_000, 290_000_000)
    picks = [tuple(chance.sample(range(1, 16), 2)) for _ in range(BIDS)]
    amounts = [base * chance.randint(88_000, 101_000) // 100_000 for _ in range(BIDS)]
    bids = [Bid(f"{place:064x}", amount) for place, amount in enumerate(amounts)]
    return base, chance.randbytes(32), chance.randbytes(32), picks, bids


def _one(base: int, agency: bytes, platform: bytes, picks: Any, bids: list[Bid]) -> None:
    cut = strata("-2", "2", on=ON)
    rates = derive_rates(agency, platform, "-2", "2", cut)
    preliminary_prices(base, rates, 100, "up")
    drawn = draw(picks, [True] * BIDS, agency + platform, on=ON)
    chosen = [rates[number - 1] for number in drawn.chosen]
    reserve = reserve_price(base, chosen, 100, "up", "displayed", "up")
    a_value = base // 50
    floor = floor_price(reserve.price, "89.745", a_value)
    ranked = rank(bids, reserve, floor)
    outcome(BIDS, ranked, regime="national", on=ON, estimated_price=base * 10 // 11)
    provisional(
        amount=ranked[0].amount, reserve_price=reserve.price, a_value=a_value, on=ON,
        estimated_price=base * 10 // 11, regime="national", category="works",
    )  # fmt: skip
