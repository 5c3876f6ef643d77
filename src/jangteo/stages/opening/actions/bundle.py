"""The frozen bundle: everything an independent verifier needs, in one canonical file.

Its form is docs/bundle.md. Only texts, whole numbers, lists and objects; keys sorted, no spaces,
everything beyond ASCII escaped, so that any language makes the same bytes.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from jangteo.records.vault import queries as vault
from jangteo.rules import dated
from jangteo.stages.opening.actions.case import Case, Opened
from jangteo.stages.opening.actions.figures import Figures
from jangteo.stages.tender.queries import NoticeRow

VERSION = "jangteo/bundle/1"
TERMS = (
    "title", "regime", "category", "service_kind", "procedure", "award_method", "base_amount",
    "estimated_price", "a_value", "base_net_cost", "difficulty", "floor_rate", "range_low",
    "range_high", "price_unit", "price_rounding", "mean_of", "mean_rounding",
    "scope", "keys_hash", "sealer_hash", "number", "version", "lot", "round",
)  # fmt: skip


def freeze(value: dict[str, Any]) -> bytes:
    """The canonical bytes; ValueError for anything but texts, whole numbers, lists, objects."""
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(key)
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"a bundle does not hold {type(value).__name__}")


def moment(at: datetime) -> str:
    """A moment in UTC: "2026-11-24T01:00:00Z", with microseconds where it has them."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def assemble(
    case: Case,
    opened: Sequence[Opened],
    figures: Figures | None,
    *,
    outcome: tuple[str, str, str],
    rules: dict[str, str],
    at: datetime,
) -> dict[str, Any]:
    """Put the bundle together. outcome: how it came out, its code and its article."""
    how, code, law = outcome
    whole: dict[str, Any] = {
        "v": VERSION,
        "notice": _notice(case.found),
        "rules": _rules(rules),
        "keys": case.keys.text,
        "seeds": _seeds(case),
        "envelopes": [_envelope(case, bid) for bid in case.bids],
        "exclusions": [_exclusion(row) for row in case.exclusions.values()],
        "request": _request(case),
        "releases": _releases(case) if opened else [],
        "opened": [_opened(one) for one in opened],
        "outcome": {"outcome": how, "code": code, "law": law, "at": moment(at)},
    }
    if figures is not None:
        whole |= _figures(figures)
    return whole


def _notice(found: NoticeRow) -> dict[str, Any]:
    terms = {name: value for name in TERMS if (value := getattr(found, name)) not in (None, "")}
    moments = {
        name: moment(value)
        for name in ("published_at", "bidding_from", "deadline", "opening_at")
        if (value := getattr(found, name)) is not None
    }
    return {**terms, **moments, "rule_day": found.rule_day.isoformat(), "buyer": found.buyer_name}


def _rules(rules: dict[str, str]) -> dict[str, Any]:
    rows = {name: dated.row(row_id) for name, row_id in sorted(rules.items())}
    return {
        name: {
            "id": row.id,
            "since": row.period.since.isoformat(),
            "where": dict(row.where),
            "values": dict(row.values),
            "law": row.law,
            "source": row.source,
            "sure": row.sure,
        }
        for name, row in rows.items()
    }


def _seeds(case: Case) -> list[dict[str, str]]:
    return [
        {"maker": maker, "sealed": sealed, "commitment": commitment}
        for maker, (sealed, commitment) in sorted(case.seeds.items())
    ]


def _envelope(case: Case, bid: Any) -> dict[str, Any]:
    supplier = case.suppliers[bid.supplier_id]
    return {
        "hash": bytes(bid.hash).hex(),
        "supplier": supplier.identifier,
        "name": supplier.name,
        "envelope": bytes(bid.envelope).decode("ascii", "replace"),
        "agent_key": bid.agent_key,
        "signature": bytes(bid.signature).hex(),
        "arrival": moment(bid.arrival),
        "receipt": bid.receipt,
    }


def _exclusion(row: Any) -> dict[str, str]:
    return {
        "hash": row.hash,
        "ground": row.ground,
        "article": row.article,
        "note": row.note,
        "at": moment(row.at),
    }


def _request(case: Case) -> dict[str, Any]:
    asked = vault.release_request(case.found.scope)
    signatures = [
        {"role": one["role"], "key": one["key"], "signature": one["signature"]}
        for one in (asked["signatures"] if asked else [])
    ]
    return {"statement": case.opening.statement, "signatures": signatures}


def _releases(case: Case) -> list[dict[str, str]]:
    return [
        {
            "custodian": row["custodian"],
            "price": row["price_private"],
            "signature": row["signature"],
        }
        for row in vault.released(case.found.scope)
    ]


def _opened(one: Opened) -> dict[str, Any]:
    if one.check:
        return {"hash": one.hash, "check": one.check}
    return {"hash": one.hash, "amount": one.amount or 0, "picks": list(one.picks)}


def _figures(figures: Figures) -> dict[str, Any]:
    drawn = figures.draw
    prices = [
        {
            "number": price.number, "rate": price.rate, "price": price.price,
            "picked": drawn.counts[price.number - 1],
            "counted": drawn.drawn_from[price.number - 1],
        }
        for price in figures.prices.prices
    ]  # fmt: skip
    ranking = [
        {"hash": one.key, "rank": one.rank, "remark": one.remark, "rate": one.rate}
        | ({"tiebreak": figures.ties[one.key].number} if one.key in figures.ties else {})
        for one in figures.ranked.values()
    ]
    net = figures.net
    return {
        **({"net_cost": net.net, "net_cost_line": net.line} if net else {}),
        "rates_from": figures.rates.source,
        "prices": prices,
        "drawn": list(drawn.chosen),
        "supplied": list(drawn.supplied),
        "reserve_price": figures.reserve.price,
        "floor_price": figures.floor.price,
        "ranking": ranking,
    }
