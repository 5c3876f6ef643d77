"""Asking for keys, keeping the officer's, seeds and requests."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from jangteo.ground.errors import Refusal
from jangteo.records.account.models import Account, SigningKey
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import now
from jangteo.records.vault import actions, custody, queries, seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.models import (
    Identity,
    KeyRequest,
    LotKey,
    OfficerKeyBackup,
    Release,
    ReleaseRequest,
    Seed,
)
from jangteo.records.vault.statements import lot_keys_text, moment, release_text
from tests.records.vault import stored
from tests.records.vault.made import SCOPE

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def officers(at: datetime) -> dict[str, tuple[Account, EllipticCurvePrivateKey]]:
    party = stored.agency(at)
    return {role: stored.officer(party, role, at) for role in actions.SIGNERS}


@pytest.fixture
def key(officers: Any) -> EllipticCurvePrivateKey:
    found: EllipticCurvePrivateKey = officers["opening_officer"][1]
    return found


def refused(code: str, **arguments: Any) -> None:
    with pytest.raises(Refusal) as caught:
        arguments.pop("do")(**arguments)
    assert caught.value.code == code


def test_keys_are_asked_for_once_with_one_deadline(at: datetime) -> None:
    actions.request_keys(scope=SCOPE, deadline=at + WEEK, at=at)
    actions.request_keys(scope=SCOPE, deadline=at + WEEK, at=at)
    other = {"scope": SCOPE, "deadline": at + 2 * WEEK, "at": at}
    refused("vault.keys.other_deadline", do=actions.request_keys, **other)
    past = {"scope": "x/1/0/000/1", "deadline": at, "at": at}
    refused("vault.keys.deadline_past", do=actions.request_keys, **past)
    assert KeyRequest.objects.count() == 1
    assert queries.custody_state(SCOPE).deadline == at + WEEK


def test_custody_is_complete_with_three_keys_and_two_seeds(
    at: datetime, key: EllipticCurvePrivateKey
) -> None:
    refused("vault.keys.incomplete", do=queries.keys_statement, scope=SCOPE)
    stored.whole(key, at)
    state = queries.custody_state(SCOPE)
    assert list(state.keys) == ["officer", "platform", "audit"]
    assert {row.deadline for row in state.keys.values()} == {at + WEEK}
    assert (state.seeds, state.complete) == ({}, False)
    keys = queries.keys_statement(SCOPE)
    assert keys.deadline == moment(at + WEEK)
    for maker in ("agency", "platform"):
        assert not queries.custody_state(SCOPE).complete
        made = seal.seal_seed(scope=SCOPE, maker=maker, keys_statement=keys.text)
        actions.add_seed(
            scope=SCOPE, maker=maker, sealed=made.sealed, commitment=made.commitment, at=at
        )
    assert queries.custody_state(SCOPE).complete
    assert queries.officer_backup(SCOPE) == "{}"
    assert queries.releases(SCOPE) == {}


def _officer_keys(key: EllipticCurvePrivateKey, at: datetime, **change: Any) -> dict[str, Any]:
    made = seal.make_lot_keys(
        scope=change.get("scope", SCOPE),
        custodian=change.get("custodian", "officer"),
        deadline=change.get("deadline", at + WEEK),
    )
    return {
        "scope": SCOPE,
        "statement": made.statement,
        "signer_key": seal.public_of(key),
        "signature": b64u(seal.sign(key, made.statement.encode())),
        "wrapped": "",
        "at": at,
    }


def test_the_officers_keys_must_be_the_notices_own(
    at: datetime, key: EllipticCurvePrivateKey
) -> None:
    add = actions.add_officer_keys
    refused("vault.keys.other_scope", do=add, **_officer_keys(key, at))
    actions.request_keys(scope=SCOPE, deadline=at + WEEK, at=at)
    other = _officer_keys(key, at, scope="R26BK00000002/1/0/000/1")
    refused("vault.keys.other_scope", do=add, **other)
    refused("vault.keys.other_scope", do=add, **_officer_keys(key, at, custodian="audit"))
    refused("vault.keys.other_deadline", do=add, **_officer_keys(key, at, deadline=at))
    spaced = _officer_keys(key, at)
    refused("vault.statement.form", do=add, **{**spaced, "statement": spaced["statement"] + " "})
    wrong = {**_officer_keys(key, at), "signature": b64u(b"\1" * 64)}
    refused("vault.keys.signature", do=add, **wrong)
    refused("vault.keys.signature", do=add, **{**wrong, "signature": "?"})
    text = lot_keys_text(
        scope=SCOPE, custodian="officer", deadline=moment(at + WEEK), price=b"short",
        documents=b"\0" * 32,
    )  # fmt: skip
    short = {"statement": text, "signature": b64u(seal.sign(key, text.encode()))}
    refused("vault.keys.signature", do=add, **{**_officer_keys(key, at), **short})
    stranger = _officer_keys(seal.fresh_signing_key(), at)
    refused("vault.keys.not_enrolled", do=add, **stranger)
    assert not LotKey.objects.exists()
    good = _officer_keys(key, at)
    add(**good)
    add(**good)
    refused("vault.keys.made", do=add, **_officer_keys(key, at))
    assert LotKey.objects.get().statement == good["statement"]
    assert not OfficerKeyBackup.objects.exists()


def test_another_persons_enrolled_key_is_not_this_persons(
    at: datetime, officers: dict[str, tuple[Account, EllipticCurvePrivateKey]]
) -> None:
    actions.request_keys(scope=SCOPE, deadline=at + WEEK, at=at)
    account, key = officers["contract_officer"]
    other, _ = officers["opening_officer"]
    arguments = _officer_keys(key, at)
    by = Actor(other.pk, other.name)
    refused("vault.keys.not_enrolled", do=actions.add_officer_keys, by=by, **arguments)
    actions.add_officer_keys(by=Actor(account.pk, account.name), **arguments)
    assert LotKey.objects.count() == 1


def test_a_seed_must_belong_to_these_keys(at: datetime, key: EllipticCurvePrivateKey) -> None:
    stored.whole(key, at)
    text = queries.keys_statement(SCOPE).text
    made = seal.seal_seed(scope=SCOPE, maker="agency", keys_statement=text)
    good = {"scope": SCOPE, "maker": "agency", "sealed": made.sealed, "at": at}
    good["commitment"] = made.commitment
    add = actions.add_seed
    refused("vault.seed.names", do=add, **{**good, "maker": "platform"})
    refused("vault.seed.names", do=add, **{**good, "commitment": "0" * 64})
    refused("vault.seed.form", do=add, **{**good, "sealed": "{}"})
    assert not Seed.objects.exists()
    add(**good)
    add(**good)
    second = seal.seal_seed(scope=SCOPE, maker="agency", keys_statement=text)
    changed = {**good, "sealed": second.sealed, "commitment": second.commitment}
    refused("vault.seed.made", do=add, **changed)
    assert Seed.objects.get().commitment == made.commitment


def signed(officers: Any, text: str) -> list[dict[str, str]]:
    """Both people's signatures."""
    return [
        {
            "role": role,
            "account": str(account.pk),
            "key": seal.public_of(key),
            "signature": b64u(seal.sign(key, text.encode())),
        }
        for role, (account, key) in officers.items()
    ]


