"""A quotation's award page speaks of quotations; a competition's of bids."""

import pytest

from tests.stages.award.opened import chairs, opened

pytestmark = pytest.mark.django_db


def test_who_quoted_reads_of_quotations() -> None:
    here = chairs((41_000_000, 42_000_000))
    here.call()
    here.do("pass_review", "officer", scores={})
    here.do("propose", "officer")
    here.do("confirm", "approver")
    said = here.why("bidder1")
    assert said.startswith("You are number 2 in rank.")
    assert said.endswith("your quotation was 42000000 won.")
    page = here.client("bidder1", "ko").get(f"/tenders/{here.number}/award").content.decode()
    assert "우리 회사의 견적금액은 42,000,000원입니다." in page
    assert "견적금액" in page and "입찰금액" not in page


def test_who_quoted_the_same_was_behind_by_lot_alone() -> None:
    here = chairs((41_000_000, 41_000_000), ranks=(1, 1))
    here.call()
    for n in (0, 1):
        here.do("pass_review", "officer", scores={}, supplier=here.identifier(n))
    here.do("propose", "officer")
    here.do("confirm", "approver")
    live = here.page("officer").live
    assert live is not None
    loser = "bidder1" if live.supplier_id == here.people["bidder0"][1].pk else "bidder0"
    assert here.why(loser) == (
        f"Nothing stands against you. {live.supplier} quoted the same and comes before you by lot."
    )


def test_who_bid_reads_of_bids() -> None:
    here = opened()
    here.awarded()
    assert here.why("bidder1").endswith("your bid was 99000000 won.")
    page = here.client("bidder1", "ko").get(f"/tenders/{here.number}/award").content.decode()
    assert "입찰금액" in page and "견적" not in page
