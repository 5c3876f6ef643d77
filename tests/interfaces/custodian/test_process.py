"""Custodians as they run: processes of their own against a real database."""

import json
import logging
import stat
import subprocess
import sys
import time
from datetime import timedelta

import psycopg
import pytest

from jangteo.ground.errors import Refusal
from jangteo.interfaces.custodian import database
from jangteo.interfaces.custodian.__main__ import Libraries, Log
from jangteo.interfaces.custodian.folder import Folder
from jangteo.records.vault import custody, seal
from jangteo.records.vault.canonical import b64u, canonical, read_canonical, unb64u
from jangteo.records.vault.statements import released_text, share_check_text, verify
from tests.interfaces.custodian.world import ROOT, SCOPE, World, until

NAMES = ("platform", "audit")
WEEK = timedelta(days=7)


def spoil(envelope: bytes) -> bytes:
    """The platform's share no longer opens."""
    value = read_canonical(envelope)
    value["shares"][1]["ct"] = value["shares"][2]["ct"]
    return canonical(value)


def test_from_keys_to_release(world: World) -> None:
    for name in NAMES:
        world.start(name)
    deadline = world.now + WEEK
    begun = time.monotonic()
    keys = world.ask_for_keys(deadline)
    assert set(keys.price) == {"officer", "platform", "audit"}
    assert {name: keys.signers[name] for name in NAMES} == database.identities(world.db)
    commitment = until(lambda: world.one("select commitment from jangteo_vault_seed"))
    assert len(commitment) == 64
    assert world.one("select maker from jangteo_vault_seed where scope = %s", SCOPE) == "platform"

    world.publish(keys, deadline)
    good, bad = world.bid(keys), world.bid(keys, attempt=2, change=spoil)
    until(lambda: world.one("select count(*) from jangteo_bid_sharecheck") == 4)
    assert time.monotonic() - begun < 20
    rows = world.db.execute(
        "select c.custodian, b.hash, c.sound, c.reason, c.signature from jangteo_bid_sharecheck c"
        " join jangteo_bid_sealedbid b on b.id = c.bid_id order by c.custodian, b.attempt"
    ).fetchall()
    found = [(name, bytes(hashed), sound, reason) for name, hashed, sound, reason, _ in rows]
    assert found == [
        ("audit", good, True, ""),
        ("audit", bad, True, ""),
        ("platform", good, True, ""),
        ("platform", bad, False, "V04"),
    ]
    for name, hashed, sound, reason, signature in rows:
        said = share_check_text(
            envelope_hash=bytes(hashed).hex(), custodian=name, sound=sound, reason=reason
        )
        assert verify(keys.signers[name], said.encode(), bytes(signature))

    world.forward(WEEK)
    world.request(deadline, [good])
    until(lambda: world.one("select count(*) from jangteo_vault_release") == 2)
    given = world.db.execute(
        "select custodian, price_private, signature from jangteo_vault_release"
    ).fetchall()
    assert {name for name, *_ in given} == set(NAMES)
    for name, private, signature in given:
        said = released_text(scope=SCOPE, custodian=name, price_private=private)
        assert verify(keys.signers[name], said.encode(), unb64u(signature))
        assert private not in "".join(path.read_text() for path in world.folder.rglob("*.log"))
    assert world.one("select count(*) from jangteo_vault_releaserefusal") == 0
    assert [world.stop(name) for name in NAMES] == [0, 0]


def test_a_wrong_root_is_refused_until_it_is_right(world: World) -> None:
    world.start("audit")
    world.start("platform")
    deadline = world.now + WEEK
    keys = world.ask_for_keys(deadline)
    world.publish(keys, deadline)
    first = world.bid(keys)
    world.forward(WEEK)
    world.request(deadline, [first, b"\0" * 32])
    until(lambda: world.one("select count(*) from jangteo_vault_releaserefusal") == 2)
    time.sleep(4)
    rows = world.db.execute("select custodian, code from jangteo_vault_releaserefusal order by 1")
    assert rows.fetchall() == [("audit", "root_differs"), ("platform", "root_differs")]
    assert world.one("select count(*) from jangteo_vault_release") == 0