def test_a_release_is_asked_for_by_two_people_after_the_deadline(
    at: datetime, officers: Any, key: EllipticCurvePrivateKey
) -> None:
    begun = at - timedelta(days=8)
    stored.whole(key, begun)
    text = release_text(scope=SCOPE, deadline=begun + WEEK, root="ab" * 32, count=3)
    both = signed(officers, text)
    ask = actions.request_release
    early = {"scope": SCOPE, "statement": text, "signatures": both, "at": begun}
    refused("vault.release.before_deadline", do=ask, **early)
    good = {**early, "at": at}
    refused("vault.release.roles", do=ask, **{**good, "signatures": both[:1]})
    refused("vault.release.roles", do=ask, **{**good, "signatures": [both[0], both[0]]})
    alone = [both[0], {**both[0], "role": "opening_officer"}]
    refused("vault.release.one_person", do=ask, **{**good, "signatures": alone})
    crossed = [both[0], {**both[1], "signature": both[0]["signature"]}]
    refused("vault.release.signature", do=ask, **{**good, "signatures": crossed})
    nobody = [both[0], {**both[1], "account": "nobody"}]
    refused("vault.release.not_enrolled", do=ask, **{**good, "signatures": nobody})
    other = release_text(scope=SCOPE, deadline=at, root="ab" * 32, count=3)
    later = {**good, "statement": other, "signatures": signed(officers, other)}
    refused("vault.release.other", do=ask, **later)
    assert not ReleaseRequest.objects.exists()
    ask(**good)
    ask(**good)
    more = release_text(scope=SCOPE, deadline=begun + WEEK, root="ab" * 32, count=4)
    again = {**good, "statement": more, "signatures": signed(officers, more)}
    refused("vault.release.asked", do=ask, **again)
    row = queries.release_request(SCOPE)
    assert row is not None
    assert row["statement"] == text
    SigningKey.objects.update(revoked_at=at)
    refused("vault.release.not_enrolled", do=ask, **good)


