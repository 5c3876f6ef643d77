"""Play tenders through the public doors of a fresh Jangteo and keep their bundles.

    JANGTEO_VAR=… PYTHONPATH=src:. python -m tests.verifier.play [FOLDER [NAME …]]

The bundles in tests/verifier/bundles were made by this. Give another folder to compare, and names
of scenes to play only these.
"""

import hashlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

import jangteo.interfaces.rehearsal as rehearsal
from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.play import Agency, SealedPrice, Supplier
from jangteo.interfaces.rehearsal.replay.cast import agency as enter_agency
from jangteo.interfaces.rehearsal.replay.cast import enter_suppliers
from jangteo.interfaces.rehearsal.replay.lines import read
from jangteo.interfaces.rehearsal.replay.run import Played, Replay, plans_of
from jangteo.interfaces.rehearsal.replay.schedule import timetable
from jangteo.interfaces.rehearsal.stack import Stack
from jangteo.interfaces.rehearsal.tokens import operator_of
from jangteo.records.vault import seal
from tests.verifier import sealer

CASES = Path(rehearsal.__file__).parent / "cases" / "openings.jsonl"
REENACTED = "R26BK01726184-000"
START = datetime(2026, 9, 1, 9, tzinfo=KST)
DEADLINE = datetime(2026, 10, 1, 10, tzinfo=KST)
PUBLISHED = datetime(2026, 9, 18, 9, tzinfo=KST)
BASE, A_VALUE = 141_614_000, 5_432_100


@dataclass(slots=True)
class Stage:
    """A running Jangteo and its people; bundle takes one and writes it down."""

    stack: Stack
    doors: Doors
    agencies: dict[str, Agency]
    suppliers: list[Supplier]
    folder: Path
    excluded: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, name: str, number: str) -> None:
        """Save a bundle as it is served; say its state."""
        url = f"{self.doors.site_url}/api/v1/tenders/{number}/bundle"
        served = self.doors.http.get(url).raise_for_status()
        if hashlib.sha256(served.content).hexdigest() != served.headers["X-Bundle-SHA256"]:
            raise AssertionError("the bundle is not the one its hash names")
        (self.folder / f"{name}.json").write_bytes(served.content)
        result = self.doors.as_().get(f"/tenders/{number}/result")
        verified = [(key, result[key]) for key in result if "verif" in key]
        print(name, number, len(served.content), "bytes", verified, flush=True)


def terms(regime: str, **more: Any) -> dict[str, Any]:
    return {
        "title": "검증기 시험: 문화회관 외벽 보수 & “방수” 공사",
        "description": "검증기의 시험 자료를 만드는 공고입니다.",
        "site": "문화회관",
        "base_amount": BASE,
        "estimated_price": BASE * 10 // 11,
        "a_value": A_VALUE,
        "bidding_from": play.iso(DEADLINE - timedelta(hours=72)),
        "deadline": play.iso(DEADLINE),
        "opening_at": play.iso(DEADLINE + timedelta(hours=1)),
    } | more


def strange_bid(stage: Stage, number: str, supplier: Supplier, content: bytes) -> None:
    """Seal a content that the platform's own sealer would refuse, and hand it in."""
    private = generate_private_key(SECP256R1())
    ticket = supplier.agent.post(
        f"/tenders/{number}/tickets", {"agent_key": seal.public_of(private)}
    )
    context = {name: ticket[name] for name in ("tender", "lot", "round", "version", "supplier")}
    context |= {"v": "jangteo/envelope/1", "manifest": sealer.NO_DOCUMENTS}
    context["keys"] = hashlib.sha256(ticket["keys"].encode()).hexdigest()
    envelope = sealer.seal(context, sealer.price_keys(ticket["keys"]), content)
    hashed = hashlib.sha256(envelope).digest()
    signed = seal.SealedEnvelope(
        envelope=envelope,
        hash=hashed,
        signature=seal.sign(private, hashed),
        agent_key=seal.public_of(private),
    )
    play.post_envelope(stage.doors, ticket["ticket"], signed)


