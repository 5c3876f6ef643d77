"""What a custodian does each time it wakes: keys, seed, shares, requests."""

import time
from collections.abc import Callable

from jangteo.ground.errors import Refusal
from jangteo.interfaces.custodian import database
from jangteo.interfaces.custodian.database import Db, StoredBid, UncheckedBid
from jangteo.interfaces.custodian.folder import Folder
from jangteo.records.log.merkle import root
from jangteo.records.vault import custody, form, seal
from jangteo.records.vault.canonical import b64u, digest, read_canonical
from jangteo.records.vault.custody import Custodian, Facts, Lot, Request, ShareFinding
from jangteo.records.vault.statements import share_check_text, verify

Say = Callable[..., None]
#: Seconds after which a refused request is looked at again: a clock or a share check may move on.
AGAIN = 3.0


class Duties:
    """One custodian's work; every step may be repeated after a crash without doing it twice."""

    def __init__(self, own: Custodian, folder: Folder, say: Say) -> None:
        self._own, self._folder, self._say = own, folder, say
        self._hashes: dict[str, str] = {}
        self._later: dict[str, float] = {}
        self._lost: set[str] = set()

    def all(self, db: Db) -> None:
        """Everything there is to do now, in the order in which it depends on each other."""
        self.make_keys(db)
        if self._own.name == "platform":
            self.make_seeds(db)
        while self.check_shares(db):
            pass
        self.answer_requests(db)

    def make_keys(self, db: Db) -> None:
        """Make and publish keys for each scope asked for; what was made before a crash is reused"""
        for scope, deadline in database.keys_wanted(db, self._own.name):
            lot = self._folder.get(scope)
            if lot is None:
                lot = custody.make_lot(self._own, scope, deadline)
                self._folder.keep(lot)
            if lot.until != deadline:
                self._say("keys.refused", scope=scope, code="deadline_differs")
                continue
            signature = b64u(self._own.sign(lot.statement))
            said = read_canonical(lot.statement.encode())
            if database.add_lot_key(db, said, lot.statement, self._own.public_key, signature):
                self._say("keys.made", scope=scope, deadline=lot.deadline)
            else:
                self._say("keys.refused", scope=scope, code="not_ours")

    def make_seeds(self, db: Db) -> None:
        """The platform's half of the randomness, once all three keys are there."""
        for scope in database.seeds_wanted(db):
            lot = self._folder.get(scope)
            try:
                keys = database.keys_of(db, scope)
            except Refusal as refusal:
                self._say("seed.refused", scope=scope, code=refusal.code)
                continue
            if lot is None or keys is None or keys.deadline != lot.deadline:
                continue
            seed = seal.seal_seed(scope=scope, maker="platform", keys_statement=keys.text)
            database.add_seed(db, scope, seed)
            self._say("seed.made", scope=scope, commitment=seed.commitment)

    def check_shares(self, db: Db) -> int:
        """Open this custodian's own share of up to 500 new bids; how many there were."""
        found = []
        for bid in database.unchecked(db, self._own.name):
            finding = self._check(db, bid)
            if finding is not None:
                found.append((bid.id, finding))
                if not finding.sound:
                    self._say("share.unsound", bid=str(bid.id), check=finding.reason)
        if found:
            database.add_checks(db, self._own.name, found)
            self._say("shares.checked", count=len(found))
        return len(found)

    def _check(self, db: Db, bid: UncheckedBid) -> ShareFinding | None:
        """Its finding by the keys of the bid's notice version; None if it does not have them."""
        for lot in self._folder.of_version(bid.prefix):
            if bid.keys_hash and self._keys_hash(db, lot) == bid.keys_hash:
                return custody.check_share(
                    self._own,
                    lot,
                    envelope=bid.envelope,
                    supplier=bid.supplier,
                    keys_hash=bid.keys_hash,
                )
        if bid.prefix not in self._lost:
            self._lost.add(bid.prefix)
            self._say("lot.unknown", scope=bid.prefix)
        return None

    def _keys_hash(self, db: Db, lot: Lot) -> str:
        """The hash of the scope's statement of three; "" if this custodian's own is not in it."""
        if lot.scope not in self._hashes:
            try:
                keys = database.keys_of(db, lot.scope)
            except Refusal:
                keys = None
            if keys is None or lot.statement not in keys.text:
                return ""
            self._hashes[lot.scope] = keys.hash
        return self._hashes[lot.scope]

    def answer_requests(self, db: Db) -> None:
        """Give the key, once, or write down why not."""
        for scope, statement, signatures in database.requests(db, self._own.name):
            if self._later.get(scope, 0.0) > time.monotonic():
                continue
            lot = self._folder.get(scope)
            request = Request(scope, statement, signatures)
            code = custody.refusal(lot, request, self._facts(db, lot, request)) if lot else "no_key"
            if code or lot is None:
                self._later[scope] = time.monotonic() + AGAIN
                if database.add_refusal(db, scope, self._own.name, code):
                    self._say("release.refused", scope=scope, code=code)
                continue
            lot = self._folder.note_release(lot, statement)
            database.add_release(db, scope, self._own.name, *custody.give(self._own, lot))
            self._say("release.given", scope=scope)

    def _facts(self, db: Db, lot: Lot, request: Request) -> Facts:
        tender, name, round_, version = form.split_scope(lot.scope)
        force = database.in_force(db, tender, name, round_)
        moment = database.now(db)
        if force is None or force.version != version:
            return Facts(moment, None, False, "", 0, {}, {})
        known = database.identities(db)
        closed = [
            bid.hash
            for bid in database.bids(db, force.tender, name, round_, version)
            if counts(bid, known)
        ]
        enrolled, roles = database.signers(db, _accounts(request), force.buyer)
        return Facts(
            moment,
            force.deadline,
            force.keys_hash == self._keys_hash(db, lot),
            root(sorted(closed)).hex(),
            len(closed),
            enrolled,
            roles,
        )


def counts(bid: StoredBid, identities: dict[str, str]) -> bool:
    """Whether a sealed bid belongs to the closed set, by this custodian's own check.

    It does unless its agent's signature fails or a custodian has signed that its share is unsound.
    """
    if digest(bid.envelope) != bid.hash.hex():
        return False
    if not verify(bid.agent_key, bid.hash, bid.signature):
        return False
    for custodian, reason, signature in bid.findings:
        said = share_check_text(
            envelope_hash=bid.hash.hex(), custodian=custodian, sound=False, reason=reason
        )
        if custodian in identities and verify(identities[custodian], said.encode(), signature):
            return False
    return True


def _accounts(request: Request) -> list[str]:
    try:
        return [str(one["account"]) for one in request.signatures]
    except (TypeError, KeyError):
        return []
