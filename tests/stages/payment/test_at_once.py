"""Claims that come at the same moment: together never above what was accepted or subcontracted."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from jangteo.ground.errors import Refusal
from jangteo.stages.payment.models import Claim, Leaf, PaymentOrder
from tests.stages.payment.street import LeafGiven, Street, prime, street, under
from tests.stages.payment.test_ordering import amended


def at_once(here: Street, leaves: Sequence[LeafGiven], times: int = 4) -> list[str]:
    """What each of so many claims gets: "" or the code of its refusal."""

    def one() -> str:
        try:
            here.file(leaves)
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(times) as pool:
        return sorted(task.result() for task in [pool.submit(one) for _ in range(times)])


def test_four_claims_at_once_never_exceed_what_was_accepted(committed: str) -> None:
    here = street(accepted=900_000_000)
    assert at_once(here, [prime(400_000_000)]) == ["", "", *["claim.file.too_much"] * 2]
    assert sum(claim.amount for claim in Claim.objects.all()) == 800_000_000


def test_four_claims_at_once_never_exceed_a_subcontract(committed: str) -> None:
    here = street(accepted=900_000_000)
    sub = here.hire(250_000_000)
    leaves = [prime(1_000_000), under(sub, 100_000_000)]
    found = at_once(here, leaves)
    assert found == ["", "", *["claim.leaf.above_subcontract"] * 2]
    claimed = sum(leaf.amount for leaf in Leaf.objects.filter(subcontract=sub))
    assert (claimed, Claim.objects.count()) == (200_000_000, 2)


def test_two_orders_at_once_never_share_the_money_that_is_bound(committed: str) -> None:
    here = amended()
    claims = [here.approve(here.file([prime(6_000_000)])) for _ in range(2)]

    def one(claim: Claim) -> str:
        try:
            here.order(claim)
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, claims)) == ["", "claim.order.not_committed"]
    assert [order.amount for order in PaymentOrder.objects.all()] == [6_000_000]