def prices(stage: Stage, rows: list[tuple[int, int, int]]) -> list[SealedPrice]:
    return [
        SealedPrice(supplier, A_VALUE + (BASE - A_VALUE) * rate // 100_000, (one, other))
        for supplier, (rate, one, other) in zip(stage.suppliers, rows, strict=False)
    ]


def seeded(stage: Stage) -> tuple[str, Callable[[], None]]:
    """Ranks shared, both remarks, one bid set aside, one void: drawn from seeds."""
    number = play.publish(stage.agencies["national"], terms("national"))
    rows = [(90_500, 3, 7), (90_500, 7, 15), (91_200, 1, 3), (82_000, 7, 11), (120_000, 15, 4)]
    rows += [(91_100, 14, 13), (91_700, 2, 11)]

    def bids() -> None:
        receipts = play.send_bids(stage.doors, number, prices(stage, rows))
        strange_bid(stage, number, stage.suppliers[7], sealer.payload(0, (5, 6)))
        stage.excluded = [(receipts[5]["hash"], "not_qualified")]

    return number, bids


def shortage(stage: Stage) -> tuple[str, Callable[[], None]]:
    """Two numbers picked, two supplied; one-won unit and unrounded means."""
    more = {"price_unit": 1, "price_rounding": "half_even", "mean_of": "unrounded"}
    more |= {"mean_rounding": "half_up", "a_value": 0}
    number = play.publish(stage.agencies["local"], terms("local", **more))
    rows = [(90_500, 2, 9), (90_900, 9, 2), (91_301, 2, 9)]
    return number, lambda: play.send_bids(stage.doors, number, prices(stage, rows)) and None


def unranked(stage: Stage) -> tuple[str, Callable[[], None]]:
    """Opened and drawn, but every bid too high or too low: failed."""
    number = play.publish(stage.agencies["local"], terms("local"))
    rows = [(120_000, 1, 2), (121_000, 3, 4), (70_000, 5, 6)]
    return number, lambda: play.send_bids(stage.doors, number, prices(stage, rows)) and None


def voided(stage: Stage) -> tuple[str, Callable[[], None]]:
    """Two bids of which one is void: opened, then failed without a draw."""
    number = play.publish(stage.agencies["local"], terms("local"))

    def bids() -> None:
        play.send_bids(stage.doors, number, prices(stage, [(90_500, 2, 9)]))
        strange_bid(stage, number, stage.suppliers[7], sealer.payload(100_000_000, (5, 5)))

    return number, bids


def failed(stage: Stage) -> tuple[str, Callable[[], None]]:
    """One bid: nothing is opened."""
    number = play.publish(stage.agencies["national"], terms("national"))
    rows = [(90_500, 2, 9)]
    return number, lambda: play.send_bids(stage.doors, number, prices(stage, rows)) and None


def quoted(stage: Stage) -> tuple[str, Callable[[], None]]:
    """Quotations for services of simple labour, 90 percent: one below the floor."""
    more = {"procurement_method": "quotation", "main_procurement_category": "services"}
    more |= {"service_kind": "simple_labour", "a_value": 0, "title": "검증기 시험: 청사 청소"}
    more |= {"base_amount": 88_000_000, "estimated_price": 80_000_000}
    number = play.publish(stage.agencies["national"], terms("national", **more))
    rows = [(79_500_000, 2, 9), (81_000_000, 9, 3), (60_000_000, 4, 5)]
    return number, lambda: quote(stage, number, rows)


def alone(stage: Stage) -> tuple[str, Callable[[], None]]:
    """One quotation for goods of twenty million won: it will do."""
    more = {"procurement_method": "quotation", "main_procurement_category": "goods"}
    more |= {"base_amount": 22_000_000, "estimated_price": 20_000_000, "a_value": 0}
    number = play.publish(stage.agencies["local"], terms("local", **more))
    return number, lambda: quote(stage, number, [(20_500_000, 2, 9)])


def quote(stage: Stage, number: str, rows: list[tuple[int, int, int]]) -> None:
    """Send these amounts and picks, one a supplier."""
    pairs = zip(stage.suppliers, rows, strict=False)
    sealed = [SealedPrice(who, amount, (one, other)) for who, (amount, one, other) in pairs]
    play.send_bids(stage.doors, number, sealed)


def reenact(stage: Stage) -> None:
    """A real opening with excluded bidders and its published rates."""
    lines = [(n, line) for n, line in read(CASES) if getattr(line, "notice", "") == REENACTED]
    (plan,) = plans_of(lines, print)
    replay = Replay(stage.doors, stage.doors.as_(), stage.stack.forward_to)
    replay.agencies, replay.suppliers = stage.agencies, stage.suppliers
    played, times = Played(plan), timetable(plan)
    for at, act in ((times.posted, replay.publish), (times.bids_at, replay.bid)):
        stage.stack.forward_to(at)
        act(played)
    stage.stack.forward_to(times.opening)
    print(replay.open(played), flush=True)
    stage.keep("reenacted", played.number)


def open_one(stage: Stage, name: str, number: str) -> None:
    """Hold one opening; with fewer than two bids nothing is asked for."""
    agency = stage.agencies["national" if name in ("seeded", "failed", "quoted") else "local"]
    if name == "failed":
        play.prepare_opening(agency, number)
        play.wait_for(
            lambda: agency.opening.get(f"/tenders/{number}/opening"),
            lambda found: not found["unsettled"],
            what="the custodians' checks",
        )
        agency.opening.post(f"/tenders/{number}/opening/close")
        agency.opening.post(f"/tenders/{number}/opening/hold")
    else:
        play.hold_opening(agency, number, excluded=stage.excluded if name == "seeded" else ())
    stage.keep(name, number)


SCENES = {
    "seeded": seeded, "shortage": shortage, "unranked": unranked, "voided": voided,
    "failed": failed, "quoted": quoted, "alone": alone,
}  # fmt: skip


def play_all(stage: Stage, only: set[str]) -> None:
    if not only:
        reenact(stage)
    stage.stack.forward_to(PUBLISHED)
    begun = {n: scene(stage) for n, scene in SCENES.items() if not only or n in only}
    stage.stack.forward_to(DEADLINE - timedelta(hours=3))
    for _number, bids in begun.values():
        bids()
    stage.stack.forward_to(DEADLINE + timedelta(hours=1))
    for name, (number, _bids) in begun.items():
        open_one(stage, name, number)


def main() -> None:
    folder = Path(sys.argv[1] if sys.argv[1:] else Path(__file__).parent / "bundles")
    with (
        tempfile.TemporaryDirectory() as place,
        Stack(Path(place) / "var", start=START) as stack,
        Doors(stack.site_url, stack.intake_url) as doors,
    ):
        operator = doors.as_(operator_of(stack.var))
        agencies = {
            regime: enter_agency(doors, operator, regime, index)
            for index, regime in enumerate(("local", "national"))
        }
        suppliers = enter_suppliers(doors, operator, 12)
        play_all(Stage(stack, doors, agencies, suppliers, folder), set(sys.argv[2:]))


if __name__ == "__main__":
    main()
