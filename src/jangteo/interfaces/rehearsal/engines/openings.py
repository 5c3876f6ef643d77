"""Sealed openings made from chance, each a bundle as docs/bundle.md describes it.

Signatures and sealing are the platform's own; terms and figures are the rules'. The two seeds, all
amounts, picks and terms follow from chance; keys do not.
"""

import hashlib
import json
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jangteo.interfaces.rehearsal.engines import figures, terms
from jangteo.interfaces.rehearsal.engines.figures import Played
from jangteo.interfaces.rehearsal.engines.terms import Terms, soon
from jangteo.records.log import merkle
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u, canonical
from jangteo.records.vault.statements import (
    CUSTODIANS,
    SigningKey,
    keys_text,
    release_text,
    released_text,
)
from jangteo.rules import dated
from jangteo.rules.award import tiebreak

MAKERS = ("agency", "platform")


@dataclass(slots=True)
class Keys:
    """The keys of one tender: who signs for each custodian, private price keys, the statement."""

    signers: dict[str, SigningKey]
    private: dict[str, bytes]
    text: str


def bundle(chance: random.Random, kind: str = "", count: int = 0) -> tuple[str, bytes]:
    """The kind and the canonical bytes of one opening. count: how many bids, if not by chance."""
    made = terms.make(chance, kind or chance.choice(terms.KINDS))
    whole = Maker(made, chance, count).bundle()
    return made.kind, json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()