@pytest.mark.parametrize("what", ["keys_hash", "cancelled", "role", "key"])
def test_what_is_not_in_force_is_not_released(world: World, what: str) -> None:
    world.start("audit")
    world.start("platform")
    deadline = world.now + WEEK
    keys = world.ask_for_keys(deadline)
    world.stop("platform")
    world.publish(keys, deadline, "0" * 64 if what == "keys_hash" else "")
    world.forward(WEEK)
    account, _ = world.people["contract_officer"]
    if what == "cancelled":
        world.db.execute("update jangteo_tender_tender set status = 'cancelled'")
    if what == "role":
        world.db.execute(
            "update jangteo_account_membership set until = since where account_id = %s", [account]
        )
    if what == "key":
        world.db.execute(
            "update jangteo_account_signingkey set revoked_at = enrolled_at where account_id = %s",
            [account],
        )
    world.request(deadline, [])
    code = until(lambda: world.one("select code from jangteo_vault_releaserefusal"))
    codes = {"role": "role_not_held", "key": "key_not_enrolled"}
    assert code == codes.get(what, "not_in_force")
    assert world.one("select count(*) from jangteo_vault_release") == 0


def test_it_serves_on_after_the_database_was_away_and_after_a_crash(world: World) -> None:
    process = world.start("audit")
    until(lambda: database.identities(world.db))
    world.db.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    until(lambda: any(line["event"] == "database.away" for line in world.log("audit")))
    world.start("platform")
    deadline = world.now + WEEK
    keys = world.ask_for_keys(deadline)
    assert process.poll() is None
    process.kill()
    process.wait()
    folder = world.folder / "secrets" / "custodian_audit" / "lots"
    (lot,) = folder.glob("*")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(lot.stat().st_mode) == 0o600
    assert SCOPE not in lot.read_text()
    world.start("audit")
    world.publish(keys, deadline)
    hashed = world.bid(keys)
    until(lambda: world.one("select count(*) from jangteo_bid_sharecheck where sound") == 2)
    world.forward(WEEK)
    world.request(deadline, [hashed])
    until(lambda: world.one("select count(*) from jangteo_vault_release") == 2)
    assert database.keys_of(world.db, SCOPE) == keys


def refused_start(world: World, name: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "jangteo.interfaces.custodian", name],
        env=world.environment(name, **environment), capture_output=True, text=True,
        cwd=ROOT, timeout=20,
    )  # fmt: skip
    assert done.returncode == 2
    return done.stderr


def test_outside_a_sandbox_one_user_may_not_run_all(world: World) -> None:
    assert "user of its own" in refused_start(world, "audit", JANGTEO_SANDBOX="0")
    assert world.one("select count(*) from jangteo_vault_identity") == 0
    world.start("audit")
    until(lambda: any(line["event"] == "sandbox.one_user" for line in world.log("audit")))


