"""What the database itself keeps of an award, tried in plain SQL as the application's own role."""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.config import rights
from jangteo.stages.award.models import Annulment, Award, Examination, Wish
from jangteo.stages.award.states import CAUSES
from tests.stages.award.opened import AT, BUNDLE, Opened, opened, refused

pytestmark = pytest.mark.django_db

COLUMNS = [field.column for field in Award._meta.concrete_fields]
TABLE = "jangteo_award_award"


@pytest.fixture
def here(db: None) -> Iterator[Opened]:
    """A candidate who passed, and a session that holds the application's rights alone."""
    found = opened()
    found.call()
    found.passed()
    raw = connection.connection
    passwords = dict.fromkeys(rights.ROLES, "a word")
    rights.apply(raw, passwords, rights.insert_only_tables())
    yield found


def said(sql: str, *values: Any) -> str:
    """What the database answers the application's role; "" if it does it (and it is undone)."""
    raw = connection.connection
    name = psycopg.sql.Identifier(rights.role_name(raw.info.dbname, "app"))
    try:
        with raw.transaction(force_rollback=True):
            raw.execute("set constraints all immediate")
            raw.execute(psycopg.sql.SQL("set local role {}").format(name))
            raw.execute(sql, values)
    except psycopg.Error as error:
        return str(error)
    return ""


def like(**changed: str) -> str:
    """A statement that inserts a copy of the award there is, with other values; SQL texts."""
    values = ", ".join(changed.get(name, name) for name in COLUMNS)
    values = values.replace("id,", "gen_random_uuid(),", 1) if "id" not in changed else values
    return f"insert into {TABLE} ({', '.join(COLUMNS)}) select {values} from {TABLE} limit 1"


def proposed(here: Opened) -> None:
    here.do("propose", "officer")


def awarded(here: Opened) -> None:
    proposed(here)
    here.do("confirm", "approver")


def test_the_sessions_role_is_not_the_superuser(here: Opened) -> None:
    assert "must be owner" in said(f"alter table {TABLE} disable trigger all")
    assert "permission denied" in said("set session_replication_role = replica")
    assert "permission denied" in said("delete from jangteo_award_annulment")
    assert "permission denied" in said("update jangteo_opening_result set verified = 'same'")
    assert said(f"select * from {TABLE}") == ""


def test_an_award_names_both_results_and_they_are_equal(here: Opened) -> None:
    awarded(here)
    row = Award.objects.get()
    assert row.bundle_hash == BUNDLE
    assert row.found_by_rules == row.found_by_verifier
    assert len(row.found_by_rules) == 64 and row.found_by_rules != BUNDLE
    told = here.client().get(f"/api/v1/tenders/{here.number}/award").json()["awards"][0]
    assert (told["found_by_rules"], told["found_by_verifier"]) == (row.found_by_rules,) * 2


def test_two_different_or_missing_results_are_refused(here: Opened) -> None:
    proposed(here)
    at_most_one = "one_live_award_a_lot"
    gone = f"delete from {TABLE}"
    assert "never deleted" in said(gone)
    assert at_most_one in said(like())
    for name, value in (
        ("bundle_hash", "''"), ("found_by_rules", "''"),
    ):  # fmt: skip
        assert "live_award" in said(like(**{name: value})), name
    assert "live_award_of_two_equal_results" in said(like(found_by_verifier="repeat('e', 64)"))
    assert "null value" in said(like(found_by_rules="null"))
    assert "null value" in said(like(bundle_hash="null"))


def test_the_two_signers_differ_and_both_are_there(here: Opened) -> None:
    proposed(here)
    active = f"update {TABLE} set status = 'active'"
    assert "active_award_confirmed" in said(active)
    assert "award_by_two_people" in said(f"{active}, confirmed_by = proposed_by")
    assert "null value" in said(f"update {TABLE} set proposed_by = null")
    assert said(f"{active}, confirmed_by = gen_random_uuid(), confirmed_at = now()") == ""


def test_an_award_begins_as_a_proposal_only(here: Opened) -> None:
    proposed(here)
    here.do("refuse", "approver", reason="다시 검토합니다.")
    signed = {"confirmed_by": "gen_random_uuid()", "confirmed_at": "now()"}
    assert "begins as a proposal" in said(like(status="'active'", **signed))
    assert "begins as a proposal" in said(like(status="'cancelled'"))
    assert said(like(status="'pending'")) == ""