class Maker:
    """Seals, closes, releases, opens and writes down one opening."""

    def __init__(self, made: Terms, chance: random.Random, count: int = 0) -> None:
        self.terms, self.n, self.chance = made, made.notice, chance
        self.keys = self._make_keys()
        self.n["keys_hash"] = hashlib.sha256(self.keys.text.encode()).hexdigest()
        self.seeds, self.rows = self._make_seeds()
        self.bids = figures.plan(made, chance, count)
        self.asked = sum(not bid.excluded for bid in self.bids) >= made.needed
        self.found = figures.work_out(made, self.bids, self.seeds, chance)
        self.hashes: dict[str, str] = {}

    def bundle(self) -> dict[str, Any]:
        """Everything that would be frozen and published."""
        kind, envelopes = self.terms.kind, self._envelopes()
        opened = self.asked and kind != "hold_set"
        enough = sum(not (b.excluded or b.void) for b in self.bids) >= self.terms.needed
        drawn = opened and enough and not kind.startswith("hold")
        outcome, code = self._outcome(drawn)
        whole = {
            "v": "jangteo/bundle/1", "notice": self.n, "keys": self.keys.text, "seeds": self.rows,
            "envelopes": envelopes, "exclusions": self._exclusions(), "request": self._request(),
            "releases": self._releases() if opened else [],
            "opened": self._opened(envelopes) if opened else [],
            "outcome": {
                "outcome": outcome, "code": code, "law": figures.article(self.terms, code)
                if code.startswith("opening.") else "국가계약법 시행령 제42조",
                "at": soon(self.n["opening_at"], self.chance),
            },
        }  # fmt: skip
        used = dict(self.terms.rows)
        if drawn:
            used |= self.found.rows
            whole |= self.found.fields | {"ranking": self._ranking()}
        whole["rules"] = {name: _row(row) for name, row in used.items()}
        return whole

    def _outcome(self, drawn: bool) -> tuple[str, str]:
        held = {
            "hold_seed": "opening.hold.seed", "hold_set": "opening.hold.set_changed",
            "hold_rule": "price.floor.a_value_too_large",
        }.get(self.terms.kind)  # fmt: skip
        if held:
            return "hold", held
        if drawn:
            return "failed" if "failed" in self.found.code else "published", self.found.code
        return "failed", "opening.failed.too_few" + ("_opened" if self.asked else "")

    def _make_keys(self) -> Keys:
        signers: dict[str, SigningKey] = {"officer": seal.fresh_signing_key()}
        signers |= {who: Ed25519PrivateKey.generate() for who in CUSTODIANS[1:]}
        private, signed = {}, {}
        for who in CUSTODIANS:
            made = seal.make_lot_keys(
                scope=self.n["scope"], custodian=who, deadline=terms.read(self.n["deadline"])
            )
            private[who] = made.price_private
            signature = b64u(seal.sign(signers[who], made.statement.encode()))
            signed[who] = (made.statement, seal.public_of(signers[who]), signature)
        return Keys(signers, private, keys_text(self.n["scope"], signed))

    def _make_seeds(self) -> tuple[tuple[bytes, bytes], list[dict[str, str]]]:
        seeds, rows = [], []
        for maker in MAKERS:
            seed = self.chance.randbytes(32)
            drawn = [seed, self.chance.randbytes(32)]
            made = seal.seal_seed(
                scope=self.n["scope"], maker=maker, keys_statement=self.keys.text,
                chance=lambda size, drawn=drawn: drawn.pop(0) if drawn
                else self.chance.randbytes(size),
            )  # fmt: skip
            seeds.append(seed)
            rows.append({"maker": maker, "sealed": made.sealed, "commitment": made.commitment})
        if self.terms.kind == "hold_seed":
            rows[1]["commitment"] = self.chance.randbytes(32).hex()
        return (seeds[0], seeds[1]), rows

    def _envelopes(self) -> list[dict[str, Any]]:
        rows = [self._envelope(place, bid) for place, bid in enumerate(self.bids)]
        key, begun = Ed25519PrivateKey.generate(), 0
        while begun < len(rows):
            group = rows[begun : begun + self.chance.randint(1, 5)]
            begun += len(group)
            self._receive(group, key)
        return sorted(rows, key=lambda row: row["hash"])

    def _envelope(self, place: int, bid: Played) -> dict[str, Any]:
        supplier = f"{2_000_000_000 + place:010d}"
        context = seal.BidContext(
            tender=self.n["number"], lot="1", round=0, version=self.n["version"],
            supplier="9999999999" if bid.void else supplier,
        )  # fmt: skip
        sealed = seal.seal_bid(
            context=context, keys_statement=self.keys.text, price=bid.amount, picks=bid.picks,
            agent_private=seal.fresh_signing_key(), chance=self.chance.randbytes,
        )  # fmt: skip
        self.hashes[bid.key] = sealed.hash.hex()
        return {
            "hash": sealed.hash.hex(), "supplier": supplier, "name": f"재현 업체 {place:03d}",
            "envelope": sealed.envelope.decode(), "agent_key": sealed.agent_key,
            "signature": sealed.signature.hex(),
            "arrival": soon(self.n["bidding_from"], self.chance),
        }  # fmt: skip

    def _receive(self, group: list[dict[str, Any]], key: Ed25519PrivateKey) -> None:
        """Give these envelopes receipts that share one signature."""
        leaves = [
            {
                "v": "jangteo/receipt/1", "tender": self.n["number"], "lot": "1", "round": 0,
                "version": self.n["version"], "supplier": row["supplier"],
                "keys": self.n["keys_hash"], "hash": row["hash"], "arrival": row["arrival"],
                "attempt": 1, "log": "localhost/log",
            }
            for row in group
        ]  # fmt: skip
        hashed = [canonical(leaf) for leaf in leaves]
        top = {"v": "jangteo/receipt-group/1", "root": merkle.root(hashed).hex()}
        signature = b64u(seal.sign(key, canonical(top | {"size": len(group)})))
        for index, (row, leaf) in enumerate(zip(group, leaves, strict=True)):
            row["receipt"] = {
                "leaf": leaf, "index": index, "size": len(group), "key": seal.public_of(key),
                "path": [b64u(node) for node in merkle.path(index, hashed)],
                "signature": signature,
            }  # fmt: skip

    def _exclusions(self) -> list[dict[str, str]]:
        return [
            {
                "hash": self.hashes[bid.key], "ground": "not_qualified", "note": "",
                "article": "국가계약법 시행규칙 제44조제1항제1호", "at": self.n["opening_at"],
            }
            for bid in self.bids
            if bid.excluded
        ]  # fmt: skip

    def _request(self) -> dict[str, Any]:
        leaves = [bytes.fromhex(h) for h in sorted(self.hashes.values())]
        root = merkle.root(leaves).hex()
        text = release_text(
            scope=self.n["scope"], deadline=terms.read(self.n["deadline"]), root=root,
            count=len(leaves),
        )  # fmt: skip
        signers = {
            "contract_officer": seal.fresh_signing_key(),
            "opening_officer": self.keys.signers["officer"],
        }
        signatures = [
            {"role": role, "key": seal.public_of(key),
             "signature": b64u(seal.sign(key, text.encode()))}
            for role, key in signers.items()
        ]  # fmt: skip
        return {"statement": text, "signatures": signatures if self.asked else []}

    def _releases(self) -> list[dict[str, str]]:
        given = []
        for who in self.chance.sample(CUSTODIANS, self.chance.choice((2, 2, 3))):
            price = b64u(self.keys.private[who])
            text = released_text(scope=self.n["scope"], custodian=who, price_private=price)
            signature = b64u(seal.sign(self.keys.signers[who], text.encode()))
            given.append({"custodian": who, "price": price, "signature": signature})
        return given

    def _opened(self, envelopes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        bids = {self.hashes[bid.key]: bid for bid in self.bids}
        rows: list[dict[str, Any]] = []
        for one in envelopes:
            bid = bids[one["hash"]]
            found = {"check": "V02"} if bid.void else {
                "amount": bid.amount, "picks": list(bid.picks)
            }  # fmt: skip
            rows.append({"hash": one["hash"], **found})
        return rows

    def _ranking(self) -> list[dict[str, Any]]:
        rows = [
            {name: value for name, value in row.items() if name != "key"}
            | {"hash": self.hashes[row["key"]]}
            for row in self.found.fields["ranking"]
        ]
        places = Counter(row["rank"] for row in rows if row["rank"])
        return [
            row | {"tiebreak": tiebreak.number(b"".join(self.seeds), row["hash"])}
            if places[row["rank"]] > 1 else row
            for row in rows
        ]  # fmt: skip


def _row(row_id: str) -> dict[str, Any]:
    row = dated.row(row_id)
    return {
        "id": row.id, "since": row.period.since.isoformat(), "where": dict(row.where),
        "values": dict(row.values), "law": row.law, "source": row.source, "sure": row.sure,
    }  # fmt: skip
