"""Opened tenders with their quotations, written straight into the tables of a scratch database.

The session plays replica, so that what leads to an opening (envelopes, keys) may be missing; the
triggers that keep awards and openings fire all the same.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from jangteo.records.journal.queries import now

DAY = timedelta(days=1)
#: quotations in the order of rank, won
AMOUNTS = (41_000_000, 41_500_000, 42_000_000, 42_500_000, 43_000_000)
RESERVE, FLOOR = 44_000_000, 40_000_000
_FILL = {"text": "", "character varying": "", "jsonb": [], "bytea": b"", "boolean": False}
_LACKING = """
select column_name, data_type from information_schema.columns
where table_schema = 'public' and table_name = %s and is_nullable = 'NO' and column_default is null
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """numbers: of the tenders; suppliers: business numbers in the order of rank."""

    numbers: tuple[str, ...]
    agency: uuid.UUID
    suppliers: tuple[str, ...]


def build(tenders: int) -> Scene:
    """So many tenders of one agency, each opened and ranked, nobody called yet."""
    at = now()
    agency, sellers = uuid.uuid4(), [uuid.uuid4() for _ in AMOUNTS]
    identifiers = [f"{5_000_000_000 + n}" for n in range(len(AMOUNTS))]
    numbers = tuple(f"R26BK{90_000_000 + n}" for n in range(tenders))
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        put(cursor, "party_party", id=agency, kind="agency", identifier="9999999", region="11",
            name="경합구청", created_at=at)  # fmt: skip
        for seller, identifier in zip(sellers, identifiers, strict=True):
            put(cursor, "party_party", id=seller, kind="supplier", identifier=identifier,
                region="11", name=f"업체 {identifier}", created_at=at)  # fmt: skip
        for number in numbers:
            _tender(cursor, number, agency, sellers, at)
        cursor.execute("set session_replication_role = origin")
    return Scene(numbers, agency, tuple(identifiers))


def put(cursor: Any, table: str, **given: Any) -> None:
    """Insert one row; a column that must not be null and is not given gets the empty value."""
    table = f"jangteo_{table}"
    cursor.execute(_LACKING, [table])
    row = {name: _FILL.get(kind, 0) for name, kind in cursor.fetchall()} | given
    values = [json.dumps(v) if isinstance(v, dict | list) else v for v in row.values()]
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    cursor.execute(f"insert into {table} ({names}) values ({marks})", values)


def _tender(
    cursor: Any, number: str, agency: uuid.UUID, sellers: Sequence[uuid.UUID], at: datetime
) -> None:
    tender, opening = uuid.uuid4(), uuid.uuid4()
    whose = {"tender_id": tender, "lot": "1", "round": 0, "version": 0}
    put(cursor, "tender_tender", id=tender, number=number, buyer_id=agency, buyer_name="경합구청",
        status="opened", rule_day=at.date(), created_at=at - 9 * DAY,
        created_by=uuid.uuid4())  # fmt: skip
    put(cursor, "tender_noticeversion", id=uuid.uuid4(), **whose, title="의자 40개",
        regime="local", category="goods", procedure="quotation", award_method="quotation",
        base_amount=45_000_000, estimated_price=40_909_090, a_value=0, rules={},
        published_at=at - 9 * DAY, published_by=uuid.uuid4(), bidding_from=at - 5 * DAY,
        deadline=at - 2 * DAY, opening_at=at - DAY)  # fmt: skip
    put(cursor, "opening_opening", id=opening, **whose, buyer_id=agency, status="published",
        tender_number=number, bids=len(sellers), prepared_at=at - DAY,
        closed_at=at - DAY)  # fmt: skip
    found: dict[str, Any] = {
        "reserve_price": RESERVE, "floor_price": FLOOR, "outcome.outcome": "published",
        "ranking": [],
    }  # fmt: skip
    for rank, (seller, amount) in enumerate(zip(sellers, AMOUNTS, strict=True), 1):
        key = uuid.uuid4().hex * 2
        ranked = {"hash": key, "rank": rank, "remark": "normal", "rate": "90.000"}
        put(cursor, "opening_openedbid", id=uuid.uuid4(), opening_id=opening,
            bid_id=uuid.uuid4(), supplier_id=seller, amount=amount, **ranked)  # fmt: skip
        found |= {f"ranking.{key[:12]}.{name}": value for name, value in ranked.items()}
        found[f"opened.{key[:12]}.amount"] = amount
        found["ranking"].append(key)
    report = {"result": "same", "checks": [{"check": "V16", "found": found, "differences": []}]}
    put(cursor, "opening_result", id=uuid.uuid4(), opening_id=opening, outcome="published",
        code="opening.ranked", law="지방계약법 시행령 제30조", reserve_price=RESERVE,
        floor_price=FLOOR, steps={}, rules={}, rates_from="seeds", verified="same",
        report=report, bundle=b"{}", bundle_hash=uuid.uuid4().hex * 2,
        published_at=at - DAY)  # fmt: skip
