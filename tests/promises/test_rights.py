"""What each database role and each process's files let it do, in the running system."""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from jangteo.config.rights import insert_only_tables
from tests.promises.place import Place

KINDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
CHANGES = (
    "delete from {}",
    "truncate {} cascade",
    "drop table {}",
    "alter table {} disable trigger all",
    "lock table {} in share mode",
)
DENIED = psycopg.errors.InsufficientPrivilege
#: All that intake may touch. Bids of others it sees sealed only, to answer duplicates by hash.
INTAKE = {
    "jangteo_tender_gate": "SELECT",
    "jangteo_registration_standing": "SELECT",
    "jangteo_bid_sealedbid": "SELECT INSERT",
    "jangteo_bid_arrivalnote": "SELECT INSERT",
    "jangteo_journal_entry": "SELECT INSERT",
    "clock": "SELECT",
}
RIGHTS = """
select c.relname, string_agg(k, ' ' order by n)
from pg_class c join pg_namespace s on s.oid = c.relnamespace
cross join unnest(%s::text[]) with ordinality as kind(k, n)
where s.nspname in ('public', 'sandbox') and c.relkind in ('r', 'v', 'p', 'm')
  and has_table_privilege(c.oid, k)
group by 1
"""


def refused(db: psycopg.Connection[Any], words: Any) -> bool:
    """Whether this role may not."""
    try:
        with db.transaction(force_rollback=True):
            db.execute(words)
    except DENIED:
        return True
    return False


def rights(place: Place, role: str) -> dict[str, str]:
    with place.connect(role) as db:
        return dict(db.execute(RIGHTS, [list(KINDS)]).fetchall())


def test_the_application_adds_facts_and_never_changes_them(place: Place) -> None:
    facts, held = insert_only_tables(), rights(place, "app")
    assert len(facts) > 20
    assert {name: held[name] for name in facts} == dict.fromkeys(facts, "SELECT INSERT")
    with place.connect("app") as db:
        for name in sorted(facts):
            table = sql.Identifier(name)
            for words in CHANGES:
                assert refused(db, sql.SQL(words).format(table)), (name, words)
            column = db.execute(
                "select column_name from information_schema.columns where table_name = %s limit 1",
                [name],
            ).fetchone()
            assert column is not None
            words = sql.SQL("update {} set {c} = {c}").format(table, c=sql.Identifier(column[0]))
            assert refused(db, words), name


@pytest.mark.parametrize("role", ["app", "intake", "custodian_platform", "custodian_audit"])
def test_nobody_moves_the_clock_or_makes_names_of_his_own(place: Place, role: str) -> None:
    before = place.one("select sum(shift), count(*) from sandbox.clock")
    with place.connect(role) as db:
        for words in (
            "create or replace function jangteo_now() returns timestamptz language sql"
            " as 'select now()'",
            "drop function jangteo_now() cascade",
            "insert into sandbox.clock (shift) values (interval '1 hour')",
            "update sandbox.clock set shift = shift",
            "delete from sandbox.clock",
            "truncate sandbox.clock",
            "select sandbox.forward(interval '1 hour')",
            "create schema own",
            "create table public.own (a int)",
            "create table sandbox.own (a int)",
            "create temp table jangteo_vault_lotkey (a int)",
            "set session_replication_role = replica",
            f"alter role {db.info.user} superuser",
            "copy jangteo_journal_entry to program 'true'",
            "select pg_read_file('PG_VERSION')",
        ):
            assert refused(db, words), words
        attributes = db.execute(
            "select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication"
            " from pg_roles where rolname = current_user"
        ).fetchone()
        owned = db.execute(
            "select count(*) from pg_class where pg_get_userbyid(relowner) = current_user"
        ).fetchone()
    assert (attributes, owned) == ((False,) * 5, (0,))
    assert place.one("select sum(shift), count(*) from sandbox.clock") == before


def test_the_clock_does_not_go_back_for_its_owner_either(place: Place) -> None:
    with place.connect() as db:
        for words in (
            "insert into sandbox.clock (shift) values (interval '-1 second')",
            "update sandbox.clock set shift = shift - interval '1 day'",
            "delete from sandbox.clock",
            "truncate sandbox.clock",
            "select sandbox.forward(interval '0')",
        ):
            with pytest.raises(psycopg.Error, match=r"never goes back|never_back"):
                db.execute(words)


def test_intake_touches_this_and_nothing_else(place: Place) -> None:
    assert rights(place, "intake") == INTAKE


@pytest.mark.parametrize("name", ["platform", "audit"])
def test_custodians_see_no_account_and_no_officers_key(place: Place, name: str) -> None:
    held = rights(place, f"custodian_{name}")
    seed = {"jangteo_vault_seed"} if name == "platform" else set()
    assert {table for table, kinds in held.items() if "INSERT" in kinds} == seed | {
        "jangteo_bid_sharecheck", "jangteo_vault_identity", "jangteo_vault_lotkey",
        "jangteo_vault_release", "jangteo_vault_releaserefusal",
    }  # fmt: skip
    assert not {kinds for kinds in held.values() if set(kinds.split()) - {"SELECT", "INSERT"}}
    for hidden in ("jangteo_account_account", "jangteo_account_apitoken", "jangteo_tender_draft",
                   "jangteo_vault_officerkeybackup", "django_session"):  # fmt: skip
        assert hidden not in held


def test_keys_lie_in_folders_that_only_their_owner_opens(place: Place) -> None:
    place.publish()
    secrets = place.stack.var / "secrets"
    for name in ("platform", "audit"):
        folder = secrets / f"custodian_{name}"
        assert list((folder / "lots").glob("*.json"))
        assert (folder / "key").is_file()
    folders = [secrets, *(path for path in secrets.rglob("*") if path.is_dir())]
    files = [path for path in secrets.rglob("*") if path.is_file()]
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}
    assert (place.stack.var / "postgres").resolve().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["platform", "audit"])
def test_nobody_else_speaks_in_a_custodians_name(place: Place, name: str) -> None:
    other = {"platform": "audit", "audit": "platform"}[name]
    words = (
        "insert into jangteo_vault_lotkey (id, scope, custodian, price_key, document_key,"
        " statement, signer_key, signature, made_at) values (gen_random_uuid(), 'x', %s, 'x', 'x',"
        " '{}', 'x', 'x', now())"
    )
    for role in ("app", "", f"custodian_{other}"):
        with (
            place.connect(role) if role else place.connect() as db,
            pytest.raises(DENIED, match=f"only the custodian {name} writes"),
            db.transaction(force_rollback=True),
        ):
            db.execute(words, [name])
    with place.connect(f"custodian_{name}") as db, db.transaction(force_rollback=True):
        db.execute(words, [name])
