"""Figures entered by two people, the second blind; warnings answered by two; a person borrowed."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

import jangteo_verify as verify
from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.journal.models import Entry
from jangteo.records.verifier import queries as verifier
from jangteo.stages.registration import actions as registration
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.models import SecondEntry, Trial
from tests.stages.tender.agency import OPERATOR, POSTED, Agency, kst

pytestmark = pytest.mark.django_db
FIGURES = {"base_amount": 330_000_000, "a_value": 12_345_678, "base_net_cost": 280_000_000}


def enter(who: Actor, number: str, **changed: Any) -> tuple[str, ...]:
    return actions.second_entry(by=who, at=POSTED, number=number, values=FIGURES | changed)


def state(agency: Agency, number: str) -> str:
    return queries.care_for(agency.contract, number, at=POSTED).second.state


def refusal(call: Any) -> tuple[str, int]:
    with pytest.raises((Refusal, Refusals)) as caught:
        call()
    several = caught.value
    one = several.refusals[0] if isinstance(several, Refusals) else several
    return one.code, one.status


def colleague(agency: Agency, name: str, *roles: str) -> Actor:
    """One more officer of an agency."""
    assert agency.contract.party_id
    made = registration.add_person(
        by=OPERATOR, at=POSTED, party_id=agency.contract.party_id, username=name, name=name,
        roles=list(roles),
    )  # fmt: skip
    return actor_for(made, agency.contract.party_id, at=POSTED)


def test_the_second_person_sees_nothing_until_both_are_the_same(agency: Agency) -> None:
    number = agency.draft()
    seen = queries.draft(agency.opening, number)
    assert (seen.base_amount, seen.estimated_price, seen.a_value) == (None, None, None)
    assert (seen.hidden, seen.title, seen.deadline) == (True, "복지관 지붕 보수공사", kst(9, 10))
    assert queries.draft(agency.contract, number).base_amount == 330_000_000
    assert enter(agency.opening, number, base_amount=33_000_000, price_unit=1) == (
        "base_amount", "price_unit",
    )  # fmt: skip
    assert state(agency, number) == "differs"
    assert queries.draft(agency.opening, number).base_amount is None
    assert enter(agency.opening, number) == ()
    assert state(agency, number) == "done"
    assert queries.draft(agency.opening, number).base_amount == 330_000_000
    told = Entry.objects.filter(kind="tender.second_entry").order_by("id")
    assert [one.payload["differing"] for one in told] == [["base_amount", "price_unit"], []]
    assert not [one for one in told if "330000000" in str(one.payload)]


def test_what_is_left_empty_is_the_rules_own(agency: Agency) -> None:
    number = agency.draft()
    explicit = {"range_low": "-2", "range_high": "+2", "price_unit": 100, "floor_rate": "89.745"}
    assert enter(agency.opening, number, **explicit) == ()
    other = agency.draft(floor_rate="90", floor_rate_reason="지침")
    assert enter(agency.opening, other) == ("floor_rate",)


def test_a_change_of_a_figure_makes_the_second_entry_void(agency: Agency) -> None:
    number = agency.draft()
    enter(agency.opening, number)

    def save(**changes: Any) -> str:
        actions.save_draft(by=agency.contract, at=kst(1, 10), number=number, changes=changes)
        return state(agency, number)

    assert save(title="다른 이름", deadline=kst(10, 10)) == "done"
    assert save(a_value=12_345_679) == "missing"
    assert save(a_value=12_345_678) == "missing"  # the old entry does not come back to life
    assert enter(agency.opening, number) == ()
    assert save(estimated_price=300_000_001) == "missing"


def test_nobody_is_the_second_of_a_figure_they_wrote(agency: Agency) -> None:
    number = agency.draft()
    assert refusal(lambda: enter(agency.contract, number)) == (
        "tender.second_entry.same_person", 403,
    )  # fmt: skip
    second = colleague(agency, "second", "contract_officer")
    actions.save_draft(by=second, at=POSTED, number=number, changes={"a_value": 12_345_678})
    assert refusal(lambda: enter(second, number)) == ("tender.second_entry.same_person", 403)
    assert queries.draft(second, number).a_value == 12_345_678
    assert not SecondEntry.objects.exists()
    assert enter(agency.opening, number) == ()


def test_writing_a_figure_anew_makes_nobody_a_second_person(agency: Agency) -> None:
    number = agency.draft()
    other = colleague(agency, "other", "contract_officer")
    values = {"base_amount", "estimated_price", "a_value"}
    terms = {name: getattr(queries.draft(agency.contract, number), name) for name in values}
    others = {"range_low": "", "range_high": "", "price_unit": None, "floor_rate": ""}
    written = terms | others | {"category": "works", "service_kind": ""}
    actions.save_draft(by=other, at=POSTED, number=number, changes=written)
    for who in (agency.contract, other):
        assert refusal(lambda who=who: enter(who, number)) == (
            "tender.second_entry.same_person", 403,
        )  # fmt: skip
    assert not SecondEntry.objects.exists()


def test_a_default_that_changes_with_the_law_makes_the_second_entry_void(agency: Agency) -> None:
    before, after = kst(29, 9, month=1), kst(30, 9, month=1)  # 87.745, then 89.745
    number = agency.draft(at=before)
    told = {"by": agency.opening, "number": number, "values": FIGURES}
    assert actions.second_entry(at=before, **told) == ()
    found = [
        queries.care_for(agency.contract, number, at=at).second.state for at in (before, after)
    ]
    assert found == ["done", "missing"]
    assert actions.second_entry(at=after, **told) == ()
    assert queries.care_for(agency.contract, number, at=after).second.state == "done"
    last = SecondEntry.objects.order_by("-at")[0]
    assert last.second_values["floor_rate"] == "89.745"


def test_the_database_refuses_the_same_person_and_a_false_comparison(agency: Agency) -> None:
    number = agency.draft()
    enter(agency.opening, number)
    copied = (
        "insert into jangteo_tender_secondentry (id, tender_id, version, entered_as, first_by,"
        " first_values, second_by, second_name, second_values, differing, at)"
        " select gen_random_uuid(), tender_id, version, entered_as, {first_by}, first_values,"
        " second_by, '', second_values, {differing}, at from jangteo_tender_secondentry"
    )
    for first_by, differing, constraint in (
        ("to_jsonb(array[second_by::text])", "differing", "second_is_another"),
        ("'[]'::jsonb", "differing", "second_is_another"),
        ("first_by", "'[\"a_value\"]'::jsonb", "differing_is_what_differs"),
    ):
        with (
            pytest.raises(DatabaseError, match=constraint),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(copied.format(first_by=first_by, differing=differing))


def test_a_small_notice_is_entered_once(agency: Agency) -> None:
    number = agency.draft(base_amount=110_000_000, estimated_price=100_000_000, a_value=5_000_000)
    assert state(agency, number) == "not_needed"
    assert queries.draft(agency.opening, number).base_amount == 110_000_000
    assert refusal(lambda: enter(agency.opening, number)) == ("tender.second_entry.not_now", 409)
    agency.custody(number)
    assert actions.publish(by=agency.contract, at=POSTED, number=number).version == 0
    assert not SecondEntry.objects.exists()


def test_figures_that_are_not_figures_are_refused(agency: Agency) -> None:
    number = agency.draft()
    assert refusal(lambda: enter(agency.opening, number, a_value=None)) == (
        "tender.second_entry.blank", 422,
    )  # fmt: skip
    assert refusal(lambda: enter(agency.opening, number, base_amount="1"))[0] == (
        "tender.field.malformed"
    )
    assert refusal(lambda: enter(agency.opening, number, price_unit=7))[0] == (
        "tender.second_entry.unreadable"
    )
    assert refusal(lambda: enter(agency.opening, number, title="x"))[0] == (
        "tender.second_entry.unreadable"
    )
    assert state(agency, number) == "missing"


def test_strangers_learn_nothing(agency: Agency, town: Agency) -> None:
    number = agency.draft()
    for who in (town.contract, town.opening, Actor.anyone()):
        assert refusal(lambda who=who: enter(who, number)) == ("tender.unknown", 404)
        assert refusal(lambda who=who: queries.care_for(who, number, at=POSTED))[1] == 404
    assert refusal(lambda: enter(agency.opening, "R26BK99999999")) == ("tender.unknown", 404)


def test_a_warning_is_answered_by_two(agency: Agency) -> None:
    number = agency.draft(a_value=0)
    told = {"number": number, "code": "entry.a_value.none"}

    def give(who: Actor, reason: str = "폐기물만 치우는 공사") -> None:
        actions.give_reason(by=who, at=POSTED, reason=reason, **told)

    def agree(who: Actor) -> None:
        actions.agree_reason(by=who, at=POSTED, **told)

    assert refusal(lambda: give(agency.opening)) == ("tender.give_reason.forbidden", 403)
    assert refusal(lambda: give(agency.contract, " "))[0] == "tender.warning.no_reason"
    assert refusal(lambda: agree(agency.opening)) == ("tender.agree_reason.not_now", 409)
    give(agency.contract)
    assert refusal(lambda: agree(agency.opening)) == ("tender.agree_reason.not_now", 409)
    enter(agency.opening, number, a_value=0)
    assert refusal(lambda: agree(agency.contract)) == ("tender.agree_reason.same_person", 403)
    assert queries.care_for(agency.contract, number, at=POSTED).doubts[0].state == "given"
    agree(agency.opening)
    (answered,) = queries.care_for(agency.contract, number, at=POSTED).doubts
    assert (answered.state, answered.reason) == ("answered", "폐기물만 치우는 공사")
    assert (answered.given_name, answered.agreed_name) == ("이두리", "박세나")
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes={"title": "새 이름"})
    assert queries.care_for(agency.contract, number, at=POSTED).doubts[0].state == "open"
    assert refusal(lambda: agree(agency.opening)) == ("tender.agree_reason.not_now", 409)


def test_in_the_small_band_the_officers_own_reason_is_enough(agency: Agency) -> None:
    number = agency.draft(base_amount=110_000_000, estimated_price=100_000_000, a_value=0)
    asked = actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    told = {"number": number, "code": "entry.a_value.none"}
    actions.give_reason(by=agency.contract, at=POSTED, reason="자재비뿐", **told)
    agency.read_examples(number)
    agency.custodians()
    agency.bring_keys(number, asked.scope, asked.deadline, at=POSTED)
    agency.bring_seed(number, asked.scope, at=POSTED)
    agency.custodians()
    assert actions.publish(by=agency.contract, at=POSTED, number=number).a_value == 0


def test_a_floor_rate_of_another_row_is_never_one_officers_own(agency: Agency) -> None:
    """A national quotation of works: entered once, and still two people."""
    number = agency.draft(
        procedure="quotation", licences=["0001"], title="도로 보수공사", floor_rate="87.745",
        floor_rate_reason="옛 기준", regions=[],
    )  # fmt: skip
    (doubt,) = queries.care_for(agency.contract, number, at=POSTED).doubts
    assert (doubt.finding.code, doubt.two) == ("entry.floor_rate.other_row", True)
    told = {"number": number, "code": "entry.floor_rate.other_row"}
    actions.give_reason(by=agency.contract, at=POSTED, reason="옛 기준으로 냄", **told)
    with pytest.raises(Refusals) as caught:
        actions.publish(by=agency.contract, at=POSTED, number=number)
    assert "entry.floor_rate.other_row" in [one.code for one in caught.value.refusals]
    with pytest.raises(Refusal) as alone:
        actions.agree_reason(by=agency.contract, at=POSTED, **told)
    assert alone.value.code == "tender.agree_reason.same_person"
    agency.custody(number)
    assert actions.publish(by=agency.contract, at=POSTED, number=number).floor_rate == "87.745"


@pytest.mark.parametrize("changed", [{}, {"procedure": "quotation", "a_value": 200_000_000}])
def test_a_rate_of_no_row_is_stopped_whatever_the_reason(
    changed: dict[str, Any], agency: Agency
) -> None:
    own = {"floor_rate": "55", "floor_rate_reason": "지침에 따름"}
    number = agency.draft(**changed | own)
    row = queries.draft(agency.contract, number)
    found = {one.code for one in queries.against(row, at=POSTED)}
    assert "entry.floor_rate.in_no_row" in found
    assert ("entry.a_value.too_large" in found) == bool(changed)
    with pytest.raises(Refusals):
        actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)


def test_a_stop_cannot_be_overridden(agency: Agency) -> None:
    number = agency.draft(base_amount=3_300_000_000)
    with pytest.raises(Refusals) as caught:
        actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    assert [one.code for one in caught.value.refusals] == ["entry.amounts.power_of_ten"]
    assert refusal(
        lambda: actions.give_reason(
            by=agency.contract, at=POSTED, number=number, code="entry.amounts.power_of_ten",
            reason="그래도",
        )
    ) == ("tender.warning.unknown", 409)  # fmt: skip
    unseen = queries.against(queries.draft(agency.opening, number), at=POSTED)
    assert [(one.code, dict(one.params)) for one in unseen] == [("tender.amounts.unseen", {})]


def test_a_refusal_tells_no_figure_to_whoever_may_still_enter_them(agency: Agency) -> None:
    number = agency.draft(base_amount=3_300_000_000, regions=["11"], deadline=kst(2, 10))
    second = colleague(agency, "second", "contract_officer")
    for act in (actions.ask_for_keys, actions.publish):
        with pytest.raises(Refusals) as caught:
            act(by=second, at=POSTED, number=number)
        told = caught.value.refusals
        assert "tender.amounts.unseen" in [one.code for one in told]
        said = str([dict(one.params) for one in told])
        assert not [n for n in ("3300000000", "300000000", "12345678") if n in said]
    with pytest.raises(Refusals) as caught:
        actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    assert "3300000000" in str([dict(one.params) for one in caught.value.refusals])


def test_a_person_of_another_agency_is_borrowed_for_one_tender(
    agency: Agency, town: Agency
) -> None:
    number, other = agency.draft(), agency.draft()
    head = colleague(agency, "head", "approving_officer")
    lent = Account.objects.get(pk=town.opening.account_id).username

    def borrow(who: Actor, username: str = lent) -> Any:
        return actions.borrow_person(by=who, at=POSTED, number=number, username=username)

    assert refusal(lambda: borrow(agency.contract)) == ("tender.borrow_person.forbidden", 403)
    assert refusal(lambda: borrow(head, "nobody"))[0] == "tender.borrow_person.unknown"
    assert refusal(lambda: borrow(head, "head"))[0] == "tender.borrow_person.unknown"
    assert borrow(head).name == borrow(head).name == "박세나"
    assert Entry.objects.filter(kind="tender.borrow_person").count() == 1
    assert refusal(lambda: enter(town.opening, other)) == ("tender.unknown", 404)
    assert refusal(lambda: queries.tender_for(town.opening, number)) == ("tender.unknown", 404)
    assert queries.care_for(town.opening, number, at=POSTED).may_enter
    assert enter(town.opening, number) == ()
    assert state(agency, number) == "done"
    assert SecondEntry.objects.get().second_by == town.opening.account_id


def test_a_correction_is_entered_twice_only_if_a_figure_changes(agency: Agency) -> None:
    number = agency.publish(a_value=0).number
    actions.start_correction(by=agency.contract, at=POSTED, number=number)
    words = {"correction_reason": "면적의 오기", "deadline": kst(14, 10)}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=words)
    row = queries.care_for(agency.contract, number, at=POSTED)
    assert (row.second.state, row.doubts) == ("not_needed", ())  # it was answered before
    assert row.examples_seen  # the same terms were confirmed
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes={"range_low": "-1"})
    row = queries.care_for(agency.contract, number, at=POSTED)
    assert row.second.state == "missing"
    assert [one.finding.code for one in row.doubts] == ["entry.range.unusual"]
    assert enter(agency.opening, number, a_value=0, range_low="-1") == ()


def test_nothing_is_published_before_its_officer_saw_where_it_leads(agency: Agency) -> None:
    number = agency.draft()
    agency.custody(number)
    seen = queries.care_for(agency.contract, number, at=POSTED).examples
    assert seen
    changes = {"floor_rate": "90", "floor_rate_reason": "지침"}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=changes)
    enter(agency.opening, number, floor_rate="90")
    told = {"number": number, "code": "entry.floor_rate.other_row"}
    actions.give_reason(by=agency.contract, at=POSTED, reason="지침 제3조", **told)
    actions.agree_reason(by=agency.opening, at=POSTED, **told)

    def publish() -> Any:
        return actions.publish(by=agency.contract, at=POSTED, number=number)

    def see(who: Actor, name: str) -> None:
        actions.see_examples(by=who, at=POSTED, number=number, seen=name)

    assert refusal(publish) == ("tender.examples.unseen", 409)
    assert refusal(lambda: see(agency.contract, seen.hash)) == ("tender.examples.changed", 409)
    now = queries.care_for(agency.contract, number, at=POSTED).examples
    assert now
    assert now.worked[0].floor > seen.worked[0].floor
    assert refusal(lambda: see(agency.opening, now.hash))[0] == "tender.see_examples.forbidden"
    see(agency.contract, now.hash)
    assert publish().floor_rate == "90"
    told = Entry.objects.filter(kind="tender.see_examples").order_by("id")
    assert [one.payload["examples"] for one in told] == [seen.hash, now.hash]


def test_two_engines_must_agree_before_keys_are_asked_for(
    agency: Agency, tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = agency.draft()
    folder = tmp_path / "verifier"
    folder.mkdir()
    settings.ROOT = tmp_path

    def ask() -> Any:
        return actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)

    assert refusal(ask) == ("tender.trial.no_answer", 503)
    script = folder / "jangteo_verify.py"
    script.write_text('def answer(case):\n    return {"refused": "form"}\n')
    assert refusal(ask) == ("tender.trial.differs", 409)
    assert not Trial.objects.exists()
    settings.ROOT = Path(verify.__file__).parents[1]
    ask()
    assert Trial.objects.get().sets == 200
    monkeypatch.setattr(verifier, "PATIENCE", 0)
    ask()  # what agreed is remembered: nobody waits again
    script.write_text("no python at all")
    settings.ROOT = tmp_path
    assert refusal(ask) == ("tender.trial.no_answer", 503)  # another program is tried anew
    assert Trial.objects.count() == 1
