"""The trail of one amount, and the links that open one leaf each."""

import pytest

from jangteo.ground.errors import Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.stages.payment import actions, queries
from jangteo.stages.payment.queries.links import leaf_id_of
from tests.stages.payment.street import AT, DAY, answer, key_of, leaf, prime, street, under, worker

pytestmark = pytest.mark.django_db


def test_the_trail_goes_from_the_notice_to_the_last_payee() -> None:
    here = street()
    here.accept(1_000_000_000, kind="completion")
    tender = here.contract.tender_number
    officer = here.who("checker")
    record("tender.publish", f"tender:{tender}", by=officer, at=AT - 90 * DAY, tender=tender)
    about = f"contract:{here.number}"
    said = {"value": 1_000_000_000}
    record("contract.conclude", about, by=officer, at=AT - 9 * DAY, tender=tender, payload=said)
    record("contract.conclude", "contract:R26TA00000000", by=officer, at=AT, tender=tender)
    claim = here.instructed([prime(999_000_000), worker(1_000_000)], at=AT + DAY)
    answer(key_of(claim, 1), at=AT + 2 * DAY)
    answer(key_of(claim, 2), at=AT + 2 * DAY)
    steps = queries.trail(here.number)
    assert [(step.kind, step.amount, step.payee) for step in steps] == [
        ("tender.publish", 1_234_500_000, ""),
        ("contract.conclude", 1_000_000_000, ""),
        ("exchange.finish", 1_000_000_000, ""),
        ("claim.file", 1_000_000_000, ""),
        ("claim.approve", 1_000_000_000, ""),
        ("claim.order", 1_000_000_000, ""),
        ("claim.release", 1_000_000_000, ""),
        ("leaf.instruct", 999_000_000, "한빛건설"),
        ("leaf.instruct", 1_000_000, "김○○"),
        ("leaf.credit", 999_000_000, "한빛건설"),
        ("leaf.credit", 1_000_000, "김○○"),
        ("claim.pay", 1_000_000_000, ""),
        ("contract.complete", None, ""),
    ]
    credited = sum(step.amount or 0 for step in steps if step.kind == "leaf.credit")
    assert credited == claim.amount == queries.sums(here.number).credited
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert {step.page for step in steps} == {
        f"/tenders/{tender}", f"/contracts/{here.number}", f"/contracts/{here.number}/trail",
    }  # fmt: skip
    assert all(step.article for step in steps if not step.kind.startswith(("tender", "contract")))
    inside = queries.trail(here.number, actor=here.who("payer"))
    assert inside[8].payee == "김하늘"
    assert inside[3].page == f"/claims/{claim.number}"
    assert inside[3].who == f"한빛건설 {here.accounts['claimant'].name}"
    assert steps[3].who == "한빛건설"
    there = street()
    for stranger in (Actor.anyone(), there.who("payer"), there.who("claimant")):
        assert queries.trail(here.number, actor=stranger) == steps


def test_there_is_no_trail_of_a_contract_that_was_never_in_force() -> None:
    here = street()
    here.contract.status = "offered"
    here.contract.save()
    with pytest.raises(Refusal) as caught:
        queries.trail(here.number, actor=here.who("payer"))
    assert caught.value.code == "contract.unknown"


def test_sums_lie_within_each_other() -> None:
    here = street(accepted=900)
    here.file([prime(300)])
    claim = here.instructed([prime(100), worker(50)])
    answer(key_of(claim, 2))
    found = queries.sums(here.number)
    assert (found.contracted, found.accepted, found.claimed, found.ordered, found.credited) == (
        1_000_000_000, 900, 450, 150, 50,
    )  # fmt: skip


def test_a_link_opens_one_leaf_and_cannot_be_made_up() -> None:
    here = street(accepted=900)
    claim = here.file([prime(300), worker(50)])
    token = queries.token_of(leaf(claim, 2).pk)
    assert leaf_id_of(token) == leaf(claim, 2).pk
    page = queries.leaf_by_token(token, at=AT)
    assert (page.leaf.payee_name, page.leaf.amount, page.leaf.account) == (
        "김하늘", 50, "*********8901",
    )  # fmt: skip
    assert (page.works, page.agency, page.payer) == (
        here.contract.title, here.contract.buyer.name, "한빛건설",
    )  # fmt: skip
    assert [(label, state) for label, state, _ in page.steps] == [
        ("Money asked for", "done"), ("Checked by the agency", "now"),
        ("Payment ordered", "next"), ("Bank told to pay", "next"), ("In your account", "next"),
    ]  # fmt: skip
    other = queries.token_of(leaf(claim, 1).pk)
    forged = token.split(".")[0] + "." + other.split(".")[1]
    for bad in (token + "x", token[:-1], forged, "", "a.b", token.split(".")[0]):
        with pytest.raises(Refusal) as caught:
            queries.leaf_by_token(bad, at=AT)
        assert (caught.value.code, caught.value.status) == ("payment.link.unknown", 404)


def test_links_of_leaves_that_were_replaced_or_withdrawn_open_nothing() -> None:
    here = street(accepted=900)
    claim = here.file([prime(300)])
    old = queries.token_of(leaf(claim).pk)
    actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason="다시")
    assert queries.leaf_by_token(old).steps[0][1] == "now"
    again = {"by": here.who("claimant"), "at": AT, "number": claim.number}
    actions.file_again(amount=200, leaves=[prime(200)], **again)
    new = queries.token_of(leaf(claim).pk)
    assert queries.leaf_by_token(new).leaf.amount == 200
    actions.withdraw_claim(**again)
    for token in (old, new):
        with pytest.raises(Refusal):
            queries.leaf_by_token(token)


def test_a_worker_under_a_subcontract_sees_who_asked_for_the_money() -> None:
    here = street(accepted=900)
    sub = here.hire(500)
    claim = here.file([under(sub, 300), worker(50, sub=sub)])
    assert queries.leaf_by_token(queries.token_of(leaf(claim, 2).pk)).payer == "하수급0"
    assert queries.leaf_by_token(queries.token_of(leaf(claim, 1).pk)).payer == "한빛건설"
