"""Registration from the first paper to people and licences."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.account.models import Account, Membership
from jangteo.records.account.queries import Actor, actor_for, people_of
from jangteo.records.journal.models import Entry
from jangteo.records.party.models import Party
from jangteo.stages.registration import actions, queries
from jangteo.stages.registration.models import Registration
from jangteo.stages.registration.queries import LicenceRow

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
OPERATOR = Actor(None, "Operator", roles=frozenset({"operator"}))
CIVIL = LicenceRow("0001", "서울-토목-0001", date(2020, 3, 2))


def supplier(**changed: Any) -> Registration:
    words: dict[str, Any] = {
        "name": "한빛건설", "identifier": "220-81-62517", "region": "11",
        "representative": "김하나", "address": "서울특별시 중구 세종대로 110",
        "licences": [CIVIL], "username": "hana",
    }  # fmt: skip
    return actions.register_supplier(by=Actor.anyone(), at=AT, **words | changed)


def agency(**changed: Any) -> Registration:
    words: dict[str, Any] = {
        "name": "조달구청", "identifier": "1741000", "region": "11", "regime": "local",
        "representative": "이두리", "address": "서울특별시 종로구 세종대로 209",
        "username": "duri",
    }  # fmt: skip
    return actions.register_agency(by=Actor.anyone(), at=AT, **words | changed)


def actor(registration: Registration, at: datetime) -> Actor:
    account_id = people_of(registration.party_id, at=at)[0][0]
    return actor_for(Account.objects.get(pk=account_id), registration.party_id, at=at)


def standing() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("select party_id from jangteo_registration_standing")
        return [row[0] for row in cursor.fetchall()]


def test_a_supplier_asks_and_is_approved() -> None:
    asked = supplier()
    assert asked.status == "submitted"
    assert actor(asked, AT).roles == {"applicant"}
    assert standing() == []
    assert not queries.supplier_facts(asked.party_id, AT.date()).active

    actions.approve(by=OPERATOR, at=LATER, registration_id=asked.pk)

    assert actor(asked, LATER).roles == {"representative"}
    assert standing() == [asked.party_id]
    facts = queries.supplier_facts(asked.party_id, LATER.date())
    assert (facts.active, facts.region, facts.licences) == (True, "11", frozenset({"0001"}))
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["registration.submit", "registration.approve"]


def test_the_number_is_stored_without_hyphens_and_only_once() -> None:
    supplier()
    assert Party.objects.get().identifier == "2208162517"
    with pytest.raises(Refusal) as caught:
        supplier(identifier="2208162517", username="other")
    assert (caught.value.code, caught.value.status) == ("party.known", 409)
    assert Registration.objects.count() == 1


def test_a_licence_counts_from_its_day() -> None:
    asked = supplier(licences=[CIVIL, LicenceRow("0037", "E-1", date(2026, 12, 1))])
    assert queries.supplier_facts(asked.party_id, date(2026, 12, 1)).licences == frozenset()
    actions.approve(by=OPERATOR, at=AT, registration_id=asked.pk)
    assert queries.supplier_facts(asked.party_id, date(2026, 11, 30)).licences == {"0001"}
    assert queries.supplier_facts(asked.party_id, date(2026, 12, 1)).licences == {"0001", "0037"}


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept() -> None:
    with pytest.raises(Refusals) as caught:
        supplier(identifier="2208162518", region="99", licences=[], name=" ")
    assert {one.code: one.field for one in caught.value.refusals} == {
        "registration.name.length": "name",
        "registration.business_number.wrong": "identifier",
        "registration.region.unknown": "region",
        "registration.licences.none": "licences",
    }
    assert (Party.objects.count(), Account.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"licences": [CIVIL, CIVIL]}, "registration.licences.twice"),
        ({"licences": [LicenceRow("9998", "1", AT.date())]}, "registration.licence.unknown"),
        ({"licences": [LicenceRow("0001", " ", AT.date())]}, "registration.licence.number"),
    ],
)
def test_licences_are_checked(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusals) as caught:
        supplier(**changed)
    assert [one.code for one in caught.value.refusals] == [code]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"username": "Hana"}, "account.username.malformed"),
        ({"username": "ab"}, "account.username.malformed"),
        ({"password": "1234567890"}, "account.password.weak"),
        ({"password": "short-1"}, "account.password.weak"),
    ],
)
def test_the_first_account_is_checked(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        supplier(**changed)
    assert caught.value.code == code
    assert Party.objects.count() == 0


def test_a_taken_sign_in_name_leaves_nothing_behind() -> None:
    supplier()
    with pytest.raises(Refusal) as caught:
        agency(username="hana")
    assert caught.value.code == "account.taken"
    assert Registration.objects.count() == 1


def test_an_agency_needs_its_code_and_its_law() -> None:
    with pytest.raises(Refusals) as caught:
        agency(identifier="12", regime="")
    codes = [one.code for one in caught.value.refusals]
    assert codes == ["registration.agency_code.wrong", "registration.regime.unknown"]
    assert agency().regime == "local"


def test_papers_go_back_with_a_reason_and_come_again() -> None:
    asked = supplier()
    with pytest.raises(Refusal) as caught:
        actions.send_back(by=OPERATOR, at=LATER, registration_id=asked.pk, reason="no")
    assert caught.value.code == "registration.send_back.reason"

    reason = "건설업 등록증 사본이 없습니다."
    actions.send_back(by=OPERATOR, at=LATER, registration_id=asked.pk, reason=reason)
    person = actor(asked, LATER)
    tasks = queries.tasks_for(person, LATER)
    assert [(task.state, task.params) for task in tasks] == [("todo", {"reason": reason})]

    again = actions.resubmit(
        by=person, at=LATER, registration_id=asked.pk, name="한빛종합건설", region="41",
        representative="김하나", address="경기도 수원시 효원로 1",
        licences=[LicenceRow("0002", "B-7", date(2021, 1, 4))],
    )  # fmt: skip
    row = queries.registration_of(again.party_id)
    assert (row.status, row.note, row.name, row.region) == ("submitted", "", "한빛종합건설", "41")
    assert [one.code for one in row.licences] == ["0002"]
    assert [task.state for task in queries.tasks_for(person, LATER)] == ["waiting"]


def test_only_the_operator_decides_and_only_once() -> None:
    asked = supplier()
    other = actor(asked, AT)
    for act in (Actor.anyone(), other):
        with pytest.raises(Refusal) as caught:
            actions.approve(by=act, at=AT, registration_id=asked.pk)
        assert (caught.value.code, caught.value.status) == ("registration.approve.forbidden", 403)
    actions.approve(by=OPERATOR, at=AT, registration_id=asked.pk)
    with pytest.raises(Refusal) as caught:
        actions.approve(by=OPERATOR, at=LATER, registration_id=asked.pk)
    assert (caught.value.code, caught.value.status) == ("registration.approve.not_now", 409)
    assert Membership.objects.filter(role="representative").count() == 1


def test_people_are_added_by_the_representative_of_the_same_organisation_only() -> None:
    ours, theirs = supplier(), agency()
    for one in (ours, theirs):
        actions.approve(by=OPERATOR, at=AT, registration_id=one.pk)
    head, stranger = actor(ours, AT), actor(theirs, AT)
    words = {"party_id": ours.party_id, "username": "agent1", "name": "박세나"}

    with pytest.raises(Refusal) as caught:
        actions.add_person(by=stranger, at=AT, roles=["bidding_agent"], **words)
    assert caught.value.status == 403
    for roles in ([], ["opening_officer"], ["operator"], ["applicant"]):
        with pytest.raises(Refusal) as caught:
            actions.add_person(by=head, at=AT, roles=roles, **words)
        assert caught.value.code == "registration.role.unknown"
    assert not Account.objects.filter(username="agent1").exists()

    person = actions.add_person(by=head, at=AT, roles=["bidding_agent"], **words)
    assert actor_for(person, ours.party_id, at=AT).roles == {"bidding_agent"}
    assert not person.has_usable_password()


def test_nobody_is_added_before_the_approval() -> None:
    asked = supplier()
    with pytest.raises(Refusal) as caught:
        actions.add_person(
            by=OPERATOR, at=AT, party_id=asked.party_id, username="agent1", name="박세나",
            roles=["bidding_agent"],
        )  # fmt: skip
    assert caught.value.code == "registration.add_person.not_now"


def test_who_sees_a_registration() -> None:
    asked, other = supplier(), agency()
    assert queries.registration_for(actor(asked, AT), asked.pk).name == "한빛건설"
    with pytest.raises(Refusal) as caught:
        queries.registration_for(actor(other, AT), asked.pk)
    assert caught.value.status == 404
    with pytest.raises(Refusal) as caught:
        queries.registrations(actor(other, AT))
    assert caught.value.status == 403
    assert [row.name for row in queries.registrations(OPERATOR, "submitted")] == [
        "한빛건설",
        "조달구청",
    ]


def test_an_agency_without_its_officers_is_told() -> None:
    asked = agency()
    actions.approve(by=OPERATOR, at=AT, registration_id=asked.pk)
    head = actor(asked, AT)
    told = queries.tasks_for(head, AT)
    assert [(task.url, task.state, task.who) for task in told] == [
        ("/people", "waiting", "operator")
    ]
    enter = f"/registrations/{asked.pk}/people/add"
    assert [task.url for task in queries.tasks_for(OPERATOR, AT)] == [enter]
    actions.add_person(
        by=OPERATOR, at=AT, party_id=asked.party_id, username="opener", name="최다람",
        roles=["opening_officer", "approving_officer", "disbursing_officer"],
    )  # fmt: skip
    assert queries.tasks_for(head, AT) == []
