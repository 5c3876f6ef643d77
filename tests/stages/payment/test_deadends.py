"""Money that came back for a wrong name, or that nobody could tell of, finds its way to an end."""

from typing import Any

import pytest

from jangteo.ground.errors import Refusal
from jangteo.records.exchange.models import Exchange
from jangteo.records.journal.models import Entry
from jangteo.stages.payment import actions, queries
from jangteo.stages.payment.models import Claim
from tests.stages.payment.street import (
    AT,
    DAY,
    Street,
    answer,
    key_of,
    leaf,
    lose,
    prime,
    reject,
    street,
    under,
    worker,
)

pytestmark = pytest.mark.django_db
RIGHT = queries.PayeeGiven("김하얀", "004", "555-66-77788")


def told(claim: Claim) -> list[tuple[str, str, str]]:
    """(key, name, account) of all that the bank was told of a claim, in order."""
    rows = Exchange.objects.filter(about=claim.subject, question="Transfer").order_by("key")
    return [(row.key, row.body["payee_name"], row.body["account"]) for row in rows]


def bounced(here: Street) -> Claim:
    claim = here.instructed([worker(5_000_000)])
    reject(key_of(claim), "0102", reason="예금주 다름")
    return claim


def ask(here: Street, claim: Claim, who: str = "claimant", **more: Any) -> Any:
    given = {"position": 1, "payee": RIGHT, "reason": "이름을 잘못 적음", **more}
    return actions.correct_payee(by=here.who(who), at=AT + DAY, number=claim.number, **given)


def confirm(here: Street, claim: Claim, proposal: str, who: str = "checker") -> Any:
    return actions.confirm_payee(
        by=here.who(who), at=AT + 2 * DAY, number=claim.number, position=1, proposal=proposal
    )


def refusal(do: Any, *args: Any, **more: Any) -> tuple[str, int]:
    facts = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        do(*args, **more)
    assert Entry.objects.count() == facts
    return caught.value.code, caught.value.status


def test_a_wrong_name_is_corrected_by_the_claimant_and_paid_once_the_agency_agrees() -> None:
    here = street()
    here.accept(5_000_000, kind="completion")
    claim = bounced(here)
    ask(here, claim)
    first = [(f"{claim.number}-1-1", "김하늘", "1002345678901")]
    now = leaf(claim)
    assert (now.status, now.payee_name, now.account) == ("bounced", "김하늘", "1002345678901")
    assert told(claim) == first, "nothing is told to the bank on one side's word"
    confirm(here, claim, now.proposed["id"])
    now = leaf(claim)
    assert (now.status, now.payee_name, now.bank, now.account, now.proposed, now.finding) == (
        "instructed", "김하얀", "004", "5556677788", None, "",
    )  # fmt: skip
    assert told(claim) == [*first, (f"{claim.number}-1-2", "김하얀", "5556677788")]
    answer(key_of(claim), at=AT + 3 * DAY)
    here.contract.refresh_from_db()
    assert (Claim.objects.get().status, here.contract.status) == ("paid", "completed")
    assert (now.amount, Claim.objects.get().amount) == (5_000_000, 5_000_000)
    facts = Entry.objects.filter(kind__in=("leaf.correct_payee", "leaf.confirm_payee"))
    assert [("김하" in str(f.payload), "5556677788" in str(f.payload)) for f in facts] == [
        (False, False), (False, False),
    ]  # fmt: skip


