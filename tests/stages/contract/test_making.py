"""A contract is drafted from its award, offered, signed on both sides, secured, and told."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jangteo.records.journal.models import Entry
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import canonical, unb64u
from jangteo.rules.security.performance import performance
from jangteo.stages.contract import actions
from jangteo.stages.contract.models import Contract, Security, Signature, Text
from tests.stages.award.opened import AT, refused
from tests.stages.contract.signed import (
    BOND,
    ENDS,
    NEEDED,
    STARTS,
    TERMS,
    VALUE,
    active,
    awarded,
    drafted,
    small,
)

pytestmark = pytest.mark.django_db


def test_a_contract_begins_with_what_the_award_says() -> None:
    made = drafted()
    row = made.row()
    assert row.number.startswith("R26TA")
    assert (row.status, row.value, row.supplier_id) == ("pending", VALUE, made.supplier.pk)
    assert (row.buyer_id, row.tender_number) == (made.here.buyer.pk, made.here.number)
    assert (row.starts, row.ends, row.text) == (None, None, -1)
    assert row.sign_due is not None
    assert row.sign_due.isoformat() == "2026-12-04T15:00:00+00:00"
    refused(
        "contract.draft.exists",
        lambda: made.do("draft", "officer", number=made.here.number),
        409,
    )
    made.do("cancel", "officer", reason="다시 만듭니다.")
    assert made.do("draft", "officer", number=made.here.number).number != made.number


def test_only_the_agencys_contract_officer_drafts_and_only_an_award_in_force() -> None:
    made = awarded()
    for who in ("approver", "payer"):
        with pytest.raises(Exception) as caught:
            made.do("draft", who, number=made.here.number)
        assert caught.value.code == "contract.draft.forbidden"
    for who in ("head0", "bidder1"):
        refused(
            "contract.unknown", lambda who=who: made.do("draft", who, number=made.here.number), 404
        )
    made.here.annul(cause="gave_up", reason="포기")
    refused("contract.unknown", lambda: made.do("draft", "officer", number=made.here.number), 404)
    made.here.passed(1)
    made.here.do("propose", "officer")
    refused(
        "contract.draft.no_award",
        lambda: made.do("draft", "officer", number=made.here.number),
        409,
    )
    assert not Contract.objects.exists()


def test_terms_are_set_before_the_offer_only() -> None:
    made = drafted()
    refused("contract.offer.incomplete", lambda: made.do("offer", "officer"))
    for name in ("starts", "ends", "budget_line"):
        made.do("revise", "officer", changes=TERMS | {name: None})
        lacks = refused("contract.offer.incomplete", lambda: made.do("offer", "officer"))
        assert lacks.field == name
    reverse = {"starts": ENDS, "ends": STARTS}
    wrong = refused(
        "contract.period.reversed", lambda: made.do("revise", "officer", changes=reverse)
    )
    assert wrong.field == "ends"
    made.do("revise", "officer", changes={"value": 1, "number": "x", "place": " 서울 "})
    assert (made.row().value, made.row().place) == (VALUE, "서울")
    made.offer()
    refused(
        "contract.revise.not_now",
        lambda: made.do("revise", "officer", changes={"place": "부산"}),
        409,
    )
    refused("contract.revise.forbidden", lambda: made.do("revise", "head0", changes={}), 403)


def test_what_both_sides_sign_names_parties_money_days_and_the_documents_hash() -> None:
    made = drafted()
    made.offer()
    text = Text.objects.get()
    said = json.loads(text.statement)
    assert said == {
        "kind": "contract", "contract": made.number, "text": 0, "value": VALUE,
        "starts": "2026-12-01", "ends": "2027-03-31", "tender": made.here.number,
        "buyer": made.here.buyer.identifier, "supplier": made.supplier.identifier,
        "template": text.template, "document": text.document_hash,
    }  # fmt: skip
    assert canonical(said).decode() == text.statement
    assert text.template == "contract/template:national-2020"


def test_both_sides_sign_and_anybody_can_check_it() -> None:
    made = drafted()
    made.offer()
    made.sign("agree", "head0")
    assert made.state() == "agreed"
    made.do("record_security", "officer", **BOND)
    made.sign("conclude", "officer")
    assert made.state() == "active"
    assert made.row().concluded_at == AT
    text = Text.objects.get()
    for one in Signature.objects.all():
        assert seal.verify(one.key, text.statement.encode(), unb64u(one.signature, 64))
    assert set(Signature.objects.values_list("side", flat=True)) == {"supplier", "buyer"}
    assert made.told() == [("new", VALUE, f"{made.number}-new-0")]


@pytest.mark.parametrize("case", ["stranger", "other_text", "garbage", "short", "empty"])
def test_a_signature_that_does_not_hold_signs_nothing(case: str) -> None:
    made = drafted()
    made.offer()
    good = made.signature("head0")
    bad: dict[str, Any] = {
        "stranger": made.signature("officer"),
        "other_text": made.signature("head0", "{}"),
        "garbage": good | {"signature": "!!!"},
        "short": good | {"signature": "AAAA"},
        "empty": good | {"signature": ""},
    }[case]
    code = "contract.sign.key" if case == "stranger" else "contract.sign.signature"
    refused(code, lambda: made.do("agree", "head0", **bad))
    assert made.state() == "offered"
    assert not Signature.objects.exists()
    assert not Entry.objects.filter(kind="contract.agree").exists()


def test_who_signs_and_when() -> None:
    made = drafted()
    refused("contract.agree.not_now", lambda: sign_badly(made, "agree", "head0"), 409)
    made.offer()
    refused("contract.agree.forbidden", lambda: sign_badly(made, "agree", "officer"), 403)
    refused("contract.agree.forbidden", lambda: sign_badly(made, "agree", "bidder0"), 403)
    refused("contract.conclude.not_now", lambda: made.sign("conclude", "officer"), 409)
    refused("contract.unknown", lambda: sign_badly(made, "agree", "head1"), 404)
    made.sign("agree", "head0")
    refused("contract.agree.not_now", lambda: made.sign("agree", "head0"), 409)
    refused("contract.conclude.forbidden", lambda: sign_badly(made, "conclude", "approver"), 403)
    refused("contract.conclude.security", lambda: made.sign("conclude", "officer"), 409)
    assert made.told() == []


def sign_badly(made: Any, verb: str, who: str) -> None:
    made.do(verb, who, signer_key="k", signature="s")


def test_an_offer_taken_back_becomes_a_new_text_and_old_signatures_sign_nothing() -> None:
    made = drafted()
    made.offer()
    old = made.signature("head0")
    made.do("take_back", "officer")
    refused("contract.unknown", lambda: made.page("head0"), 404)
    made.offer(place="다른 곳")
    assert [one.number for one in Text.objects.order_by("number")] == [0, 1]
    refused("contract.sign.signature", lambda: made.do("agree", "head0", **old))
    made.sign("agree", "head0")
    refused("contract.take_back.not_now", lambda: made.do("take_back", "officer"), 409)
    made.do("record_security", "officer", **BOND)
    made.sign("conclude", "officer")
    assert made.told() == [("new", VALUE, f"{made.number}-new-1")]


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("kind", {"kind": "promise"}),
        ("not_waived", {"kind": "undertaking"}),
        ("amount", {"amount": 0}),
        ("amount", {"amount": -5}),
        ("issuer", {"issuer": " "}),
        ("too_short", {"until": date(2027, 3, 30)}),
        ("too_short", {"until": None}),
    ],
)
def test_what_is_no_security(code: str, changed: dict[str, Any]) -> None:
    made = drafted()
    made.offer()
    refused(f"contract.security.{code}", lambda: record(made, **changed))
    assert not Security.objects.exists()


def record(made: Any, who: str = "officer", **changed: Any) -> None:
    made.do("record_security", who, **(BOND | changed))


def test_the_security_is_a_tenth_and_may_come_in_parts() -> None:
    made = drafted()
    refused("contract.record_security.not_now", lambda: record(made), 409)
    made.offer()
    refused("contract.record_security.forbidden", lambda: record(made, "head0"), 403)
    assert (made.page("officer").security.required, NEEDED) == (NEEDED, 9_790_884)
    record(made, amount=NEEDED - 1)
    made.sign("agree", "head0")
    refused("contract.conclude.security", lambda: made.sign("conclude", "officer"), 409)
    record(made, kind="cash", amount=1, issuer="", until=None)
    assert made.page("head0").security.enough
    made.sign("conclude", "officer")
    assert made.state() == "active"


def test_a_small_contract_needs_only_an_undertaking() -> None:
    made = small()
    made.offer()
    made.sign("agree", "head0")
    need = made.page("officer").security
    assert (need.required, need.waivable, need.enough) == (4_100_000, True, False)
    record(made, kind="undertaking", amount=0, issuer="", until=None)
    made.sign("conclude", "officer")
    assert made.told() == [("new", 41_000_000, f"{made.number}-new-0")]


@given(st.integers(1, 10**13), st.sampled_from(["national", "local"]))
def test_a_tenth_is_never_a_won_too_little_or_too_much(value: int, regime: str) -> None:
    found = performance(value=value, regime=regime, on=AT.date())
    assert value <= found.amount * 10 < value + 10
    assert found.waivable is (value <= 50_000_000)


@pytest.mark.parametrize("step", ["pending", "offered", "agreed"])
def test_a_contract_is_given_up_before_the_agency_signed_and_the_award_can_go(step: str) -> None:
    made = drafted()
    if step != "pending":
        made.offer()
    if step == "agreed":
        made.sign("agree", "head0")
    given = {"cause": "not_signed", "reason": "보증금을 내지 않았습니다."}
    refused("award.annul.contract", lambda: made.here.annul(**given), 409)
    refused("contract.reason.missing", lambda: made.do("cancel", "officer", reason=""))
    made.do("cancel", "officer", reason="보증금을 내지 않았습니다.")
    assert (made.state(), made.row().ending_reason) == ("cancelled", "보증금을 내지 않았습니다.")
    assert made.told() == []
    made.here.annul(**given)
    assert made.here.states() == [(1, "passed"), (2, "called")]


def test_a_contract_in_force_is_not_given_up() -> None:
    made = active()
    refused("contract.cancel.not_now", lambda: made.do("cancel", "officer", reason="a"), 409)
    given = {"cause": "ruling", "reason": "판정"}
    refused("award.annul.contract", lambda: made.here.annul(**given), 409)


def test_another_agency_finds_nothing() -> None:
    made, other = drafted(), awarded()
    by = other.here.who("officer")
    for verb, more in (("offer", {}), ("take_back", {}), ("cancel", {"reason": "a"})):
        refused(
            "contract.unknown",
            lambda verb=verb, more=more: getattr(actions, verb)(
                by=by, at=AT, number=made.number, **more
            ),
            404,
        )
    refused("contract.unknown", lambda: actions.draft(by=by, at=AT, number=made.here.number), 404)


def wall(sql: str) -> str:
    """What the database says when it refuses this."""
    caught_here = pytest.raises(IntegrityError)
    with caught_here as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value)


def test_the_database_keeps_one_contract_an_award_and_its_texts() -> None:
    made = active()
    made.hire(60_000_000)
    table = "jangteo_contract_contract"
    names = [f.column for f in Contract._meta.concrete_fields if f.column not in ("id", "number")]
    same = ", ".join(names)
    again = f"insert into {table} (id, number, {same}) select gen_random_uuid(), 'X', {same}"
    assert "one_contract_an_award" in wall(f"{again} from {table}")
    assert "contract_starts_first" in wall(f"update {table} set ends = starts - 1")
    assert "does not cover subcontracts of 60000000" in wall(f"update {table} set value = 59999999")
    names = [f.column for f in Text._meta.concrete_fields if f.column != "id"]
    same = ", ".join(names)
    table = "jangteo_contract_text"
    again = f"insert into {table} (id, {same}) select gen_random_uuid(), {same} from {table}"
    assert "one_text_a_number" in wall(again)
    names = [f.column for f in Signature._meta.concrete_fields if f.column != "id"]
    same = ", ".join(names)
    table = "jangteo_contract_signature"
    again = f"insert into {table} (id, {same}) select gen_random_uuid(), {same} from {table}"
    assert "one_signature_a_side" in wall(again)