def test_what_an_award_names_is_never_changed(here: Opened) -> None:
    proposed(here)
    other = "'c' || substr(bundle_hash, 2)"
    for change in (
        f"bundle_hash = {other}", "found_by_rules = repeat('d', 64), found_by_verifier = "
        "repeat('d', 64)", "value = value + 1", "proposed_by = gen_random_uuid()",
        "supplier_id = (select supplier_id from jangteo_opening_openedbid where rank = 2)",
        "proposed_at = now()", "id = gen_random_uuid()", "lot = '2'",
    ):  # fmt: skip
        assert "never changed" in said(f"update {TABLE} set {change}"), change
    here.do("confirm", "approver")
    for change in ("confirmed_by = gen_random_uuid()", "confirmed_at = now()", "reason = 'x'"):
        assert "never changed" in said(f"update {TABLE} set {change}"), change


def test_an_annulled_or_refused_award_never_comes_back(here: Opened) -> None:
    awarded(here)
    assert "does not go" in said(f"update {TABLE} set status = 'pending'")
    assert "does not go" in said(f"update {TABLE} set status = 'unsuccessful'")
    assert "a row with its cause" in said(f"update {TABLE} set status = 'cancelled'")
    here.annul(cause="formula", reason="하한율을 잘못 적용했습니다.")
    for status in ("active", "pending", "unsuccessful"):
        assert "does not go" in said(f"update {TABLE} set status = '{status}'"), status
    assert said(f"delete from {TABLE}") != ""
    assert [row.cause for row in Annulment.objects.all()] == ["formula"]


def test_an_annulment_has_a_cause_of_the_list_and_an_award_in_force(here: Opened) -> None:
    proposed(here)
    add = (
        "insert into jangteo_award_annulment (award_id, cause, reason, asked_by, by, at)"
        f" select id, '%s', 'x', proposed_by, confirmed_by, now() from {TABLE}"
    )
    early = add.replace("%s", "formula").replace("confirmed_by", "gen_random_uuid()")
    assert "award in force" in said(early)
    here.do("confirm", "approver")
    assert "annulment_has_a_cause" in said(add.replace("%s", "mood"))
    wished = "what one person asked for and another confirmed"
    assert [cause for cause in CAUSES if wished not in said(add.replace("%s", cause))] == []
    for cause in CAUSES:
        asked = by_hand(here, cause)
        assert wished in said(add.replace("%s", cause)), "it is still open"
        Wish.objects.filter(pk=asked.pk).update(
            ended="confirmed", ended_by=here.who("approver").account_id, ended_at=AT
        )
        assert said(add.replace("%s", cause)) == "", cause
        assert wished in said(add.replace("%s", cause).replace("'x'", "'y'")), "not in these words"
    one = add.replace("%s", "formula")
    assert wished in said(one.replace("confirmed_by", "gen_random_uuid()"))
    assert "two people" in said(one.replace("proposed_by", "null"))
    assert "annulment_by_two_people" in said(one.replace("proposed_by", "confirmed_by"))


def by_hand(here: Opened, cause: str = "gave_up") -> Wish:
    """The wish that the award in force be annulled, written past the actions."""
    return Wish.objects.create(
        award=Award.objects.get(), verb="annul", cause=cause, reason="x", asked_at=AT,
        asked_by=here.who("officer").account_id,
    )  # fmt: skip


WISHES = "jangteo_award_wish"
BACK = "ended = '', ended_by = null, ended_at = null, answer = ''"
END = f"update {WISHES} set ended_at = now(), ended_by = gen_random_uuid(), ended = "


def test_a_wish_is_decided_once_as_it_was_asked_and_by_another(here: Opened) -> None:
    awarded(here)
    asked = by_hand(here)
    assert "one_open_wish_an_award" in said(
        f"insert into {WISHES} select (jsonb_populate_record(w, jsonb_build_object('id',"
        f" gen_random_uuid()))).* from {WISHES} w"
    )
    assert "never deleted" in said(f"delete from {WISHES}")
    for change in ("cause = 'formula'", "reason = 'y'", "asked_by = gen_random_uuid()"):
        assert "as it was asked" in said(f"update {WISHES} set {change}"), change
        assert "as it was asked" in said(f"{END} 'confirmed', {change}"), change
    for how in ("confirmed", "refused"):
        alone = END.replace("gen_random_uuid()", "asked_by")
        assert "wish_by_two_people" in said(f"{alone} '{how}', answer = repeat('z', "
                                            f"('{how}' = 'refused')::int)"), how  # fmt: skip
    assert "wish_refused_with_a_reason" in said(f"{END} 'refused'")
    assert "wish_ends_once" in said(f"{END} 'forgotten'")
    assert "wish_ends_once" in said(f"update {WISHES} set ended = 'withdrawn'")
    Wish.objects.filter(pk=asked.pk).update(
        ended="refused", answer="아니오", ended_by=here.who("approver").account_id, ended_at=AT
    )
    for change in (BACK, "ended = 'confirmed', answer = ''", "answer = 'z'"):
        assert "stays as it is" in said(f"update {WISHES} set {change}"), change
    assert "asked for first" in said(
        f"insert into {WISHES} select (jsonb_populate_record(w, jsonb_build_object('id',"
        f" gen_random_uuid()))).* from {WISHES} w"
    )