def test_the_officers_own_key_stands_in_for_one_that_is_withheld(
    at: datetime, officers: Any, key: EllipticCurvePrivateKey
) -> None:
    begun = at - timedelta(days=8)
    actions.request_keys(scope=SCOPE, deadline=begun + WEEK, at=begun)
    for own in stored.ONLINE.values():
        stored.publish_key(own, begun + WEEK, begun)
    private = stored.publish_officer(key, begun + WEEK, begun)
    text = release_text(scope=SCOPE, deadline=begun + WEEK, root="ab" * 32, count=0)
    actions.request_release(scope=SCOPE, statement=text, signatures=signed(officers, text), at=at)
    said = actions.released_text(scope=SCOPE, custodian="officer", price_private=b64u(private))
    good = {
        "scope": SCOPE, "price_private": private, "signer_key": seal.public_of(key),
        "signature": seal.sign(key, said.encode()), "at": at,
    }  # fmt: skip
    give = actions.add_officer_release
    another = {"signer_key": seal.public_of(seal.fresh_signing_key())}
    refused("vault.release.other_signer", do=give, **good | another)
    refused("vault.release.key", do=give, **{**good, "price_private": b"\1" * 32})
    refused("vault.release.signature", do=give, **{**good, "signature": b"\1" * 64})
    refused("vault.release.before_deadline", do=give, **{**good, "at": begun})
    assert queries.releases(SCOPE) == {}
    give(**good)
    assert queries.releases(SCOPE) == {"officer": private}


def test_keys_that_another_than_the_enrolled_signed_complete_nothing(
    at: datetime, key: EllipticCurvePrivateKey
) -> None:
    Identity.objects.create(custodian="audit", public_key="another", enrolled_at=at)
    stored.whole(key, at)
    state = queries.custody_state(SCOPE)
    assert (len(state.keys), state.strangers, state.complete) == (3, ("audit",), False)
    refused("vault.keys.stranger", do=queries.keys_statement, scope=SCOPE)
    assert [row.custodian for row in queries.identities()] == ["platform", "audit"]


def test_only_releases_of_the_published_keys_signed_by_their_custodians_count(
    at: datetime, officers: Any, key: EllipticCurvePrivateKey
) -> None:
    begun = at - timedelta(days=8)
    actions.request_keys(scope=SCOPE, deadline=begun + WEEK, at=begun)
    lots = {
        name: stored.publish_key(own, begun + WEEK, begun) for name, own in stored.ONLINE.items()
    }
    stored.publish_officer(key, begun + WEEK, begun)
    text = release_text(scope=SCOPE, deadline=begun + WEEK, root="ab" * 32, count=0)
    actions.request_release(scope=SCOPE, statement=text, signatures=signed(officers, text), at=at)
    private, signature = custody.give(stored.ONLINE["audit"], lots["audit"])
    foreign = custody.give(stored.ONLINE["platform"], lots["audit"])
    for name, price, proof in (
        ("audit", private, signature),
        ("platform", *foreign),
        ("officer", "x", "x"),
    ):
        Release.objects.create(
            scope=SCOPE, custodian=name, price_private=price, signature=proof, released_at=at
        )
    assert queries.releases(SCOPE) == {"audit": lots["audit"].price_private}
    assert [row["custodian"] for row in queries.released(SCOPE)] == ["audit"]
