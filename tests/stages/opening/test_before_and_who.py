"""Nothing before its time, nobody without the right, no one person alone."""

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.ground.errors import Refusal
from jangteo.records.account.actions import enrol_signing_key
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.journal.queries import now
from jangteo.records.party.models import Party
from jangteo.records.vault import queries as vault
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.models import Exclusion, OpenedBid, Opening, Result, Signature
from jangteo.stages.tender import actions as tender
from tests.market import bidder, person
from tests.stages.opening.ceremony import Ceremony
from tests.stages.tender.agency import kst

Begin = Callable[..., Ceremony]
BIDS = [(310_000_000, (1, 2)), (312_000_000, (3, 4)), (314_000_000, (5, 6))]


def refused(do: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do()
    return caught.value


def test_nothing_is_prepared_before_the_deadline(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    no = refused(lambda: actions.prepare(by=made.agency.opening, at=now(), number=made.number))
    assert (no.code, no.status) == ("opening.prepare.before_deadline", 409)
    assert Opening.objects.count() == 0
    made.forward(made.notice.deadline)
    assert actions.prepare(by=made.agency.opening, at=now(), number=made.number)


@pytest.mark.parametrize("replica", [False, True])
def test_the_database_refuses_it_to_the_superuser_too(begin: Begin, replica: bool) -> None:
    made = begin()
    with connection.cursor() as cursor:
        cursor.execute("select usesuper from pg_user where usename = current_user")
        assert cursor.fetchone() == (True,)
        if replica:
            cursor.execute("set local session_replication_role = replica")
    with pytest.raises(IntegrityError, match="before the deadline"), transaction.atomic():
        Opening.objects.create(
            tender_id=made.notice.tender_id, buyer_id=made.notice.buyer_id, lot="1", round=0,
            version=0, status="requested", tender_number=made.number, prepared_at=now(),
        )  # fmt: skip
    if replica:
        with connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = origin")
    assert Opening.objects.count() == 0


def test_a_result_without_an_opening_is_refused_by_the_database(begin: Begin) -> None:
    made = begin()
    made.prepare()
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(
            opening=Opening(pk=uuid.uuid4()), outcome="published", code="", law="",
            rates_from="none", verified="none", bundle=b"", bundle_hash="", published_at=now(),
        )  # fmt: skip
    assert Result.objects.count() == 0


def test_a_correction_moves_the_guard_with_the_deadline(begin: Begin) -> None:
    made = begin()
    later = kst(21, 10)
    made.agency.correct(made.number, at=now(), deadline=later)
    made.forward(made.notice.deadline)
    no = refused(lambda: actions.prepare(by=made.agency.opening, at=now(), number=made.number))
    assert no.code == "opening.prepare.before_deadline"
    with pytest.raises(IntegrityError, match="before the deadline"), transaction.atomic():
        Opening.objects.create(
            tender_id=made.notice.tender_id, buyer_id=made.notice.buyer_id, lot="1", round=0,
            version=0, status="requested", tender_number=made.number, prepared_at=now(),
        )  # fmt: skip
    made.forward(later)
    opening = actions.prepare(by=made.agency.opening, at=now(), number=made.number)
    assert opening.version == 1


def test_only_the_agency_opens(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.forward(made.notice.opening_at)
    for who in (made.agency.contract, made.bidders[0].actor(), Actor.anyone()):
        no = refused(lambda who=who: actions.prepare(by=who, at=now(), number=made.number))
        assert (no.code, no.status) == ("opening.prepare.forbidden", 403)
    assert Opening.objects.count() == 0
    no = refused(lambda: queries.opening_state(made.bidders[0].actor(), made.number, at=now()))
    assert (no.code, no.status) == ("opening.forbidden", 403)


def test_the_set_is_closed_at_the_opening_time_not_before(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.forward(made.notice.deadline)
    actions.prepare(by=made.agency.opening, at=now(), number=made.number)
    no = refused(made.close)
    assert (no.code, no.status) == ("opening.close_set.before_opening", 409)
    assert Opening.objects.get().status == "prepared"
    made.forward(made.notice.opening_at)
    assert made.close().status == "closed_set"


def test_a_tender_cancelled_after_the_deadline_is_not_closed_nor_asked_for(begin: Begin) -> None:
    made = begin()
    made.receive_all([(130_000_000, (5, 7)), (131_000_000, (11, 3))])
    made.forward(made.notice.deadline)
    actions.prepare(by=made.agency.opening, at=now(), number=made.number)
    tender.cancel(by=made.agency.contract, at=now(), number=made.number, reason="예산 삭감")
    made.forward(made.notice.opening_at)
    with pytest.raises(Refusal) as caught:
        made.close()
    assert (caught.value.code, caught.value.status) == ("opening.close_set.not_now", 409)
    assert (Opening.objects.get().status, Opening.objects.get().statement) == ("prepared", "")


def test_a_cancelled_tender_is_not_prepared(begin: Begin) -> None:
    made = begin()
    tender.cancel(by=made.agency.contract, at=now(), number=made.number, reason="예산 삭감")
    made.forward(made.notice.opening_at)
    given = {"by": made.agency.opening, "at": now(), "number": made.number}
    assert refused(lambda: actions.prepare(**given)).code == "opening.prepare.not_now"
    assert Opening.objects.count() == 0


def test_no_bid_of_another_set_is_excluded_and_no_role_signs_twice(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    given = {"by": made.agency.opening, "at": now(), "number": made.number}
    no = refused(lambda: actions.exclude(**given, bid_hash="0" * 64, ground="not_qualified"))
    assert (no.code, no.status) == ("opening.exclude.no_bid", 404)
    made.close()
    made.sign("contract_officer")
    party = Party.objects.get(pk=made.notice.buyer_id)
    other = actor_for(person(party, "contract_officer"), party.pk, at=now())
    assert refused(lambda: made.sign("contract_officer", by=other)).code == (
        "opening.sign_request.signed"
    )
    assert (Exclusion.objects.count(), Signature.objects.count()) == (0, 1)


def test_one_person_cannot_sign_for_two(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    made.close()
    both = made.agency.contract
    twice = Actor(
        both.account_id, both.name, both.party_id, both.party_name, both.party_kind,
        both.roles | {"opening_officer"},
    )  # fmt: skip
    made.sign("contract_officer")
    text = actions.statement(number=made.number)
    no = refused(
        lambda: made.sign(
            "opening_officer",
            by=twice,
            signer_key=seal.public_of(made.contract_key),
            signature=b64u(seal.sign(made.contract_key, text.encode())),
        )
    )
    assert (no.code, no.status) == ("opening.sign_request.same_person", 409)
    assert [row.role for row in Signature.objects.all()] == ["contract_officer"]
    assert vault.release_request(made.notice.scope) is None


def test_a_signature_is_of_the_statement_by_an_enrolled_key(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    made.close()
    stranger = seal.fresh_signing_key()
    text = actions.statement(number=made.number).encode()
    unknown = {"signer_key": seal.public_of(stranger), "signature": b64u(seal.sign(stranger, text))}
    assert refused(lambda: made.sign("contract_officer", **unknown)).code.endswith(".key")
    other = b64u(seal.sign(made.contract_key, text + b" "))
    no = refused(lambda: made.sign("contract_officer", signature=other))
    assert no.code == "opening.sign_request.signature"
    no = refused(lambda: made.sign("opening_officer", by=made.agency.contract))
    assert (no.code, no.status) == ("opening.sign_request.role", 403)
    assert Signature.objects.count() == 0
    assert Opening.objects.get().status == "closed_set"


def test_one_release_is_not_enough(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    made.ask()
    made.custodians(["audit"])
    no = refused(made.hold)
    assert (no.code, no.status) == ("opening.hold_opening.keys_missing", 409)
    assert no.params["count"] == 1
    assert (Result.objects.count(), OpenedBid.objects.count()) == (0, 0)
    assert Opening.objects.get().status == "requested"
    made.custodians(["platform"])
    assert made.hold().outcome in ("published", "failed")


def test_the_officers_own_key_is_the_third(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    made.ask()
    made.custodians(["audit"])
    made.officer_key()
    assert set(vault.releases(made.notice.scope)) == {"audit", "officer"}
    assert made.hold().outcome in ("published", "failed")


def test_before_the_request_nothing_is_held(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    no = refused(made.hold)
    assert (no.code, no.status) == ("opening.not_prepared", 409)
    made.prepare()
    assert refused(made.hold).code == "opening.hold_opening.not_asked"
    made.close()
    assert refused(made.hold).code == "opening.hold_opening.not_asked"
    assert Result.objects.count() == 0


def test_after_the_set_is_closed_nothing_is_excluded(begin: Begin) -> None:
    made = begin()
    who = made.receive_all(BIDS)
    made.prepare()
    assert refused(lambda: made.exclude(who[0], ground="bad_mood")).field == "ground"
    made.exclude(who[0])
    assert refused(lambda: made.exclude(who[0])).code == "opening.exclude.twice"
    made.close()
    no = refused(lambda: made.exclude(who[1]))
    assert (no.code, no.status) == ("opening.exclude.not_now", 409)
    assert Exclusion.objects.count() == 1


def test_a_ground_must_be_in_the_law_of_the_regime(begin: Begin) -> None:
    made = begin(regime="local")
    who = made.receive_all(BIDS)
    made.prepare()
    no = refused(lambda: made.exclude(who[0], ground="debarred_representative"))
    assert (no.code, no.law) == ("opening.exclude.ground", "지방계약법 시행규칙 제42조")
    assert made.exclude(who[0]).article == "지방계약법 시행규칙 제42조제1호"


def test_a_stranger_learns_nothing_of_a_sealed_opening(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    no = refused(lambda: queries.result(made.number))
    assert (no.code, no.status) == ("opening.result.none", 404)
    assert refused(lambda: queries.my_result(bidder().actor(), made.number)).status == 404


def test_the_bid_of_one_who_enrols_late_still_counts(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    made.close()
    fresh = seal.fresh_signing_key()
    enrol_signing_key(
        at=now(), account_id=made.agency.contract.account_id, public_key=seal.public_of(fresh)
    )
    made.contract_key = fresh
    made.sign("contract_officer")
    made.sign("opening_officer")
    made.custodians()
    assert set(vault.releases(made.notice.scope)) == {"platform", "audit"}
