"""A whole opening comes to the very figures that were published of a real one."""

import hashlib
import json
from collections.abc import Callable

from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import history
from jangteo.stages.opening import queries
from jangteo.stages.opening.models import OpenedBid, PreliminaryPrice, Result
from jangteo.stages.tender.queries import notice
from tests.stages.opening.ceremony import Ceremony, pairs
from tests.stages.opening.examples import (
    ONE,
    ONE_COUNTS,
    ONE_PRICES,
    ONE_RATES,
    TWO,
    TWO_COUNTS,
    TWO_RATES,
)

Begin = Callable[..., Ceremony]


def one(begin: Begin) -> Ceremony:
    made = begin(rates=ONE_RATES, **ONE)
    picks = pairs(ONE_COUNTS)
    amounts = [
        128_646_600,
        127_262_135,
        127_262_134,
        141_804_151,
        *range(130_000_000, 130_019_000, 1000),
    ]
    made.receive_all(zip(amounts, picks, strict=True))
    return made


def test_the_first_example_to_the_won(begin: Begin) -> None:
    made = one(begin)
    made.open()
    found = queries.result(made.number)
    assert found.outcome == "published"
    assert tuple(p.price for p in found.prices) == ONE_PRICES
    assert tuple(p.picked for p in found.prices) == ONE_COUNTS
    assert {p.number for p in found.prices if p.drawn} == {5, 7, 11, 3}
    assert found.reserve_price == 141_804_150
    assert found.floor_price == 127_262_135
    by_amount = {bid.amount: bid for bid in found.bids}
    assert by_amount[128_646_600].rate == "90.721"
    assert by_amount[128_646_600].rank == 2
    assert by_amount[127_262_135].rank == 1
    assert (by_amount[127_262_134].rank, by_amount[127_262_134].remark) == (0, "below_floor")
    assert (by_amount[141_804_151].rank, by_amount[141_804_151].remark) == (0, "above_reserve")
    assert found.rates_from == "given"
    assert notice(made.number).status == "opened"


def test_the_second_example_with_its_a_value(begin: Begin) -> None:
    made = begin(regime="national", rates=TWO_RATES, **TWO)
    amounts = [97_908_840, 97_847_277, 97_847_276, 97_741_000, 97_818_540]
    picks = pairs(TWO_COUNTS)
    amounts += [98_000_000 + n for n in range(len(picks) - len(amounts))]
    made.receive_all(zip(amounts, picks, strict=True))
    made.open()
    found = queries.result(made.number)
    drawn = {p.number: p.price for p in found.prices if p.drawn}
    assert drawn == {15: 106_941_000, 3: 105_245_500, 4: 107_437_800, 8: 105_523_500}
    assert (found.reserve_price, found.floor_price) == (106_286_950, 97_847_277)
    by_amount = {bid.amount: bid for bid in found.bids}
    assert by_amount[97_847_277].rank == 1
    assert by_amount[97_908_840].rank == 2
    for amount in (97_847_276, 97_741_000, 97_818_540):
        assert (by_amount[amount].rank, by_amount[amount].remark) == (0, "below_floor")
    assert by_amount[97_818_540].rate == "92.032"


def test_without_given_rates_they_follow_from_the_seeds(begin: Begin) -> None:
    made = begin(**ONE)
    made.receive_all(
        [(125_000_000 + n * 2_000_000, (n % 15 + 1, (n + 3) % 15 + 1)) for n in range(9)]
    )
    made.open()
    found = queries.result(made.number)
    rates = sorted(int(p.rate.replace(".", "")) for p in found.prices)
    assert found.rates_from == "seeds"
    assert len(set(rates)) == 15
    assert 97_000 <= rates[0] <= rates[-1] <= 103_000
    assert sum(rate < 100_000 for rate in rates) == 8
    assert found.outcome == "published"


def test_the_bundle_holds_what_a_verifier_needs(begin: Begin) -> None:
    made = one(begin)
    made.open()
    data, digest = queries.bundle(Actor.anyone(), made.number)
    assert hashlib.sha256(data).hexdigest() == digest == queries.result(made.number).bundle_hash
    whole = json.loads(data)
    assert whole["v"] == "jangteo/bundle/1"
    assert json.dumps(whole, sort_keys=True, separators=(",", ":")).encode() == data
    assert len(whole["envelopes"]) == len(whole["opened"]) == 23
    for row in whole["envelopes"]:
        assert hashlib.sha256(row["envelope"].encode()).hexdigest() == row["hash"]
    assert [row["hash"] for row in whole["envelopes"]] == sorted(
        r["hash"] for r in whole["envelopes"]
    )
    assert {row["custodian"] for row in whole["releases"]} == {"platform", "audit"}
    assert [row["maker"] for row in whole["seeds"]] == ["agency", "platform"]
    assert json.loads(whole["request"]["statement"])["count"] == 23
    assert {row["role"] for row in whole["request"]["signatures"]} == {
        "contract_officer", "opening_officer",
    }  # fmt: skip
    assert (whole["reserve_price"], whole["drawn"]) == (141_804_150, [5, 7, 11, 3])
    assert whole["rates_from"] == "given"
    assert whole["rules"]["price/draw"]["values"] == {"prices": "15", "picks": "2", "chosen": "4"}


def test_a_second_call_returns_the_same_result_and_draws_nothing_again(begin: Begin) -> None:
    made = one(begin)
    first = made.open()
    facts = [fact.kind for fact in history(tender=made.number)]
    second = made.hold()
    assert second.pk == first.pk
    assert second.bundle_hash == first.bundle_hash
    assert (Result.objects.count(), PreliminaryPrice.objects.count()) == (1, 15)
    assert OpenedBid.objects.count() == 23
    assert [fact.kind for fact in history(tender=made.number)] == facts


def test_every_step_stands_in_the_journal_in_its_order(begin: Begin) -> None:
    made = one(begin)
    made.open()
    kinds = [f.kind for f in history(tender=made.number) if f.kind.startswith("opening.")]
    assert kinds == [
        "opening.prepare", "opening.close_set", "opening.sign_request", "opening.sign_request",
        "opening.request_keys", "opening.publish",
    ]  # fmt: skip
