"""Nothing is opened and no key is released before the deadline: not by the superuser either."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Json

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Person
from jangteo.interfaces.rehearsal.play import SealedPrice
from jangteo.interfaces.rehearsal.stack import ROOT
from jangteo.records.vault import seal
from jangteo.records.vault.statements import release_text
from tests.promises.place import Notice, Place, until

WRITTEN = """
select (select count(*) from jangteo_vault_releaserequest where scope = %(scope)s),
       (select count(*) from jangteo_vault_release where scope = %(scope)s),
       (select count(*) from jangteo_opening_opening where tender_number = %(number)s),
       (select count(*) from jangteo_opening_result r join jangteo_opening_opening o
        on o.id = r.opening_id where o.tender_number = %(number)s),
       (select count(*) from jangteo_journal_entry where tender = %(number)s
        and kind like 'opening.%%')
"""
NOTHING = (0, 0, 0, 0, 0)
OFFICER = "replay.opening.local"


def written(place: Place, notice: Notice) -> tuple[Any, ...]:
    """How many requests, releases, openings, results and facts of an opening there are."""
    with place.connect() as db:
        return (
            db.execute(WRITTEN, {"scope": notice.scope, "number": notice.number}).fetchone() or ()
        )


def with_bids(place: Place) -> Notice:
    notice = place.publish()
    bids = [
        SealedPrice(supplier, 178_000_000 + order, (1 + order, 9 + order))
        for order, supplier in enumerate(place.suppliers[:3])
    ]
    play.send_bids(place.doors, notice.number, bids)
    place.settle()
    return notice


def code_of(person: Person, path: str, body: Any = None) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        person.post(path, body)
    return refused.value.status, refused.value.code


def test_the_doors_refuse(place: Place) -> None:
    notice = with_bids(place)
    path = f"/tenders/{notice.number}/opening"
    officer = place.agency.opening
    key, signature = officer.sign(b"whatever")
    signed = {"role": "opening_officer", "signer_key": key, "signature": signature}
    given = {"price_private": "A" * 43, "signer_key": key, "signature": signature}
    found = {
        "prepare": code_of(officer, path),
        "close": code_of(officer, f"{path}/close"),
        "sign": code_of(officer, f"{path}/signatures", signed),
        "officer-key": code_of(officer, f"{path}/officer-key", given),
        "hold": code_of(officer, f"{path}/hold"),
    }
    not_prepared = (409, "opening.not_prepared")
    assert found == {
        "prepare": (409, "opening.prepare.before_deadline"),
        **dict.fromkeys(("close", "sign", "officer-key", "hold"), not_prepared),
    }
    assert written(place, notice) == NOTHING


def test_the_application_in_the_superusers_hands_refuses(place: Place) -> None:
    """He gives the actions a time after the deadline; the database knows better."""
    notice = with_bids(place)
    late = notice.deadline + timedelta(hours=1)
    done = subprocess.run(
        [sys.executable, "-m", "tests.promises.insider", notice.number, notice.scope, OFFICER,
         late.isoformat()],
        env={
            **os.environ, "DATABASE_URL": place.stack.database_url,
            "JANGTEO_VAR": str(place.stack.var), "JANGTEO_SITE_URL": place.stack.site_url,
            "DJANGO_SETTINGS_MODULE": "jangteo.config.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        },
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    opening, vault = "nothing of an opening before the deadline", "has not passed"
    wanted = {
        "prepare": opening, "close_set": "opening.not_prepared",
        "hold_opening": "opening.not_prepared", "request_release": "vault.release.roles",
        "save request": vault, "save release": vault, "save opening": opening,
        "save result": opening,
    }  # fmt: skip
    assert set(said) == set(wanted)
    assert [f"{name}: {said[name]}" for name in wanted if wanted[name] not in said[name]] == []
    assert written(place, notice) == NOTHING


def attempts(place: Place, notice: Notice) -> dict[str, tuple[str, list[Any]]]:
    """What a superuser would write by hand."""
    tender, buyer = place.one(
        "select id, buyer_id from jangteo_tender_tender where number = %s", notice.number
    )
    known = "00000000-0000-7000-8000-000000000001"
    return {
        "request": (
            "insert into jangteo_vault_releaserequest (scope, statement, signatures, asked_at)"
            " values (%s, '{}', '[]', now())", [notice.scope],
        ),
        "release": (
            "insert into jangteo_vault_release (id, scope, custodian, price_private, signature,"
            " released_at) values (gen_random_uuid(), %s, 'audit', 'x', 'x', now())",
            [notice.scope],
        ),
        "opening": (
            "insert into jangteo_opening_opening (id, tender_id, buyer_id, lot, round, version,"
            " status, tender_number, closed_root, bids, statement, prepared_at)"
            " values (%s, %s, %s, '1', 0, 0, 'requested', %s, '', 0, '', now())",
            [known, tender, buyer, notice.number],
        ),
        "result": (
            "insert into jangteo_opening_result (id, opening_id, attempt, outcome, code, law,"
            " steps, rules, counted, drawn_from, rates_from, verified, report, bundle,"
            " bundle_hash, published_at) values (gen_random_uuid(), %s, 0, 'published', '', '',"
            " '{}', '{}', '[]', '[]', '', '', '{}', '', '', now())",
            [known],
        ),
    }  # fmt: skip


@pytest.mark.parametrize("session", ["", "set session_replication_role = replica"])
def test_the_superusers_own_statements_are_refused(place: Place, session: str) -> None:
    notice = with_bids(place)
    with place.connect() as db:
        superuser = db.execute("select usesuper from pg_user where usename = current_user")
        assert superuser.fetchone() == (True,)
        db.execute(session or "select 1")
        for statement, values in attempts(place, notice).values():
            with pytest.raises(psycopg.Error, match=r"has not passed|before the deadline"):
                db.execute(statement, values)
    assert written(place, notice) == NOTHING


def test_tables_of_the_same_name_do_not_deceive_the_guards(place: Place) -> None:
    """A temporary table hides the real one from unqualified names; not from the guards."""
    notice = with_bids(place)
    hidden = ("jangteo_vault_lotkey", "jangteo_tender_noticeversion", "jangteo_tender_tender")
    past = notice.deadline - timedelta(days=90)
    with place.connect() as db:
        for table in hidden:
            db.execute(f"create temp table {table} as select * from public.{table}")
        db.execute("update jangteo_tender_noticeversion set deadline = %s", [past])
        db.execute(
            "update jangteo_vault_lotkey set statement ="
            " jsonb_set(statement::jsonb, '{deadline}', to_jsonb(%s::timestamptz))::text", [past],
        )  # fmt: skip
        for statement, values in attempts(place, notice).values():
            with pytest.raises(psycopg.Error, match=r"has not passed|before the deadline"):
                db.execute(statement, values)
    assert written(place, notice) == NOTHING


def test_a_function_of_the_same_name_does_not_turn_the_clock(place: Place) -> None:
    """A search path of one's own could put another clock before PostgreSQL's."""
    notice = with_bids(place)
    with place.connect() as db, db.transaction(force_rollback=True):
        db.execute("create schema turned")
        db.execute(
            "create function turned.clock_timestamp() returns timestamptz language sql"
            " as $$select pg_catalog.clock_timestamp() + interval '90 days'$$"
        )
        db.execute("set local search_path = turned, pg_catalog, public")
        for statement, values in attempts(place, notice).values():
            with (
                pytest.raises(psycopg.Error, match=r"has not passed|before the deadline"),
                db.transaction(),
            ):
                db.execute(statement, values)
    assert written(place, notice) == NOTHING


def root_of(place: Place, notice: Notice) -> tuple[str, int]:
    """(root, count) of the closed set, as the custodians will compute it."""
    from jangteo.records.log.merkle import root

    with place.connect() as db:
        rows = db.execute(
            "select b.hash from jangteo_bid_sealedbid b join jangteo_tender_tender t"
            " on t.id = b.tender_id where t.number = %s", [notice.number],
        ).fetchall()  # fmt: skip
    hashes = sorted(bytes(row[0]) for row in rows)
    return root(hashes).hex(), len(hashes)


def account(place: Place, role: str) -> str:
    found = place.one(
        "select m.account_id::text from jangteo_account_membership m join jangteo_party_party p"
        " on p.id = m.party_id where p.kind = 'agency' and m.role = %s", role,
    )  # fmt: skip
    return str(found[0])


def ask_behind_the_guards(
    place: Place, notice: Notice, deadline: datetime, signers: list[tuple[str, str, Person]]
) -> None:
    """A superuser takes the guards off, writes a request, and puts them on again."""
    root, count = root_of(place, notice)
    text = release_text(scope=notice.scope, deadline=deadline, root=root, count=count)
    signatures = []
    for role, who, person in signers:
        key, signature = person.sign(text.encode())
        signatures.append({"role": role, "account": who, "key": key, "signature": signature})
    table = "alter table jangteo_vault_releaserequest"
    with place.connect() as db, db.transaction():
        db.execute(f"{table} disable trigger user")
        db.execute("delete from jangteo_vault_releaserequest where scope = %s", [notice.scope])
        db.execute(
            "insert into jangteo_vault_releaserequest values (%s, %s, %s, jangteo_now())",
            [notice.scope, text, Json(signatures)],
        )
        db.execute(f"{table} enable always trigger unchanged")
        db.execute(f"{table} enable always trigger after_deadline")
        db.execute("notify jangteo_custody")


def refusals(place: Place, notice: Notice) -> dict[str, str]:
    """Custodian to its last word."""
    with place.connect() as db:
        return dict(
            db.execute(
                "select distinct on (custodian) custodian, code from jangteo_vault_releaserefusal"
                " where scope = %s order by custodian, at desc, id desc", [notice.scope],
            ).fetchall()
        )  # fmt: skip


def both_say(place: Place, notice: Notice, code: str) -> None:
    said = {"platform": code, "audit": code}
    until(lambda: refusals(place, notice) == said, what=f"two refusals {code}")
    assert written(place, notice)[1] == 0


def test_the_custodians_refuse_what_slipped_past_the_database(place: Place) -> None:
    notice = with_bids(place)
    contract, opening = place.agency.contract, place.agency.opening
    two = [
        ("contract_officer", account(place, "contract_officer"), contract),
        ("opening_officer", account(place, "opening_officer"), opening),
    ]
    earlier = notice.deadline - timedelta(days=3)
    ask_behind_the_guards(place, notice, earlier, two)
    both_say(place, notice, "before_deadline")
    ask_behind_the_guards(place, notice, notice.deadline, two)
    both_say(place, notice, "before_deadline")

    place.stack.forward_to(notice.deadline + timedelta(hours=1))
    ask_behind_the_guards(place, notice, earlier, two)
    both_say(place, notice, "deadline_differs")
    one = [("contract_officer", two[1][1], opening), two[1]]
    ask_behind_the_guards(place, notice, notice.deadline, one)
    both_say(place, notice, "one_person")
    stranger = place.doors.as_()
    stranger.key = seal.fresh_signing_key()
    ask_behind_the_guards(
        place, notice, notice.deadline, [("contract_officer", two[0][1], stranger), two[1]]
    )
    both_say(place, notice, "key_not_enrolled")
    ask_behind_the_guards(place, notice, notice.deadline, two)
    until(lambda: written(place, notice)[1] == 2, what="the keys, rightly asked for")
