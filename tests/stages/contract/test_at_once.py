"""Two officers press at the same moment: one contract, one text, one amendment, one fact each."""

from jangteo.records.exchange.models import Exchange
from jangteo.stages.award.models import Award, Wish
from jangteo.stages.contract.models import Amendment, Contract, Signature, Subcontract
from tests.stages.award.opened import kinds
from tests.stages.award.test_at_once import at_once
from tests.stages.contract.signed import BOND, ENDS, VALUE, active, awarded, drafted


def test_two_drafts_make_one_contract(committed: str) -> None:
    made = awarded()
    codes = at_once(lambda: made.do("draft", "officer", number=made.here.number))
    assert codes == ["", *["contract.draft.exists"] * 3]
    assert Contract.objects.count() == 1


def test_a_draft_and_an_annulment_never_both_happen(committed: str) -> None:
    made = awarded()
    made.here.do("ask_annulment", "officer", cause="gave_up", reason="포기")
    turns = iter(
        [
            lambda: made.do("draft", "officer", number=made.here.number),
            lambda: made.here.do("annul", "approver"),
        ]
        * 2
    )
    codes = at_once(lambda: next(turns)())
    award = Award.objects.get()
    if award.status == "cancelled":
        assert not Contract.objects.exists()
        assert set(codes) <= {"", "award.none", "contract.unknown"}
        assert Wish.objects.get().ended == "confirmed"
    else:
        assert Contract.objects.count() == 1
        assert set(codes) == {"", "contract.draft.exists", "award.annul.contract"}
        assert Wish.objects.get().ended == "lapsed"
        assert kinds(made.here.number).count("award.lapse_annulment") == 1
    assert codes.count("") == 1


def test_signatures_at_once_bind_the_money_once(committed: str) -> None:
    made = drafted()
    made.offer()
    given = made.signature("head0")
    assert at_once(lambda: made.do("agree", "head0", **given)) == [
        "", *["contract.agree.not_now"] * 3,
    ]  # fmt: skip
    made.do("record_security", "officer", **BOND)
    given = made.signature("officer")
    assert at_once(lambda: made.do("conclude", "officer", **given)) == [
        "", *["contract.conclude.not_now"] * 3,
    ]  # fmt: skip
    assert (Signature.objects.count(), Exchange.objects.count()) == (2, 1)
    assert kinds(made.here.number).count("contract.conclude") == 1


def test_one_amendment_at_a_time(committed: str) -> None:
    made = active()
    given = {"value": VALUE + 1, "ends": ENDS, "reason": "물량"}
    codes = at_once(lambda: made.do("propose_amendment", "officer", **given))
    assert codes == ["", *["contract.amendment.open"] * 3]
    assert Amendment.objects.count() == 1


def test_subcontracts_at_once_stay_within_the_contract(committed: str) -> None:
    made = active()
    codes = at_once(lambda: made.hire(VALUE // 2))
    assert codes == ["", "", *["contract.subcontract.too_much"] * 2]
    assert sum(row.amount for row in Subcontract.objects.all()) == VALUE
