"""What the database itself keeps of an award, tried in plain SQL as the application's own role."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from jangteo.config import rights
from jangteo.stages.award.models import Annulment, Award
from jangteo.stages.award.states import CAUSES
from tests.stages.award.opened import BUNDLE, Opened, opened, refused

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
        f" select id, '%s', 'x', gen_random_uuid(), proposed_by, now() from {TABLE}"
    )
    assert "award in force" in said(add.replace("%s", "formula"))
    here.do("confirm", "approver")
    assert "annulment_has_a_cause" in said(add.replace("%s", "mood"))
    assert [cause for cause in CAUSES if said(add.replace("%s", cause))] == []
    one = add.replace("%s", "formula")
    assert "two people" in said(one.replace("gen_random_uuid()", "null"))
    assert "annulment_by_two_people" in said(one.replace("gen_random_uuid()", "proposed_by"))


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