def test_only_what_was_seen_is_confirmed_and_only_by_a_contract_officer() -> None:
    here = street(accepted=5_000_000)
    claim = bounced(here)
    not_this = ("leaf.confirm_payee.not_this", 409)
    assert refusal(confirm, here, claim, "") == not_this
    seen = ask(here, claim).proposed["id"]
    ask(here, claim, payee=queries.PayeeGiven("박산", "004", "99999999"))
    assert refusal(confirm, here, claim, seen) == not_this
    now = leaf(claim).proposed["id"]
    for who in ("payer", "approver", "inspector", "claimant", "agent"):
        forbidden = ("leaf.confirm_payee.forbidden", 403)
        assert refusal(confirm, here, claim, now, who) == forbidden
    assert leaf(claim).status == "bounced"
    other = {"bank": "004", "account": "12345678901"}
    actions.correct_account(
        by=here.who("claimant"), at=AT, number=claim.number, position=1, **other
    )
    assert leaf(claim).proposed is None
    assert refusal(confirm, here, claim, now) == ("leaf.confirm_payee.not_now", 409)
    assert [name for _, name, _ in told(claim)] == ["김하늘", "김하늘"]


def test_what_cannot_be_a_correction_is_refused() -> None:
    here = street(accepted=5_000_000)
    sub = here.hire(2_000_000)
    claim = here.instructed([prime(1_000_000), under(sub, 2_000_000), worker(2_000_000)])
    assert refusal(ask, here, claim, position=3) == ("leaf.correct_payee.not_now", 409)
    for position in (1, 2, 3):
        reject(key_of(claim, position))
    for position in (1, 2):
        registered = ("leaf.correct_payee.registered", 409)
        assert refusal(ask, here, claim, position=position) == registered
    for who in ("checker", "payer", "agent"):
        forbidden = ("leaf.correct_payee.forbidden", 403)
        assert refusal(ask, here, claim, who, position=3, reason="") == forbidden
    for given, code in (
        (("", "004", "12345678"), "claim.leaf.name"),
        (("가" * 61, "004", "12345678"), "claim.leaf.name"),
        (("김하늘", "004", "12345678"), "claim.leaf.same_name"),
        (("김하얀", "xyz", "12345678"), "claim.leaf.bank"),
        (("김하얀", "004", "1"), "claim.leaf.account"),
    ):
        wrong = queries.PayeeGiven(*given)
        assert refusal(ask, here, claim, position=3, payee=wrong) == (code, 422)
    missing = ("claim.reason.missing", 422)
    assert refusal(ask, here, claim, position=3, reason=" ") == missing
    assert leaf(claim, 3).proposed is None


def test_the_very_same_account_is_told_again_with_a_reason() -> None:
    here = street(accepted=5_000_000)
    claim = bounced(here)
    same = {
        "by": here.who("claimant"), "at": AT + DAY, "number": claim.number, "position": 1,
        "bank": "020", "account": "1002345678901",
    }  # fmt: skip
    assert refusal(actions.correct_account, **same) == ("claim.leaf.same_account", 422)
    actions.correct_account(**same, reason="은행이 지급정지를 풀었음")
    assert (leaf(claim).status, leaf(claim).attempt) == ("instructed", 2)
    fact = Entry.objects.get(kind="leaf.correct_account")
    assert fact.payload["reason"] == "은행이 지급정지를 풀었음"
    answer(key_of(claim))
    assert Claim.objects.get().status == "paid"


def test_the_two_sides_see_old_and_new_masked_as_for_each() -> None:
    here = street(accepted=5_000_000)
    here.hire(1)
    claim = bounced(here)
    ask(here, claim)
    shown = {}
    for who in ("claimant", "payer", "checker"):
        row = queries.claim_for(here.who(who), claim.number)
        new = row.leaves[0].proposed
        assert new is not None
        shown[who] = (row.leaves[0].account, new.payee_name, new.account, new.reason)
        assert ("confirm_payee" in row.verbs) == (who == "checker")
        assert row.leaves[0].holder.text.startswith("{supplier} has corrected the payee")
    plain = ("1002345678901", "김하얀", "5556677788", "이름을 잘못 적음")
    assert shown["claimant"] == shown["payer"] == plain
    assert shown["checker"] == ("*********8901", "김하얀", "******7788", "이름을 잘못 적음")
    page = queries.leaf_by_token(queries.token_of(leaf(claim).pk))
    assert page.leaf.proposed is None
    desks = {who: queries.tasks_for(here.who(who), AT) for who in ("checker", "payer", "claimant")}
    (task,) = desks["checker"]
    assert task.title == "A payee of “{title}” was corrected: confirm it or ask the supplier"
    assert desks["payer"] == []
    assert [one.state for one in desks["claimant"]] == ["waiting"]


