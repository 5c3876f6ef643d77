"""The page of a contract in force says what comes next, who does it, and by when."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from jangteo.interfaces.site.ahead import ahead
from jangteo.stages.delivery.models import Delivery
from jangteo.ui.sentences import sentence, until_text
from tests.interfaces.site.conftest import Browser
from tests.interfaces.site.test_after_the_opening import awarded
from tests.stages.payment.street import AT, Street, answer, key_of, prime

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def said(here: Street, who: str) -> list[tuple[str, str, bool, str]]:
    """(sentence, who acts, whether the reader does, where it leads) for one reader."""
    actor = here.who(who)
    return [
        (sentence(one.task.title, one.task.params), one.task.who, one.mine, one.task.url)
        for one in ahead(f"/contracts/{here.number}", actor, AT)
    ]


def test_the_money_goes_from_hand_to_hand() -> None:
    here = awarded(accepted=500_000)
    page = f"/contracts/{here.number}"
    begins = ("The supplier claims the 500,000 won accepted.", "representative")
    assert (*begins, True, f"{page}/claims") in said(here, "claimant")
    assert (*begins, False, f"{page}/claims") in said(here, "checker")
    claim = here.file([prime(500_000)])
    at = f"/claims/{claim.number}"
    checks = ("The contract officer checks the claim.", "contract_officer")
    assert (*checks, True, at) in said(here, "checker")
    assert (*checks, False, at) in said(here, "payer")
    here.approve(claim)
    orders = ("The disbursing officer orders the payment.", "disbursing_officer")
    assert (*orders, True, at) in said(here, "payer")
    assert (*orders, False, at) in said(here, "checker")
    assert (*orders, False, at) in said(here, "claimant")


def test_a_paid_claim_asks_for_nothing_more_of_the_money() -> None:
    here = awarded(accepted=500_000)
    claim = here.instructed([prime(500_000)])
    assert [one[1] for one in said(here, "claimant")][-1] == "system"
    answer(key_of(claim))
    assert all("/claims" not in one[3] for one in said(here, "claimant"))


def test_everybody_reads_it_on_the_page_and_one_has_the_button(browser: Browser) -> None:
    here = awarded(accepted=500_000)
    claim = here.file([prime(500_000)])
    claim.refresh_from_db()
    for who, mine in (("checker", True), ("payer", False), ("claimant", False), ("", False)):
        account = here.accounts[who] if who else None
        text = browser(account).get(f"/contracts/{here.number}").content.decode()
        ahead_of = text.split('id="ahead"')[1].split("</section>")[0]
        (part,) = [one for one in ahead_of.split("<li ") if "officer checks the claim." in one]
        assert f"by {until_text(claim.due)}" in part, who
        assert ("Do this now" in part) is mine, who
        assert (f'href="/claims/{claim.number}"' in part) is bool(who), who


def test_whoever_has_no_part_in_it_is_led_to_the_public_trail() -> None:
    here = awarded(accepted=500_000)
    here.file([prime(500_000)])
    here.add("opener", "opening_officer", here.market.tender.buyer)
    found = said(here, "opener")
    assert len(found) > 0
    assert {(mine, url) for _, _, mine, url in found} == {
        (False, f"/contracts/{here.number}/trail")
    }


def test_a_delivery_says_its_last_day(browser: Browser) -> None:
    here = awarded()
    Delivery.objects.filter(contract_number=here.number).update(status="under_way")
    (one,) = ahead(f"/contracts/{here.number}", here.who("claimant"), AT)
    assert one.task.who == "representative"
    assert one.task.due is not None
    assert one.mine
    assert "are not accepted yet" in sentence(one.task.title, one.task.params)


@pytest.mark.parametrize("path", ["/contracts/new", "/contracts", "/desk", "/contracts/X/trail"])
def test_no_other_page_asks(path: str) -> None:
    here = awarded()
    assert ahead(path, here.who("claimant"), AT) == []
