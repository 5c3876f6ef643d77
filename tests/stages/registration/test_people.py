"""Who may enter whom, what ends, and licences that count only once they are approved."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jangteo.ground.errors import Refusal
from jangteo.records.account.actions import issue_token
from jangteo.records.account.models import Account, ApiToken, Membership
from jangteo.records.account.queries import Actor, actor_for, actor_for_token
from jangteo.records.journal.models import Entry
from jangteo.stages.registration import actions, queries
from jangteo.stages.registration.models import Licence, Registration
from jangteo.stages.registration.queries import LicenceRow
from tests.stages.registration.test_actions import (
    AT,
    LATER,
    OPERATOR,
    actor,
    agency,
    supplier,
)

pytestmark = pytest.mark.django_db
END = datetime(2027, 1, 1, tzinfo=UTC)
MORE = LicenceRow("0037", "전기-3", date(2001, 1, 1))


def active(one: Registration) -> tuple[Registration, Actor]:
    actions.approve(by=OPERATOR, at=AT, registration_id=one.pk)
    return one, actor(one, AT)


def add(by: Actor, to: Registration, *roles: str, **more: Any) -> Account:
    words = {"username": "second", "name": "최다람"} | more
    return actions.add_person(by=by, at=AT, party_id=to.party_id, roles=roles, **words)


@pytest.mark.parametrize("roles", [["opening_officer"], ["contract_officer", "opening_officer"]])
def test_no_contract_officer_makes_an_opening_officer(roles: list[str]) -> None:
    asked, head = active(agency())
    facts = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        add(head, asked, *roles)
    assert (caught.value.code, caught.value.status) == (
        "registration.officer.by_operator",
        403,
    )
    assert not Membership.objects.filter(role="opening_officer").exists()
    assert (Account.objects.count(), Entry.objects.count()) == (1, facts)


def test_the_operator_enters_the_opening_officer_and_officers_enter_officers() -> None:
    asked, head = active(agency())
    add(OPERATOR, asked, "opening_officer")
    second = add(head, asked, "contract_officer", username="third")
    assert actor_for(second, asked.party_id, at=AT).roles == {"contract_officer"}
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))[-2:]
    assert kinds == ["registration.add_officer", "registration.add_person"]


def test_a_role_ends_and_the_token_with_it() -> None:
    asked, head = active(agency())
    person = add(OPERATOR, asked, "opening_officer")
    token = issue_token(at=AT, account_id=person.pk, party_id=asked.party_id, label="x")
    where = {"at": LATER, "party_id": asked.party_id, "account_id": person.pk}
    actions.end_role(by=head, role="opening_officer", **where)
    before = actor_for_token(token, at=AT)
    after = actor_for_token(token, at=LATER)
    assert before is not None
    assert after is not None
    assert before.roles == {"opening_officer"}
    assert (after.roles, after.party_id) == (frozenset(), None)
    with pytest.raises(Refusal) as caught:
        actions.end_role(by=head, role="opening_officer", **where)
    assert caught.value.code == "registration.person.unknown"


def test_the_last_officer_stays() -> None:
    asked, head = active(agency())
    assert head.account_id is not None
    with pytest.raises(Refusal) as caught:
        actions.end_role(
            by=OPERATOR, at=LATER, party_id=asked.party_id, account_id=head.account_id,
            role="contract_officer",
        )  # fmt: skip
    assert (caught.value.code, caught.value.status) == ("registration.role.last", 409)
    assert actor(asked, LATER).roles == {"contract_officer"}


def test_strangers_end_nothing() -> None:
    ours, head = active(agency())
    _, stranger = active(supplier())
    assert head.account_id is not None
    for verb, more in (
        (actions.end_role, {"role": "contract_officer"}),
        (actions.revoke_tokens, {}),
    ):
        add(head, ours, "contract_officer", username=f"p-{verb.__name__}")
        with pytest.raises(Refusal) as caught:
            verb(  # type: ignore[operator]
                by=stranger, at=LATER, party_id=ours.party_id, account_id=head.account_id, **more
            )
        assert caught.value.status == 403
    assert not Membership.objects.exclude(until=None).filter(role="contract_officer").exists()


def test_tokens_are_revoked_for_this_organisation_only() -> None:
    asked, head = active(agency())
    other, _ = active(supplier())
    assert head.account_id is not None
    for party_id in (asked.party_id, other.party_id):
        issue_token(at=AT, account_id=head.account_id, party_id=party_id, label="x")
    where = {"party_id": asked.party_id, "account_id": head.account_id}
    assert actions.revoke_tokens(by=head, at=LATER, **where) == 1
    assert [one.party_id for one in ApiToken.objects.filter(revoked_at=None)] == [other.party_id]


def test_a_token_never_acts_for_another_organisation() -> None:
    ours, head = active(supplier())
    theirs, _ = active(agency())
    assert head.account_id is not None
    Membership.objects.create(
        account_id=head.account_id, party_id=theirs.party_id, role="contract_officer", since=AT
    )
    token = issue_token(at=AT, account_id=head.account_id, party_id=ours.party_id, label="x")
    Membership.objects.filter(party_id=ours.party_id).update(until=LATER)
    found = actor_for_token(token, at=LATER + timedelta(minutes=1))
    assert found is not None
    assert (found.party_id, found.roles) == (None, frozenset())


def test_a_later_licence_counts_once_the_operator_has_approved_it() -> None:
    asked, head = active(supplier())
    where = {"at": LATER, "party_id": asked.party_id}
    actions.add_licence(by=head, licence=MORE, **where)
    assert queries.supplier_facts(asked.party_id, END.date()).licences == {"0001"}
    assert [one.title for one in queries.tasks_for(OPERATOR, LATER)] == [
        "Check a new licence of {name}"
    ]
    seen = {"code": MORE.code, "number": MORE.number}
    with pytest.raises(Refusal) as caught:
        actions.approve_licence(by=head, **where, **seen)
    assert caught.value.status == 403
    actions.approve_licence(by=OPERATOR, **where, **seen)
    assert queries.supplier_facts(asked.party_id, END.date()).licences == {"0001", "0037"}
    assert queries.tasks_for(OPERATOR, LATER) == []


def test_a_waiting_licence_can_be_corrected_and_only_what_was_seen_is_approved() -> None:
    asked, head = active(supplier())
    where = {"at": LATER, "party_id": asked.party_id}
    actions.add_licence(by=head, licence=MORE, **where)
    actions.add_licence(by=head, licence=LicenceRow("0037", "전기-4", MORE.since), **where)
    with pytest.raises(Refusal) as caught:
        actions.approve_licence(by=OPERATOR, **where, code="0037", number="전기-3")
    assert caught.value.code == "registration.licence.gone"
    assert Licence.objects.get(code="0037").approved_at is None
    actions.approve_licence(by=OPERATOR, **where, code="0037", number="전기-4")
    with pytest.raises(Refusal) as caught:
        actions.add_licence(by=head, licence=MORE, **where)
    assert caught.value.code == "registration.licences.twice"


BY_OPERATOR = ["opening_officer", "approving_officer", "disbursing_officer"]


@pytest.mark.parametrize("role", BY_OPERATOR)
def test_an_agency_never_enters_the_officer_its_own_act_needs(role: str) -> None:
    asked, head = active(agency())
    with pytest.raises(Refusal) as caught:
        add(head, asked, role)
    assert caught.value.code == "registration.officer.by_operator"
    assert not Membership.objects.filter(role=role).exists()
    person = add(OPERATOR, asked, role)
    assert actor_for(person, asked.party_id, at=AT).roles == {role}


def test_an_agency_enters_its_inspector_itself() -> None:
    asked, head = active(agency())
    person = add(head, asked, "inspector")
    assert actor_for(person, asked.party_id, at=AT).roles == {"inspector"}


@pytest.mark.parametrize("other", ["contract_officer", "inspector"])
def test_whoever_binds_or_accepts_does_not_pay(other: str) -> None:
    asked, _ = active(agency())
    facts = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        add(OPERATOR, asked, other, "disbursing_officer")
    assert (caught.value.code, caught.value.field) == ("registration.role.conflict", "roles")
    assert not Membership.objects.filter(role="disbursing_officer").exists()
    assert (Account.objects.count(), Entry.objects.count()) == (1, facts)


def test_other_offices_may_be_held_together() -> None:
    asked, _ = active(agency())
    person = add(OPERATOR, asked, "inspector", "approving_officer", "opening_officer")
    roles = {"inspector", "approving_officer", "opening_officer"}
    assert actor_for(person, asked.party_id, at=AT).roles == roles


def test_the_operator_and_the_agency_see_which_officers_are_missing() -> None:
    asked, head = active(agency())
    add(OPERATOR, asked, "approving_officer")
    (task,) = queries.tasks_for(OPERATOR, LATER)
    assert (task.url, task.params["roles"]) == (
        f"/registrations/{asked.pk}/people/add", "opening_officer, disbursing_officer",
    )  # fmt: skip
    (told,) = queries.tasks_for(head, LATER)
    assert (told.state, told.params["roles"]) == ("waiting", task.params["roles"])
    add(OPERATOR, asked, "opening_officer", username="third")
    add(OPERATOR, asked, "disbursing_officer", username="fourth")
    assert queries.tasks_for(OPERATOR, LATER) == []
    assert queries.tasks_for(head, LATER) == []
