"""A contract in force is amended, terminated, subcontracted, completed; the budget is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.html import escape

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.stages.contract import actions, queries
from jangteo.stages.contract.models import Amendment, Subcontract
from jangteo.stages.contract.states import GROUNDS
from tests.stages.award.opened import AT, DAY, hear, kinds, refused
from tests.stages.contract.signed import BOND, ENDS, NEEDED, STARTS, VALUE, Signed, active, drafted

pytestmark = pytest.mark.django_db
LATER = date(2027, 5, 31)


def propose(made: Signed, who: str = "officer", **changed: Any) -> Amendment:
    given = {"value": VALUE + 10_000_000, "ends": LATER, "reason": "지반이 다릅니다."} | changed
    found: Amendment = made.do("propose_amendment", who, **given)
    return found


def test_an_amendment_is_signed_by_both_and_then_in_force() -> None:
    made = active()
    row = propose(made)
    assert (row.status, row.text, made.row().value) == ("proposed", 1, VALUE)
    offered = made.page("head0").offered
    assert offered is not None
    assert (offered.number, offered.value, offered.ends) == (1, VALUE + 10_000_000, LATER)
    refused("contract.amendment.open", lambda: propose(made), 409)
    refused("amendment.conclude_amendment.not_now",
            lambda: made.sign("conclude_amendment", "officer"), 409)  # fmt: skip
    made.sign("agree_amendment", "head0")
    lacks = refused("contract.amendment.security",
                    lambda: made.sign("conclude_amendment", "officer"), 409)  # fmt: skip
    assert (lacks.params, made.row().value) == ({"missing": 10_790_884, "until": LATER}, VALUE)
    made.do("record_security", "officer", **BOND | {"amount": 10_790_884, "until": LATER})
    made.sign("conclude_amendment", "officer")
    now = made.row()
    assert (now.value, now.ends, now.text, now.status) == (VALUE + 10_000_000, LATER, 1, "active")
    assert made.told() == [
        ("new", VALUE, f"{made.number}-new-0"),
        ("change", VALUE + 10_000_000, f"{made.number}-change-1"),
    ]
    assert kinds(made.here.number)[-3:-1] == ["amendment.conclude_amendment", "contract.amend"]
    found = made.page("officer").security
    assert (found.enough, found.recorded, found.until) == (True, 10_790_884, LATER)


def test_a_longer_period_alone_binds_no_more_money() -> None:
    made = active()
    made.amend(ends=LATER)
    assert (made.row().ends, len(made.told())) == (LATER, 1)


def test_a_withdrawn_amendment_leaves_the_signed_text_in_force() -> None:
    made = active()
    propose(made)
    made.sign("agree_amendment", "head0")
    made.do("withdraw_amendment", "officer")
    offered = made.page("officer").offered
    assert offered is not None
    assert (offered.number, len(offered.signatures)) == (0, 2)
    assert (made.row().value, made.row().text) == (VALUE, 0)
    refused("contract.amendment.none", lambda: made.do("withdraw_amendment", "officer"), 409)
    assert propose(made).text == 2


def test_what_is_no_amendment() -> None:
    waiting = drafted()
    refused("contract.amendment.not_active", lambda: propose(waiting), 409)
    made = active()
    refused("contract.reason.missing", lambda: propose(made, reason=" "))
    refused("contract.amendment.value", lambda: propose(made, value=0))
    refused("contract.amendment.value", lambda: propose(made, ends=STARTS - timedelta(days=1)))
    refused("contract.amendment.nothing", lambda: propose(made, value=VALUE, ends=ENDS))
    refused("amendment.propose_amendment.forbidden", lambda: propose(made, "approver"), 403)
    refused("contract.amendment.none", lambda: made.do("withdraw_amendment", "officer"), 409)
    assert not Amendment.objects.exists()
    assert len(queries.contract_for(made.here.who("officer"), made.number).texts) == 1


def test_the_value_covers_what_is_subcontracted_and_accepted() -> None:
    made = active()
    made.hire(60_000_000)
    no = refused("contract.amendment.below_subcontracts", lambda: propose(made, value=59_999_999))
    assert no.params["taken"] == 60_000_000
    record("inspection.accept", f"contract:{made.number}", by=made.here.who("officer"), at=AT,
           tender=made.here.number, payload={"total": 70_000_000})  # fmt: skip
    no = refused("contract.amendment.below_accepted", lambda: propose(made, value=69_999_999))
    assert no.params["done"] == 70_000_000
    propose(made, value=70_000_000)
    made.sign("agree_amendment", "head0")
    made.hire(15_000_000, 2)
    refused("contract.amendment.below_subcontracts",
            lambda: made.sign("conclude_amendment", "officer"))  # fmt: skip
    assert made.row().value == VALUE


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_contract_is_terminated_on_a_ground_by_an_approver(ground: str) -> None:
    made = active()
    propose(made)
    record("inspection.accept", f"contract:{made.number}", by=made.here.who("officer"), at=AT,
           tender=made.here.number, payload={"total": 30_000_000})  # fmt: skip
    given = {"ground": ground, "reason": "공사를 멈췄습니다."}
    refused("contract.terminate.forbidden", lambda: made.do("terminate", "officer", **given), 403)
    refused("contract.terminate.ground",
            lambda: made.do("terminate", "approver", ground="x", reason="a"))  # fmt: skip
    refused("contract.reason.missing",
            lambda: made.do("terminate", "approver", ground=ground, reason=""))  # fmt: skip
    made.do("terminate", "approver", at=AT + DAY, **given)
    assert (made.state(), made.row().ended_at) == ("terminated", AT + DAY)
    assert made.row().ground == ground
    page = made.here.client(language="en").get(f"/contracts/{made.number}").content.decode()
    assert escape(GROUNDS[ground]) in page and "공사를 멈췄습니다." in page
    assert Amendment.objects.get().status == "withdrawn"
    assert made.told()[-1] == ("cancel", 30_000_000, f"{made.number}-cancel-0")
    refused("contract.terminate.not_now", lambda: made.do("terminate", "approver", **given), 409)
    made.here.annul(cause="gave_up", reason="해지되었습니다.")
    assert made.here.states() == [(1, "passed"), (2, "called")]


def test_only_the_platform_completes_a_contract() -> None:
    made = active()
    refused("contract.complete.forbidden", lambda: made.do("complete", "officer"), 403)
    actions.complete(by=Actor.system("payment"), at=AT, number=made.number)
    assert made.state() == "completed"
    refused("contract.terminate.not_now",
            lambda: made.do("terminate", "approver", ground="breach", reason="a"), 409)  # fmt: skip


def test_a_subcontract_is_registered_agreed_and_acknowledged() -> None:
    made = active()
    row = made.hire(40_000_000)
    assert (row.status, row.number[:5]) == ("registered", "R26SC")
    assert row.told_due.isoformat() == "2026-12-25T00:00:00+09:00"
    by: dict[str, Any] = {"number": row.number}
    refused("subcontract.acknowledge_subcontract.not_now",
            lambda: made.do("acknowledge_subcontract", "officer", **by), 409)  # fmt: skip
    for who in ("head0", "bidder1", "officer"):
        refused("subcontract.agree_subcontract.forbidden",
                lambda who=who: made.do("agree_subcontract", who, **by), 403)  # fmt: skip
    refused("contract.subcontract.unknown",
            lambda: made.do("agree_subcontract", "head2", **by), 404)  # fmt: skip
    made.do("agree_subcontract", "head1", **by)
    for who in ("head0", "head1", "approver"):
        refused("subcontract.acknowledge_subcontract.forbidden",
                lambda who=who: made.do("acknowledge_subcontract", who, **by), 403)  # fmt: skip
    made.do("acknowledge_subcontract", "officer", **by)
    assert Subcontract.objects.get().status == "acknowledged"
    refused("contract.reason.missing",
            lambda: made.do("end_subcontract", "head0", reason="", **by))  # fmt: skip
    refused("subcontract.end_subcontract.forbidden",
            lambda: made.do("end_subcontract", "head1", reason="a", **by), 403)  # fmt: skip
    made.do("end_subcontract", "head0", reason="직접 시공합니다.", **by)
    made.hire(VALUE)
    assert kinds(made.here.number)[-1] == "subcontract.register_subcontract"


@pytest.mark.parametrize(
    ("code", "field", "changed"),
    [
        ("unknown_supplier", "subcontractor", {"subcontractor": "999-99-99999"}),
        ("work", "work", {"work": " "}),
        ("amount", "amount", {"amount": 0}),
        ("amount", "amount", {"amount": -1}),
        ("too_much", "amount", {"amount": VALUE + 1}),
        ("period", "ends", {"starts": ENDS, "ends": STARTS}),
        ("period", "ends", {"ends": date(2027, 4, 1)}),
        ("signed_on", "signed_on", {"signed_on": date(2026, 11, 25)}),
    ],
)
def test_what_is_no_subcontract(code: str, field: str, changed: dict[str, Any]) -> None:
    made = active()
    amount = changed.pop("amount", 1)
    no = refused(f"contract.subcontract.{code}", lambda: made.hire(amount, **changed))
    assert no.field == field
    own = {"subcontractor": made.here.identifier(0)}
    refused("contract.subcontract.itself", lambda: made.hire(1, **own))
    assert not Subcontract.objects.exists()
    assert made.hire(VALUE).amount == VALUE


def test_only_the_supplier_of_a_contract_in_force_registers() -> None:
    made = drafted()
    refused("contract.subcontract.not_active", lambda: made.hire(1), 409)
    made.conclude()
    given = {
        "subcontractor": made.here.identifier(1), "work": "방수", "amount": 1, "starts": STARTS,
        "ends": ENDS, "signed_on": AT.date(),
    }  # fmt: skip
    refused("contract.subcontract.not_active",
            lambda: made.do("register_subcontract", "officer", **given), 409)  # fmt: skip
    refused("subcontract.register_subcontract.forbidden",
            lambda: made.do("register_subcontract", "bidder0", **given), 403)  # fmt: skip
    refused("contract.unknown", lambda: made.do("register_subcontract", "head1", **given), 404)


def test_the_database_keeps_subcontracts_within_the_contract() -> None:
    made = active()
    made.hire(60_000_000)
    second = made.hire(30_000_000, 2)

    def wall(sql: str) -> str:
        caught_here = pytest.raises(IntegrityError)
        with caught_here as caught, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        return str(caught.value)

    table = "update jangteo_contract_subcontract set"
    assert "exceed the contract" in wall(f"{table} amount = 60000000")
    assert "subcontract_positive" in wall(f"{table} amount = 0")
    assert "subcontract_with_another" in wall(f"{table} subcontractor_id = supplier_id")
    made.do("end_subcontract", "head0", number=second.number, reason="끝")
    made.hire(37_908_840, 2)
    ended = f"{table} status = 'registered' where number = '{second.number}'"
    assert "exceed the contract" in wall(ended)
    propose(made, value=VALUE + 1)
    names = [f.column for f in Amendment._meta.concrete_fields if f.column != "id"]
    same, table = ", ".join(names), "jangteo_contract_amendment"
    assert "one_amendment_at_a_time" in wall(
        f"insert into {table} (id, {same}) select gen_random_uuid(), {same} from {table}"
    )


def test_everybody_concerned_hears_of_it_once() -> None:
    made = drafted()
    made.do("cancel", "officer", reason="다시")
    hear("contract.cancel")
    assert made.here.inbox("head0") == []
    made.number = made.do("draft", "officer", number=made.here.number).number
    made.offer()
    made.do("take_back", "officer")
    made.conclude()
    made.amend(ends=LATER)
    propose(made)
    row = made.hire(NEEDED)
    made.do("agree_subcontract", "head1", number=row.number)
    made.do("acknowledge_subcontract", "officer", number=row.number)
    made.do("end_subcontract", "head0", number=row.number, reason="끝")
    made.do("terminate", "approver", ground="agency", reason="예산이 줄었습니다.")
    for kind in (
        "contract.offer", "contract.take_back", "contract.agree", "contract.conclude",
        "contract.terminate", "amendment.propose_amendment", "amendment.agree_amendment",
        "amendment.conclude_amendment", "amendment.withdraw_amendment",
        "subcontract.register_subcontract", "subcontract.agree_subcontract",
        "subcontract.acknowledge_subcontract", "subcontract.end_subcontract",
    ):  # fmt: skip
        hear(kind)
    title = f"“{made.row().title}”"
    assert sorted(made.here.inbox("head0")) == sorted(
        [
            f"The contract {title} is here to be read and signed.",
            f"The agency took the contract {title} back to change it.",
            f"The contract {title} is here to be read and signed.",
            f"The contract {title} is in force.",
            f"The contract {title} is terminated; see why.",
            f"An amendment of {title} is here to be signed.",
            f"An amendment of {title} is here to be signed.",
            f"The amendment of {title} is in force.",
            f"The amendment of {title} is withdrawn.",
            "The subcontractor agreed to “방수”.",
        ]
    )
    assert sorted(made.here.inbox("officer")) == sorted(
        [
            f"The supplier signed the contract {title}.",
            f"The supplier signed the amendment of {title}.",
            "The subcontractor agreed to “방수”.",
            "The supplier ended the subcontract “방수”; see why and what it is owed.",
        ]
    )
    assert sorted(made.here.inbox("head1")) == sorted(
        [
            "A subcontract for “방수” asks you to agree.",
            "The agency took note of “방수”.",
            "The subcontract for “방수” was ended.",
        ]
    )
