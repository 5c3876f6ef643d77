"""A database with one tender in it, and custodians running against it as real processes."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from psycopg import sql
from psycopg.types.json import Json

from jangteo.interfaces.custodian import database
from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.log.merkle import root
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u, read_canonical
from jangteo.records.vault.statements import KeysStatement, release_text

ROOT = Path(__file__).parents[3]
TENDER = "R26BK00000001"
SCOPE = f"{TENDER}/1/0/000/1"
ROLES = ("contract_officer", "opening_officer")
FILLERS: dict[str, Any] = {"jsonb": Json([]), "bytea": b"", "uuid": uuid.UUID(int=0), "date": None}


def put(db: psycopg.Connection[Any], table: str, **values: Any) -> None:
    """Insert a row; columns that must not be null and are not given get an empty value."""
    columns = db.execute(
        "select column_name, data_type from information_schema.columns where table_name = %s"
        " and is_nullable = 'NO' and column_default is null and is_identity = 'NO'",
        [table],
    ).fetchall()
    for name, kind in columns:
        empty = "" if "char" in kind or kind == "text" else 0
        values.setdefault(name, FILLERS.get(kind, empty))
    db.execute(
        sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        ),
        list(values.values()),
    )


def until(what: Callable[[], Any], seconds: float = 15) -> Any:
    """Wait for something to become true; what it then is."""
    end = time.monotonic() + seconds
    while not (found := what()):
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(0.05)
    return found


@dataclass
class World:
    """One tender of one buyer with two officers and a supplier, in a database of its own.

    urls: custodian to the database's address in its own role; db: as the superuser.
    """

    urls: dict[str, str]
    folder: Path
    db: psycopg.Connection[Any]
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    people: dict[str, tuple[str, EllipticCurvePrivateKey]] = field(default_factory=dict)
    tender: uuid.UUID = field(default_factory=uuid.uuid4)
    supplier: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def now(self) -> datetime:
        """The database's time."""
        return database.now(self.db)

    def environment(self, name: str, **more: str) -> dict[str, str]:
        """What a custodian's process is started with."""
        return {
            **os.environ, "DATABASE_URL": self.urls.get(name, ""), "JANGTEO_VAR": str(self.folder),
            "JANGTEO_SANDBOX": "1", "PYTHONPATH": str(ROOT / "src"), **more,
        }  # fmt: skip

    def start(self, name: str) -> subprocess.Popen[str]:
        """Run a custodian; its log goes to <folder>/<name>.log."""
        with (self.folder / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "jangteo.interfaces.custodian", name],
                env=self.environment(name), stdout=log, stderr=subprocess.STDOUT, text=True,
                cwd=ROOT,
            )  # fmt: skip
        return self.processes[name]

    def stop(self, name: str) -> int:
        """End a custodian; its exit code."""
        process = self.processes.pop(name)
        process.terminate()
        return process.wait(10)

    def log(self, name: str) -> list[dict[str, Any]]:
        """What a custodian has said."""
        text = (self.folder / f"{name}.log").read_text()
        whole = text[: text.rfind("\n") + 1]  # it may be writing the next line at this moment
        return [json.loads(line) for line in whole.splitlines()]

    def one(self, words: str, *arguments: Any) -> Any:
        """The first column of the first row."""
        row = self.db.execute(words, arguments).fetchone()
        return row[0] if row else None

    def settle(self) -> None:
        """The parties, people and the tender."""
        at, buyer = self.now, uuid.uuid4()
        for party, kind, number in (
            (buyer, "agency", "1230000"),
            (self.supplier, "supplier", "1138612345"),
        ):
            put(self.db, "jangteo_party_party", id=party, kind=kind, identifier=number,
                created_at=at)  # fmt: skip
        for role in ROLES:
            account, key = uuid.uuid4(), seal.fresh_signing_key()
            put(self.db, "jangteo_account_account", id=account, username=role, is_active=True)
            put(self.db, "jangteo_account_membership", id=uuid.uuid4(), account_id=account,
                party_id=buyer, role=role, since=at - timedelta(days=1))  # fmt: skip
            put(self.db, "jangteo_account_signingkey", id=uuid.uuid4(), account_id=account,
                public_key=seal.public_of(key), enrolled_at=at)  # fmt: skip
            self.people[role] = (str(account), key)
        put(self.db, "jangteo_tender_tender", id=self.tender, number=TENDER, buyer_id=buyer,
            status="active", version=0, created_at=at)  # fmt: skip

    def ask_for_keys(self, deadline: datetime) -> KeysStatement:
        """Ask the custodians, add the officer's keys, wait for all three."""
        put(self.db, "jangteo_vault_keyrequest", scope=SCOPE, deadline=deadline, asked_at=self.now)
        self.db.execute("notify jangteo_custody")
        _, key = self.people["opening_officer"]
        made = seal.make_lot_keys(scope=SCOPE, custodian="officer", deadline=deadline)
        signature = b64u(seal.sign(key, made.statement.encode()))
        said = read_canonical(made.statement.encode())
        database.add_lot_key(self.db, said, made.statement, seal.public_of(key), signature)
        keys: KeysStatement = until(lambda: database.keys_of(self.db, SCOPE))
        return keys

    def publish(self, keys: KeysStatement, deadline: datetime, keys_hash: str = "") -> None:
        """The notice goes out."""
        put(self.db, "jangteo_tender_noticeversion", id=uuid.uuid4(), tender_id=self.tender,
            version=0, lot="1", round=0, scope=SCOPE, keys=keys.text,
            keys_hash=keys_hash or keys.hash, deadline=deadline, published_at=self.now,
            bidding_from=deadline - timedelta(days=9), opening_at=deadline + timedelta(hours=1),
            base_amount=1_000_000)  # fmt: skip

    def bid(self, keys: KeysStatement, *, attempt: int = 1, change: Any = None) -> bytes:
        """A sealed bid as intake writes it; its hash."""
        agent = seal.fresh_signing_key()
        context = seal.BidContext(TENDER, "1", 0, 0, "1138612345")
        made = seal.seal_bid(
            context=context, keys_statement=keys.text, price=5, picks=(1, 2), agent_private=agent
        )
        envelope = change(made.envelope) if change else made.envelope
        hashed = seal.hashlib.sha256(envelope).digest()
        account, _ = self.people["contract_officer"]
        put(self.db, "jangteo_bid_sealedbid", id=uuid.uuid4(), tender_id=self.tender, lot="1",
            round=0, version=0, supplier_id=self.supplier, attempt=attempt, agent_id=account,
            agent_key=made.agent_key, envelope=envelope, hash=hashed, arrival=self.now,
            signature=seal.sign(agent, hashed), receipt=Json({}))  # fmt: skip
        return hashed

    def request(self, deadline: datetime, hashes: list[bytes]) -> None:
        """Two people ask for the keys of this closed set."""
        text = release_text(
            scope=SCOPE, deadline=deadline, root=root(sorted(hashes)).hex(), count=len(hashes)
        )
        signatures = [
            {"role": role, "account": account, "key": seal.public_of(key),
             "signature": b64u(seal.sign(key, text.encode()))}
            for role, (account, key) in self.people.items()
        ]  # fmt: skip
        put(self.db, "jangteo_vault_releaserequest", scope=SCOPE, statement=text,
            signatures=Json(signatures), asked_at=self.now)  # fmt: skip
        self.db.execute("notify jangteo_custody")

    def forward(self, step: timedelta) -> None:
        """Move the practice clock on."""
        sandbox.forward_by(self.db, step)