def test_no_wish_outlives_what_it_is_about(here: Opened) -> None:
    with pytest.raises(IntegrityError, match="wish_about_one_thing"), transaction.atomic():
        Wish.objects.create(verb="reopen", cause="", reason="x", asked_at=AT, asked_by=uuid.uuid4())
    row = Examination.objects.get()
    about = {"examination": row, "reason": "x", "asked_at": AT, "asked_by": uuid.uuid4()}
    for verb in ("reopen", "compute_again"):
        with pytest.raises(IntegrityError, match="what cannot be"), transaction.atomic():
            Wish.objects.create(verb=verb, **about)
    proposed(here)
    with pytest.raises(IntegrityError, match="what cannot be"), transaction.atomic():
        by_hand(here)
    here.do("confirm", "approver")
    asked, by = by_hand(here), here.who("approver").account_id
    Wish.objects.update(ended="confirmed", ended_by=by, ended_at=AT)
    Annulment.objects.create(
        award=asked.award, cause="gave_up", reason="x", asked_by=asked.asked_by, by=by, at=AT
    )
    by_hand(here)
    gone = f"update {TABLE} set status = 'cancelled'"
    assert "no wish outlives the award" in said(gone)
    Wish.objects.filter(ended="").update(ended="lapsed", ended_at=AT)
    assert said(gone) == ""


@pytest.mark.parametrize(("state", "verb"), [("hold", "compute_again"), ("failed", "reopen")])
def test_a_wish_about_a_candidate_ends_before_its_state(
    here: Opened, state: str, verb: str
) -> None:
    rows = Examination.objects.all()
    rows.update(status=state)
    asked = Wish.objects.create(
        examination=rows[0], verb=verb, reason="x", asked_at=AT, asked_by=uuid.uuid4()
    )
    others = {"called", "failed", "withdrawn", "hold", "submitted"} - {state}
    leave = "update jangteo_award_examination set status = "
    stuck = {other for other in others if "no wish outlives" in said(f"{leave} '{other}'")}
    assert stuck == others
    Wish.objects.filter(pk=asked.pk).update(ended="lapsed", ended_at=AT)
    assert [other for other in others if said(f"{leave} '{other}'")] == []


CHANGES = (
    ("jangteo_opening_result", "verified = 'different'"),
    ("jangteo_opening_result", "verified = 'none'"),
    ("jangteo_opening_result", "outcome = 'hold'"),
    ("jangteo_opening_result", "bundle_hash = repeat('e', 64)"),
    ("jangteo_opening_opening", "status = 'hold'"),
    ("jangteo_tender_tender", "status = 'hold'"),
    ("jangteo_tender_tender", "status = 'cancelled'"),
    ("jangteo_tender_tender", "version = 1"),
    ("jangteo_award_examination", "status = 'failed'"),
    ("jangteo_award_examination", "amount = amount + 1"),
)


def test_no_award_is_proposed_on_a_result_that_is_not_verified(here: Opened) -> None:
    proposed(here)
    here.do("refuse", "approver", reason="다시 검토합니다.")
    again = like(status="'pending'")
    assert said(again) == ""
    assert [change for change in CHANGES if not held_with(*change, again)] == []


def test_no_award_is_confirmed_on_a_result_that_is_not_verified(here: Opened) -> None:
    proposed(here)
    confirm = f"update {TABLE} set status = 'active', confirmed_by = gen_random_uuid()"
    assert said(confirm) == ""
    assert [change for change in CHANGES if not held_with(*change, confirm)] == []


def held_with(table: str, change: str, then: str) -> bool:
    """Whether, after the owner changed a table, the application's statement is refused."""
    raw = connection.connection
    with raw.transaction(force_rollback=True):
        raw.execute("set constraints all immediate")
        raw.execute(f"update {table} set {change}")
        return "no award" in said(then)


def test_a_verifier_that_found_another_figure_of_the_winner_stops_the_award() -> None:
    here = opened()
    here.call()
    here.passed()
    with connection.cursor() as cursor:
        cursor.execute(
            "update jangteo_opening_result set report = replace(report::text, '97908840',"
            " '97908841')::jsonb"
        )
    refused("award.propose.not_verified", lambda: here.do("propose", "officer"), 409)
    with connection.cursor() as cursor:
        cursor.execute("update jangteo_opening_result set report = '{}'")
    refused("opening.hold_opening.not_verified", lambda: here.do("propose", "officer"), 503)
    assert not Award.objects.exists()