def doubted(here: Street) -> Claim:
    claim = here.instructed([prime(5_000_000)])
    answer(key_of(claim), amount=4_999_999)
    return claim


def settle(here: Street, claim: Claim, who: str = "payer", **more: Any) -> Any:
    given = {"outcome": "there", "reference": "B-77", "reason": "은행 담당자 확인", **more}
    return actions.settle(
        by=here.who(who), at=AT + DAY, number=claim.number, position=1, **given
    )  # fmt: skip


def test_a_doubt_that_was_none_is_credited_and_closes_claim_and_contract() -> None:
    here = street()
    here.accept(5_000_000, kind="completion")
    claim = doubted(here)
    assert "settle" in queries.claim_for(here.who("payer"), claim.number).verbs
    settle(here, claim)
    now = leaf(claim)
    assert (now.status, now.bank_reference, now.credited_at, now.finding) == (
        "credited", "B-77", AT + DAY, "",
    )  # fmt: skip
    here.contract.refresh_from_db()
    assert (Claim.objects.get().status, here.contract.status) == ("paid", "completed")
    assert len(told(claim)) == 1
    fact = Entry.objects.get(kind="leaf.settle")
    assert (fact.actor_id, fact.payload["outcome"], fact.payload["reference"]) == (
        here.accounts["payer"].pk, "there", "B-77",
    )  # fmt: skip
    assert queries.tasks_for(here.who("payer"), AT + DAY) == []


def test_a_doubt_that_came_back_is_bounced_and_paid_under_a_new_key() -> None:
    here = street(accepted=5_000_000)
    claim = doubted(here)
    settle(here, claim, outcome="back")
    assert (leaf(claim).status, leaf(claim).finding) == ("bounced", "B-77 은행 담당자 확인")
    assert len(told(claim)) == 1
    actions.credit(at=AT + DAY, key=key_of(claim), answer={"amount": 5_000_000})
    assert leaf(claim).status == "bounced"
    actions.correct_account(
        by=here.who("claimant"), at=AT + DAY, number=claim.number, position=1, bank="088",
        account="110123456789", reason="은행이 되돌려 보냄",
    )  # fmt: skip
    assert [key for key, _, _ in told(claim)] == [f"{claim.number}-1-1", f"{claim.number}-1-2"]
    answer(key_of(claim))
    assert Claim.objects.get().status == "paid"


def test_a_doubt_is_settled_by_a_second_person_and_only_where_there_is_one() -> None:
    here = street(accepted=10_000_000)
    claim = doubted(here)
    for who in ("checker", "approver", "inspector", "claimant", "agent"):
        assert refusal(settle, here, claim, who) == ("leaf.settle.forbidden", 403)
    for more, code in (
        ({"outcome": "half"}, "leaf.settle.outcome"),
        ({"reference": " "}, "leaf.settle.reference"),
        ({"reference": "B" * 41}, "leaf.settle.reference"),
        ({"reason": ""}, "claim.reason.missing"),
    ):
        assert refusal(settle, here, claim, **more) == (code, 422)
    Claim.objects.filter(pk=claim.pk).update(approved_by=here.accounts["payer"].pk)
    assert refusal(settle, here, claim) == ("leaf.settle.same_person", 403)
    assert "settle" not in queries.claim_for(here.who("payer"), claim.number).verbs
    assert (leaf(claim).status, leaf(claim).finding) == ("unknown", "4,999,999 ≠ 5,000,000")
    other = here.instructed([prime(5_000_000)])
    assert refusal(settle, here, other) == ("leaf.settle.not_now", 409)
    lose(key_of(other))
    assert refusal(settle, here, other) == ("leaf.settle.no_doubt", 409)
    assert leaf(other).status == "unknown"
