"""Why a custodian says no: one code for each reason, and nothing else gets the key."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from jangteo.ground.errors import Fault
from jangteo.records.vault import custody, seal
from jangteo.records.vault.canonical import b64u, digest
from jangteo.records.vault.custody import Facts, Request
from jangteo.records.vault.statements import public_of, release_text

SCOPE = "R26BK00000001/1/0/000/1"
DEADLINE = datetime(2026, 12, 1, 1, tzinfo=UTC)
OWN = custody.custodian("audit", b"audit" * 8)
LOT = custody.make_lot(OWN, SCOPE, DEADLINE)
PEOPLE = {role: seal.fresh_signing_key() for role in custody.ROLES}
ROOT = "ab" * 32
FACTS = Facts(
    now=DEADLINE,
    deadline=DEADLINE,
    keys_hash_matches=True,
    root=ROOT,
    count=2,
    enrolled={role: frozenset({public_of(key)}) for role, key in PEOPLE.items()},
    roles={role: frozenset({role}) for role in PEOPLE},
)


def request(text: str = "", **change: Any) -> Request:
    """A good request, or one that says something else in every signature."""
    said = {"scope": SCOPE, "deadline": DEADLINE, "root": ROOT, "count": 2}
    text = text or release_text(**{**said, **change})
    signatures = [
        {"role": role, "account": role, "key": public_of(key),
         "signature": b64u(seal.sign(key, text.encode()))}
        for role, key in PEOPLE.items()
    ]  # fmt: skip
    return Request(SCOPE, text, signatures)


def with_signer(place: int, **change: str) -> Request:
    """The good request with one signature changed."""
    good = request()
    signatures = [dict(one) for one in good.signatures]
    signatures[place].update(change)
    return replace(good, signatures=signatures)


GOOD = request()
SECOND = timedelta(seconds=1)
OTHER_KEY = public_of(seal.fresh_signing_key())
REFUSED: dict[str, tuple[str, Request, Facts]] = {
    "not JSON": ("form", request("{"), FACTS),
    "spaced": ("form", request(GOOD.statement + " "), FACTS),
    "no signatures": ("form", replace(GOOD, signatures=None), FACTS),
    "half a signature": ("form", with_signer(0, signature="AAAA"), FACTS),
    "another scope": ("other_scope", request(scope="R26BK00000002/1/0/000/1"), FACTS),
    "an instant early": (
        "before_deadline", GOOD, replace(FACTS, now=DEADLINE - timedelta(microseconds=1)),
    ),
    "notice not in force": ("not_in_force", GOOD, replace(FACTS, deadline=None)),
    "notice names other keys": ("not_in_force", GOOD, replace(FACTS, keys_hash_matches=False)),
    "request names another deadline": (
        "deadline_differs", request(deadline=DEADLINE - SECOND), FACTS,
    ),
    "deadline in force moved": (
        "deadline_differs", GOOD, replace(FACTS, deadline=DEADLINE + SECOND),
    ),
    "one role twice": ("roles", with_signer(0, role="opening_officer"), FACTS),
    "one signature": ("roles", replace(GOOD, signatures=GOOD.signatures[:1]), FACTS),
    "one person": ("one_person", with_signer(0, account="opening_officer"), FACTS),
    "one key": ("one_person", with_signer(0, key=GOOD.signatures[1]["key"]), FACTS),
    "key not enrolled": ("key_not_enrolled", with_signer(0, key=OTHER_KEY), FACTS),
    "unknown person": ("key_not_enrolled", with_signer(1, account="nobody"), FACTS),
    "role not held": ("role_not_held", GOOD, replace(FACTS, roles={})),
    "signature of another text": (
        "signature", replace(request(count=3), statement=GOOD.statement), FACTS,
    ),
    "another root": ("root_differs", GOOD, replace(FACTS, root="cd" * 32)),
    "another count": ("root_differs", GOOD, replace(FACTS, count=3)),
}  # fmt: skip


def test_a_right_request_at_the_deadline_gets_the_key() -> None:
    assert custody.refusal(LOT, GOOD, FACTS) == ""
    assert custody.refusal(LOT, GOOD, replace(FACTS, now=DEADLINE + timedelta(days=9))) == ""


@pytest.mark.parametrize("what", REFUSED)
def test_everything_else_is_refused_with_its_code(what: str) -> None:
    code, asked, facts = REFUSED[what]
    assert custody.refusal(LOT, asked, facts) == code


def test_the_key_is_given_for_one_request_only() -> None:
    done = replace(LOT, released=digest(GOOD.statement.encode()))
    assert custody.refusal(done, GOOD, FACTS) == ""
    other = replace(FACTS, count=3)
    assert custody.refusal(done, request(count=3), other) == "second_request"
    assert custody.refusal(LOT, request(count=3), other) == ""


def test_the_custodians_own_record_decides_on_the_deadline() -> None:
    """Whatever the database says is in force, it is what it signed that it keeps to."""
    early = DEADLINE - timedelta(days=3)
    moved = replace(FACTS, now=early, deadline=early)
    assert custody.refusal(LOT, request(deadline=early), moved) == "before_deadline"


def test_a_wrapped_lot_is_its_own_custodians_only() -> None:
    text = custody.wrap(OWN, LOT, b"\1" * 12)
    assert custody.unwrap(OWN, text) == LOT
    assert b64u(LOT.price_private) not in text
    with pytest.raises(InvalidTag):
        custody.unwrap(custody.custodian("platform", b"audit" * 8), text)
    with pytest.raises(InvalidTag):
        custody.unwrap(custody.custodian("audit", b"other" * 8), text)
    assert "private" not in repr(LOT)
    with pytest.raises(Fault):
        custody.custodian("audit", b"short")


def test_the_same_secret_is_the_same_custodian_and_each_name_another() -> None:
    assert custody.custodian("audit", b"audit" * 8).public_key == OWN.public_key
    assert custody.custodian("platform", b"audit" * 8).public_key != OWN.public_key