def test_its_role_may_do_no_more_than_its_duty(world: World) -> None:
    tried = {
        "platform": "insert into jangteo_vault_keyrequest values ('x', now(), now())",
        "audit": "update jangteo_vault_release set price_private = 'x'",
    }
    never = ("delete from jangteo_bid_sharecheck", "select * from jangteo_vault_officerkeybackup")
    for name, first in tried.items():
        with psycopg.connect(world.urls[name], autocommit=True) as db:
            for one in (first, *never, "insert into sandbox.clock (shift) values ('1 day')"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(one)


def test_another_key_than_the_enrolled_one_does_not_serve(world: World) -> None:
    world.db.execute(
        "insert into jangteo_vault_identity values ('audit', 'another', jangteo_now())"
    )
    assert "another key" in refused_start(world, "audit")


def test_a_changed_or_missing_secret_stops_the_start(world: World) -> None:
    folder = world.folder / "secrets" / "custodian_audit"
    (folder / "lots").mkdir()
    (folder / "lots" / "x.json").write_text('{"ct":"AAAA","iv":"AAAAAAAAAAAAAAAA","v":"x"}')
    assert "was changed" in refused_start(world, "audit")
    (folder / "key").write_text("too short")
    assert "32 bytes" in refused_start(world, "audit")
    (folder / "key").unlink()
    assert "cannot be read" in refused_start(world, "audit")
    assert "Usage" in refused_start(world, "officer")


def test_the_database_refuses_a_custodian_that_would_release_too_early(world: World) -> None:
    """Even one whose own check were broken: it inserts directly, as the superuser."""
    world.start("audit")
    world.start("platform")
    deadline = world.now + WEEK
    keys = world.ask_for_keys(deadline)
    world.publish(keys, deadline)
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        world.request(deadline, [])
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        database.add_release(world.db, SCOPE, "audit", "x", "x")
    assert world.one("select count(*) from jangteo_vault_release") == 0


def test_a_second_process_of_one_custodian_does_not_start(world: World) -> None:
    first = world.start("audit")
    until(lambda: database.identities(world.db))
    assert "Another process already works" in refused_start(world, "audit")
    assert first.poll() is None
    world.stop("audit")
    world.start("audit")
    until(lambda: sum(line["event"] == "ready" for line in world.log("audit")) == 2)


def test_a_custodian_that_lost_its_keys_says_nothing_of_a_bid(world: World) -> None:
    for name in NAMES:
        world.start(name)
    deadline = world.now + WEEK
    keys = world.ask_for_keys(deadline)
    world.stop("audit")
    folder = world.folder / "secrets" / "custodian_audit"
    (lot,) = (folder / "lots").glob("*.json")
    lot.unlink()
    own = custody.custodian("audit", (folder / "key").read_bytes())
    other = custody.make_lot(own, SCOPE[:-1] + "7", deadline)
    Folder(folder, own).keep(other)
    world.publish(keys, deadline)
    world.bid(keys)
    world.start("audit")
    until(lambda: any(line["event"] == "lot.unknown" for line in world.log("audit")))
    until(lambda: world.one("select count(*) from jangteo_bid_sharecheck"))
    rows = world.db.execute("select custodian, sound from jangteo_bid_sharecheck").fetchall()
    assert rows == [("platform", True)]


def test_no_seed_is_made_for_keys_that_another_signed(world: World) -> None:
    """Somebody who rules the database puts keys in the audit custodian's place before it does."""
    world.start("audit")
    until(lambda: database.identities(world.db))
    world.stop("audit")
    deadline = world.now + WEEK
    forger, made = seal.fresh_signing_key(), seal.make_lot_keys(
        scope=SCOPE, custodian="audit", deadline=deadline
    )  # fmt: skip
    said = read_canonical(made.statement.encode())
    signature = b64u(seal.sign(forger, made.statement.encode()))
    database.add_lot_key(world.db, said, made.statement, seal.public_of(forger), signature)
    world.start("platform")
    with pytest.raises(Refusal) as refused:
        world.ask_for_keys(deadline)
    assert refused.value.code == "vault.keys.stranger"
    until(lambda: any(line.get("code") == "vault.keys.stranger" for line in world.log("platform")))
    assert world.one("select count(*) from jangteo_vault_seed") == 0


def test_a_statement_of_another_in_its_place_is_noticed(world: World) -> None:
    deadline = world.now + WEEK
    own = custody.custodian("audit", b"a" * 40)
    mine, other = (custody.make_lot(own, SCOPE, deadline) for _ in range(2))

    def add(lot: custody.Lot) -> bool:
        said = read_canonical(lot.statement.encode())
        return database.add_lot_key(world.db, said, lot.statement, own.public_key, "x")

    assert (add(mine), add(mine), add(other)) == (True, True, False)


def test_from_the_opening_time_on_no_share_is_checked(world: World) -> None:
    for name in NAMES:
        world.start(name)
    deadline = world.now + WEEK
    keys = world.ask_for_keys(deadline)
    for name in NAMES:
        world.stop(name)
    world.publish(keys, deadline)
    bad = world.bid(keys, change=spoil)
    world.forward(WEEK + timedelta(hours=1))
    for name in NAMES:
        world.start(name)
    world.request(deadline, [bad])
    until(lambda: world.one("select count(*) from jangteo_vault_release") == 2)
    assert world.one("select count(*) from jangteo_bid_sharecheck") == 0


def test_what_a_library_says_is_one_line_without_its_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logger = logging.getLogger("tests.library")
    logger.addHandler(Libraries(Log("audit")))
    try:
        logger.warning("error ignored in %s on %s", "rollback", "a connection of somebody")
    finally:
        logger.handlers.clear()
    (line,) = capsys.readouterr().out.splitlines()
    said = json.loads(line)
    assert said["event"] == "library"
    assert said["process"] == "custodian-audit"
    assert said["words"] == "error ignored in %s on %s"
    assert "somebody" not in line
