"""Two tenders that differ only in prices and picks leave the same marks in the database.

Every column of every table is compared after names that are new to a run were replaced. What may
still differ is listed here, is random by nature, and has the same length in both runs.
"""

import copy
import json
import re
from typing import Any

import psycopg
import pytest
from psycopg import sql

from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.play import SealedPrice
from tests.promises.place import Notice, Place
from tests.promises.search import tables

FIRST = [(1, (1, 2)), (10**15, (14, 15)), (178_000_000, (3, 9)), (7, (8, 1))]
OTHER = [(10**15, (9, 3)), (1, (1, 15)), (99_999, (2, 11)), (181_234_567_890, (12, 4))]
#: Random by nature: keys, ciphertexts, hashes, signatures. Same length in both runs.
RANDOM = {
    "jangteo_bid_sealedbid": {"agent_key", "envelope", "hash", "signature", "receipt"},
    "jangteo_bid_sharecheck": {"signature"},
    "jangteo_journal_entry": {"subject", "payload"},
    "jangteo_journal_link": {"hash"},
    "jangteo_message_message": {"params", "url"},
    "jangteo_tender_noticeversion": {"keys", "keys_hash"},
    "jangteo_vault_lotkey": {
        "price_key", "document_key", "statement", "signer_key", "signature",
    },
    "jangteo_vault_seed": {"sealed", "commitment"},
}  # fmt: skip
#: The tree over all facts grows with both runs: shape and number of rows follow from the count of
#: facts, which is compared. Hashes and signed notes have one length, which is checked by itself.
TREE = {"jangteo_log_node", "jangteo_log_checkpoint"}
#: Counters and positions: they tell how much was written before, not what.
COUNTERS = {
    "jangteo_journal_entry": {"xid"},
    "jangteo_journal_link": {"place"},
    "jangteo_journal_delivered": {"place"},
    "jangteo_numbering_series": {"last"},
}
#: Sandbox and housekeeping: clocks that were moved, work that is done again and again; and what is
#: tried once for terms, before publication, and remembered for the next notice with the same.
APART = {
    "clock", "jangteo_tender_trial", "procrastinate_jobs", "procrastinate_events",
    "procrastinate_workers", "procrastinate_periodic_defers",
}  # fmt: skip
IDS = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
TIMES = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
)
Row = dict[str, Any]
Rows = dict[str, list[Row]]


def snapshot(place: Place) -> Rows:
    """All rows of all tables, each as it came."""
    found: Rows = {}
    with place.connect() as db:
        for schema, name in tables(db):
            cursor = db.cursor(row_factory=psycopg.rows.dict_row)
            cursor.execute(sql.SQL("select * from {}").format(sql.Identifier(schema, name)))
            found[name] = cursor.fetchall()
    return found


def text(value: Any) -> str:
    """A value in one unambiguous form."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def added(before: Rows, after: Rows) -> Rows:
    """The rows that a run wrote or changed."""
    return {
        name: [row for row in rows if row not in before.get(name, [])]
        for name, rows in after.items()
        if name not in APART
    }


class Names:
    """Replaces what is new to a run: ids, times and the tender's number."""

    def __init__(self, before: Rows, number: str) -> None:
        self.known = set(IDS.findall(str(before)))
        self.number = number

    def plain(self, value: Any) -> str:
        """A value without them; ids that were there before stay."""
        said = text(value).replace(self.number, "<tender>")
        said = IDS.sub(lambda m: m[0] if m[0] in self.known else "<id>", said)
        return TIMES.sub("<time>", said)


def run(place: Place, prices: list[tuple[int, tuple[int, int]]]) -> tuple[Rows, Names, Notice]:
    """A tender with these bids, one after another; what it left and how to read it."""
    place.settle()
    before = snapshot(place)
    notice = place.publish()
    for supplier, (price, picks) in zip(place.suppliers[10:], prices, strict=False):
        play.send_bid(place.doors, notice.number, SealedPrice(supplier, price, picks))
    place.settle()
    return added(before, snapshot(place)), Names(before, notice.number), notice


def masked(table: str, row: Row, names: Names) -> dict[str, str]:
    """A row with every column that may differ replaced by its length."""
    found = {}
    for column, value in row.items():
        if column in COUNTERS.get(table, ()):
            found[column] = "<counter>"
        elif column in RANDOM.get(table, ()):
            found[column] = f"<{len(names.plain(value))} characters>"
        else:
            found[column] = names.plain(value)
    return found


def differing(ours: Rows, our_names: Names, theirs: Rows, their_names: Names) -> list[str]:
    """The tables in which anything differs that may not."""
    return [
        table
        for table in sorted(ours)
        if table not in TREE
        and sorted(str(masked(table, row, our_names)) for row in ours[table])
        != sorted(str(masked(table, row, their_names)) for row in theirs[table])
    ]


@pytest.mark.timeout(240)
def test_two_runs_leave_the_same_marks(place: Place) -> None:
    place.publish()  # both runs meet a notice of the same terms, so that both are asked alike
    first, first_names, notice = run(place, FIRST)
    other, other_names, _ = run(place, OTHER)
    assert notice.number != other_names.number
    assert len(first["jangteo_bid_sealedbid"]) == len(FIRST)
    assert differing(first, first_names, other, other_names) == []
    told = copy.deepcopy(other)
    told["jangteo_bid_sealedbid"][0]["envelope"] += b" "
    told["jangteo_bid_sharecheck"][0]["reason"] = "low"
    told["jangteo_journal_entry"][0]["payload"]["size"] = 1
    assert differing(first, first_names, told, other_names) == [
        "jangteo_bid_sealedbid", "jangteo_bid_sharecheck", "jangteo_journal_entry",
    ]  # fmt: skip
    for name, size in (("jangteo_log_node", 32), ("jangteo_journal_link", 32)):
        assert {len(row["hash"]) for rows in (first, other) for row in rows[name]} == {size}
    leaves = [[r for r in rows["jangteo_log_node"] if r["level"] == 0] for rows in (first, other)]
    assert len(leaves[0]) == len(leaves[1])
    assert written_tables(first) <= set(RANDOM) | TREE | set(COUNTERS) | {
        "jangteo_account_account", "jangteo_bid_signaturecheck", "jangteo_tender_draft",
        "jangteo_tender_override", "jangteo_tender_secondentry", "jangteo_tender_tender",
        "jangteo_vault_keyrequest",
    }  # fmt: skip


def written_tables(rows: Rows) -> set[str]:
    return {name for name, found in rows.items() if found}


def test_envelopes_of_all_prices_have_one_length(place: Place) -> None:
    notice = place.publish()
    prices = [1, 9, 10, 65_536, 2**32, 999_999_999_999_999, 10**15]
    bids = [
        SealedPrice(supplier, price, (1 + n, 15 - n))
        for n, (supplier, price) in enumerate(zip(place.suppliers[20:], prices, strict=False))
    ]
    play.send_bids(place.doors, notice.number, bids)
    with place.connect() as db:
        rows = db.execute(
            "select length(envelope), length(hash), length(signature), length(agent_key),"
            " length(receipt::text) - length(receipt->>'path')"
            " - length(receipt->>'index') - length(receipt->>'size'), envelope"
            " from jangteo_bid_sealedbid b join jangteo_tender_tender t on t.id = b.tender_id"
            " where t.number = %s", [notice.number],
        ).fetchall()  # fmt: skip
    assert len(rows) == len(prices)
    assert len({row[:5] for row in rows}) == 1
    assert len({bytes(row[5]) for row in rows}) == len(prices)
