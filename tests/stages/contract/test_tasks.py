"""What a contract asks of whom, by which clock and law, as it goes along."""

from datetime import UTC, date, datetime

import pytest

from jangteo.stages.contract import queries
from tests.stages.award.opened import AT
from tests.stages.contract.signed import BOND, NEEDED, VALUE, Signed, active, awarded, drafted

pytestmark = pytest.mark.django_db
#: ten days after the award, which ends on a Friday
SIGN = datetime(2026, 12, 4, 15, 0, tzinfo=UTC)
LAW = "국가계약법 제11조"
PEOPLE = ("officer", "approver", "payer", "head0", "bidder0", "head1", "head2")
#: (title, due, state, who is waited for)
Seen = tuple[str, datetime | None, str, str]


def seen(made: Signed, who: str) -> list[Seen]:
    found = queries.tasks_for(made.here.who(who), AT)
    return [(one.title, one.due, one.state, one.who) for one in found]


def only(made: Signed, **expected: list[Seen]) -> None:
    """Exactly these people have tasks of contracts, and these."""
    for who in PEOPLE:
        assert seen(made, who) == expected.get(who, []), who


def test_each_step_is_somebodys_turn_until_the_day_of_the_law() -> None:
    made = awarded()
    only(made, officer=[("Draft the contract for “{title}”", SIGN, "todo", "")])
    (task,) = queries.tasks_for(made.here.who("officer"), AT)
    assert (task.url, task.law) == (f"/contracts/new/{made.here.number}", LAW)
    made.number = made.do("draft", "officer", number=made.here.number).number
    only(made, officer=[("Complete and send the contract “{title}”", SIGN, "todo", "")])
    made.offer()
    read = "Read and sign the contract “{title}”"
    only(
        made,
        officer=[("“{title}”: the supplier signs the contract", SIGN, "waiting", "representative")],
        head0=[(read, SIGN, "todo", "")],
        bidder0=[(read, SIGN, "waiting", "representative")],
    )
    made.sign("agree", "head0")
    waits = [("“{title}”: the agency signs the contract", SIGN, "waiting", "contract_officer")]
    secure = "Record the performance security of “{title}”"
    only(made, officer=[(secure, SIGN, "todo", "")], head0=waits, bidder0=waits)
    (task,) = queries.tasks_for(made.here.who("officer"), AT)
    assert (task.url, task.law) == (f"/contracts/{made.number}", "국가계약법 제12조")
    made.do("record_security", "officer", **BOND)
    sign = [("Sign the contract “{title}”", SIGN, "todo", "")]
    only(made, officer=sign, head0=waits, bidder0=waits)
    made.sign("conclude", "officer")
    only(made)


def test_a_contract_given_up_is_to_be_drafted_again() -> None:
    made = drafted()
    made.do("cancel", "officer", reason="다시 만듭니다.")
    only(made, officer=[("Draft the contract for “{title}”", SIGN, "todo", "")])


def test_a_local_contract_cites_the_local_law() -> None:
    made = awarded(regime="local")
    (task,) = queries.tasks_for(made.here.who("officer"), AT)
    assert task.law == "지방계약법 제14조"
    made.number = made.do("draft", "officer", number=made.here.number).number
    made.offer()
    made.sign("agree", "head0")
    (task,) = queries.tasks_for(made.here.who("officer"), AT)
    assert task.law == "지방계약법 제15조"


def test_an_amendment_is_signed_by_the_supplier_and_then_by_the_agency() -> None:
    made = active()
    later = date(2027, 5, 31)
    made.do("propose_amendment", "officer", value=VALUE, ends=later, reason="기간 연장")
    mine, theirs = (
        "Read and sign the amendment of “{title}”",
        "“{title}”: the other side signs the amendment",
    )
    secure = ("Record the performance security of “{title}”", None, "todo", "")
    waits = (theirs, None, "waiting", "representative")
    only(made, officer=[secure, waits], head0=[(mine, None, "todo", "")], bidder0=[waits])
    made.do("record_security", "officer", **BOND | {"until": later, "amount": NEEDED})
    assert seen(made, "officer") == [waits]
    made.sign("agree_amendment", "head0")
    waits = (theirs, None, "waiting", "contract_officer")
    only(made, officer=[(mine, None, "todo", "")], head0=[waits], bidder0=[waits])
    (task,) = queries.tasks_for(made.here.who("officer"), AT)
    assert task.law == "국가계약법 제19조"
    made.sign("conclude_amendment", "officer")
    only(made)


def test_a_subcontract_is_agreed_and_then_noted_within_its_days() -> None:
    made = active()
    row = made.hire(1_000_000)
    told = datetime(2026, 12, 24, 15, 0, tzinfo=UTC)
    waits = "“{work}”: the subcontractor agrees, then the agency takes note"
    agree = "Agree to the subcontract “{work}”"
    given = [(waits, told, "waiting", "representative")]
    only(made, head0=given, bidder0=given, head1=[(agree, told, "todo", "")])
    assert seen(made, "head1") == [(agree, told, "todo", "")]
    (task,) = queries.tasks_for(made.here.who("head1"), AT)
    assert (task.url, task.law) == (
        f"/subcontracts/{row.number}", "건설산업기본법 시행령 제32조"
    )  # fmt: skip
    made.do("agree_subcontract", "head1", number=row.number)
    only(made, officer=[("Take note of the subcontract “{work}”", told, "todo", "")])
    made.do("acknowledge_subcontract", "officer", number=row.number)
    only(made)


def test_an_ended_contract_asks_nothing() -> None:
    made = active()
    made.do("propose_amendment", "officer", value=VALUE + 1, ends=date(2027, 3, 31), reason="물량")
    made.do("terminate", "approver", ground="agency", reason="예산이 줄었습니다.")
    only(made)
